import TestSupport

/// Three replicas on PostgreSQL, one of which is killed again and again.
struct PostgreSQLScenario: Scenario {
    let name = "postgres"
    let deliveries = 800

    func play(_ trial: Trial) async throws -> Report {
        try await withPostgreSQL { server async throws in
            var setting = Stage.Setting()
            setting.onPostgreSQL(server)
            setting.weather = Storm.weather(seed: trial.seed)
            setting.atLeast = .seconds(30)
            return try await playKilling(trial, setting)
        }
    }
}

extension Stage.Setting {
    mutating func onPostgreSQL(_ server: PostgreSQLServer) {
        journal = "env:DATABASE_URL"
        environment["DATABASE_URL"] = server.url
        replicas = 3
    }
}

extension Scenario {
    /// With a PostgreSQL of its own, which is gone afterwards.
    func withPostgreSQL(_ body: (PostgreSQLServer) async throws -> Report) async throws -> Report {
        let server = try await PostgreSQLServer.start()
        do {
            let report = try await body(server)
            server.remove()
            return report
        } catch {
            server.remove()
            throw error
        }
    }
}
