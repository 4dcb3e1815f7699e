import ArgumentParser
import Foundation

@main
struct ReliabilityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Tests/Reliability/run",
        abstract: "Kills the service at every step of its work, and sees whether it loses or repeats anything.",
        discussion: """
            Signed deliveries go to real 'buddy-bridge serve' processes, which call a stand-in of Buddy that fails in \
            every way that is known. What the service acknowledged is then held against what the stand-in counted.
            """)

    @Option(help: "Repeats the faults, kills and deliveries of an earlier run. Timing is the machine's own.")
    var seed: UInt64?

    @Option(help: "Deliveries in each scenario, instead of its own number.")
    var deliveries: Int?

    @Option(help: "Only this scenario: \(Scenarios.all.map(\.name).joined(separator: ", ")).")
    var scenario: String?

    @Option(help: "Goes on with new seeds for as many minutes.")
    var minutes: Int = 0

    func validate() throws {
        if let scenario, !Scenarios.all.contains(where: { $0.name == scenario }) {
            throw ValidationError("there is no scenario '\(scenario)'")
        }
        if let deliveries, !(1...100_000).contains(deliveries) {
            throw ValidationError("--deliveries is a number from 1 to 100000")
        }
        if !(0...100_000).contains(minutes) { throw ValidationError("--minutes is a number from 0 to 100000") }
    }

    func run() async throws {
        let guards = Brood.endWithUs()
        defer { withExtendedLifetime(guards) {} }
        let end = Date().addingTimeInterval(Double(minutes) * 60)
        var seed = self.seed ?? UInt64.random(in: 1...999_999)
        var reports: [Report] = []
        say(Report.legend)
        repeat {
            say("\nseed \(seed)")
            say(Report.heading)
            for scenario in Scenarios.all where (self.scenario ?? scenario.name) == scenario.name {
                let trial = Trial(scenario: scenario.name, seed: seed, deliveries: deliveries ?? scenario.deliveries)
                let report = await scenario.report(of: trial)
                say(report.text)
                reports.append(report)
            }
            seed &+= 1
        } while Date() < end
        say("\n" + Report.verdict(on: reports))
        if !reports.allSatisfy(\.isGood) { throw ExitCode(1) }
    }

    /// A line at a time, wherever the output goes.
    private func say(_ text: String) {
        print(text)
        fflush(nil)
    }
}
