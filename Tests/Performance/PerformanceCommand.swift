import ArgumentParser

@main
struct PerformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Tests/Performance/run",
        abstract: "Measures what one event costs. Nothing passes or fails here: machines differ.")

    @Option(help: "How long each measurement takes, in seconds.")
    var seconds = 1.0

    func validate() throws {
        guard seconds > 0 else { throw ValidationError("--seconds is more than 0") }
    }

    func run() throws {
        #if DEBUG
            print("This is a debug build: its figures say nothing about a release.")
        #endif
        try RoutingBenchmark(seconds: seconds).run()
    }
}
