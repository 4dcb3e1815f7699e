/// The tuple of the mission: which execution of which pipeline of which project is to be run.
package struct Target: Sendable, Hashable, Codable, CustomStringConvertible {
    package var domain: String
    package var project: String
    package var pipeline: PipelineReference
    package var execution: ExecutionReference

    package init(domain: String, project: String, pipeline: PipelineReference, execution: ExecutionReference) {
        self.domain = domain
        self.project = project
        self.pipeline = pipeline
        self.execution = execution
    }

    /// `earliest of 41 (acme/web)`.
    package var description: String { "\(execution) of \(pipeline) (\(domain)/\(project))" }
}

/// A pipeline by its number, or by the identifier text that Buddy resolves.
package enum PipelineReference: Sendable, Hashable, Codable, CustomStringConvertible {
    case number(Int)
    case identifier(String)

    package init(_ text: String) {
        self = Int(text).flatMap { $0 > 0 && text.allSatisfy(\.isNumber) ? .number($0) : nil } ?? .identifier(text)
    }

    package var description: String {
        switch self {
        case .number(let number): "\(number)"
        case .identifier(let text): text
        }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else {
            self = .identifier(try container.decode(String.self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .identifier(let text): try container.encode(text)
        }
    }
}

/// An execution by its number, by the address of its page, or by what it is among the waiting ones.
package enum ExecutionReference: Sendable, Hashable, Codable, CustomStringConvertible {
    case number(Int)
    /// An `html_url` as the browser shows it. Its tail is not the number: that is found in the list.
    case page(String)
    case selector(Selector)

    /// Digits, an address, or `earliest`, `latest`, `only`. Nil for anything else.
    package init?(_ text: String) {
        if let number = Int(text), number > 0, text.utf8.allSatisfy({ (48...57).contains($0) }) {
            self = .number(number)
        } else if text.hasPrefix("https://") || text.hasPrefix("http://") {
            self = .page(text)
        } else if let pick = Selector.Pick(rawValue: text) {
            self = .selector(Selector(pick))
        } else {
            return nil
        }
    }

    package var description: String {
        switch self {
        case .number(let number): "#\(number)"
        case .page(let address): address
        case .selector(let selector): selector.description
        }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self), let reference = ExecutionReference(text) {
            self = reference
        } else {
            self = .selector(try container.decode(Selector.self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .page(let address): try container.encode(address)
        case .selector(let selector) where selector.isPlain: try container.encode(selector.pick)
        case .selector(let selector): try container.encode(selector)
        }
    }
}
