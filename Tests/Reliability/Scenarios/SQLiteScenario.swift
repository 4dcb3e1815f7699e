import Bridge

/// One process on SQLite, killed at each point of its work and at random, before a Buddy that does all it can.
struct SQLiteScenario: Scenario {
    let name = "sqlite"
    let deliveries = 1200

    func play(_ trial: Trial) async throws -> Report {
        var setting = Stage.Setting()
        setting.weather = Storm.weather(seed: trial.seed)
        setting.atLeast = .seconds(30)
        return try await playKilling(trial, setting)
    }
}

extension Scenario {
    /// Plays while one replica is killed again and again.
    func playKilling(_ trial: Trial, _ setting: Stage.Setting) async throws -> Report {
        try await TrialFolder.with(trial) { folder in
            let (fleets, fleet) = AsyncStream.makeStream(of: Fleet.self)
            var report = try await Stage.play(trial, in: folder, setting) { stage in
                fleet.yield(stage.fleet)
                var killer = Killer(stage.fleet, seed: trial.seed)
                try await killer.run()
            }
            fleet.finish()
            guard let fleet = await fleets.first(where: { _ in true }) else { throw Trouble("nothing was killed") }
            report.trouble = await fleet.trouble
            // A proof that says "at every point" has to have been there.
            let missing = await fleet.missingPoints
            if !missing.isEmpty {
                report.problems.append("never killed at \(missing.map(\.rawValue)): more --deliveries are needed")
            }
            return report
        }
    }
}
