import Testing

@testable import Bridge

extension RouteTrace {
    /// All of it as text, one line each: comparisons like `payload.ref equals 'x' is 'y' no in any <-`, where the mark
    /// is ``firstFailed``; what it would run, like `-> acme/web/release earliest`; what was refused; why it was denied.
    var text: String {
        let lines = conditions.enumerated().map { index, one in
            let actual = one.actual.map(Self.quoted) ?? "missing"
            return "\(one.field) \(one.operator) \(Self.quoted(one.expected)) is \(actual) \(one.holds ? "yes" : "no")"
                + (one.group.map { " in \($0)" } ?? "") + (index == firstFailed ? " <-" : "")
        }
        let made = targets.map { "-> \($0.domain)/\($0.project)/\($0.pipeline) \($0.execution)" }
        let denied = denial.map { ["denied: \($0)"] } ?? []
        return (lines + made + errors.map { "refused: \($0.message)" } + denied).joined(separator: "\n")
    }

    private static func quoted(_ values: OneOrMore) -> String {
        values.texts.map { "'\($0)'" }.joined(separator: ", ")
    }
}

/// A condition, an event, and the whole trace that comes of them.
struct TraceRow: Sendable, CustomTestStringConvertible {
    let json: String
    private let when: Result<Condition, any Error>
    let expected: String

    var testDescription: String { expected }

    init(_ json: String, _ when: @autoclosure () throws -> Condition, _ expected: String) {
        self.json = json
        self.expected = expected
        self.when = Result(catching: when)
    }

    /// A row about the value at `payload.v`, as JSON; nil where there is none. The expectation leaves the field out.
    static func value(_ value: String?, _ operators: Operator<String>..., is expected: String) -> TraceRow {
        TraceRow(
            value.map { #"{"v":\#($0)}"# } ?? "{}", try .field(FieldPath("payload.v"), Matcher(operators)),
            "payload.v " + expected)
    }

    func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let event = try Event(json: json)
        let trace = Router(routes: [try .of("route", when: when.get(), run: [])]).decide(event).trace
        #expect(trace.map(\.text) == [expected], sourceLocation: sourceLocation)
        #expect(trace.map(\.matched) == [!expected.contains("<-")], sourceLocation: sourceLocation)
    }
}
