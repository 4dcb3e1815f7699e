/// What goes wrong while deliveries come.
protocol Scenario: Sendable {
    var name: String { get }
    /// How many deliveries it takes unless the command says another number.
    var deliveries: Int { get }
    /// Sends them while it makes trouble, and sees what came of it.
    func play(_ trial: Trial) async throws -> Report
}

/// One run of a scenario.
struct Trial: Sendable {
    var scenario: String
    var seed: UInt64
    var deliveries: Int
}

enum Scenarios {
    static let all: [any Scenario] = [
        SQLiteScenario(), PostgreSQLScenario(), DiskFullScenario(), PostgreSQLRestartScenario(), ClockScenario(),
        LookalikeScenario(), RestartsScenario(),
    ]
}

extension Scenario {
    /// A scenario that cannot be played has proved nothing: that is a failure too.
    func report(of trial: Trial) async -> Report {
        do {
            return try await play(trial)
        } catch {
            var report = Report(trial: trial)
            report.problems.append("the scenario could not be played: \(error)")
            return report
        }
    }
}

/// Why a scenario could not be played.
struct Trouble: Error, CustomStringConvertible {
    var description: String

    init(_ reason: String) { description = reason }
}
