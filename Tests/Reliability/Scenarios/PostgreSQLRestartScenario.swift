import TestSupport

/// PostgreSQL goes away, as in a crash, and comes back, while deliveries come. The replicas go on without a restart.
struct PostgreSQLRestartScenario: Scenario {
    let name = "postgres-restart"
    let deliveries = 300

    private static let stops = 4

    func play(_ trial: Trial) async throws -> Report {
        try await withPostgreSQL { server async throws in
            try await TrialFolder.with(trial) { folder in
                var setting = Stage.Setting()
                setting.onPostgreSQL(server)
                setting.weather = Storm.weather(seed: trial.seed)
                setting.atLeast = .seconds(20)
                var report = try await Stage.play(trial, in: folder, setting, recovers: true) { _ in
                    var random = SeededGenerator(seed: trial.seed)
                    for _ in 0..<Self.stops {
                        try await Task.sleep(for: .milliseconds(Int.random(in: 1000...2500, using: &random)))
                        server.stop()
                        // Whatever happens to this task, it comes back.
                        try? await Task.sleep(for: .milliseconds(Int.random(in: 200...1500, using: &random)))
                        try server.start()
                    }
                }
                report.trouble = "PostgreSQL stopped \(Self.stops) times, no restart of the service"
                if report.unavailable + report.broken == 0 {
                    report.problems.append("nobody noticed that PostgreSQL was away")
                }
                return report
            }
        }
    }
}
