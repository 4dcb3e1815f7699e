import FoundationEssentials

/// The body of `POST …/executions`, as far as the sandbox makes use of it; everything is optional.
struct RunBody: Decodable {
    var branch: Named?
    var tag: Named?
    var toRevision: Revision?
    var comment: String?
    var refresh: Bool?
    var delayUntil: String?

    struct Named: Decodable {
        var name: String
    }

    struct Revision: Decodable {
        var revision: String?
    }

    private enum CodingKeys: String, CodingKey {
        case branch, tag, comment, refresh
        case toRevision = "to_revision"
        case delayUntil = "delay_until"
    }

    /// Reads a body; an empty one asks for nothing special.
    init(_ body: [UInt8], _ switches: SandboxSwitches) throws(Refusal) {
        let body = body.isEmpty ? Array("{}".utf8) : body
        do {
            self = try JSONDecoder().decode(RunBody.self, from: Data(body))
        } catch {
            throw Refusal(switches.badRequestCode, "The body is no run.")
        }
    }

    /// When the execution is due.
    func delayUntilDate(_ switches: SandboxSwitches) throws(Refusal) -> Date? {
        guard let delayUntil else { return nil }
        guard let date = WireTime.date(delayUntil) else {
            throw Refusal(switches.badRequestCode, "delay_until is no date.")
        }
        return date
    }
}
