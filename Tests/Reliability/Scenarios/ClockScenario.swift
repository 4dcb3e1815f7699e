import Bridge
import Foundation

/// The service's clock is stepped, forwards and backwards, while runs are in flight; Buddy's is right all the time.
struct ClockScenario: Scenario {
    let name = "clock"
    let deliveries = 300

    /// From the right time.
    private static let steps = ["+1h", "+0", "-1h", "+0", "+1d", "+0", "-1d", "+0"]

    func play(_ trial: Trial) async throws -> Report {
        guard let library = Self.library else { throw Trouble("there is no libfaketime: apt-get install faketime") }
        return try await TrialFolder.with(trial) { folder in
            let clock = folder.appendingPathComponent("clock")
            try Self.set(clock, "+0")
            var setting = Stage.Setting()
            setting.environment = [
                "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": clock.path, "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            ]
            // libfaketime adds to the environment of the first process that it is in. Swift then no longer finds the
            // arguments, which stand before it: so that process is 'env', which becomes the service.
            setting.wrapper = ["/usr/bin/env"]
            setting.weather = Storm.weather(seed: trial.seed)
            setting.atLeast = .seconds(20)
            let (found, finding) = AsyncStream.makeStream(of: Bool.self)
            var report = try await Stage.play(
                trial, in: folder, setting, recovers: true,
                trouble: { stage in
                    for step in Self.steps {
                        try Self.set(clock, step)
                        try await Task.sleep(for: .seconds(2))
                        // The newest delivery was received tomorrow, by the service's clock.
                        if step == "+1d", let newest = try? await stage.page("?limit=1").deliveries.first {
                            finding.yield(newest.received_at > Timestamp.text(Date().addingTimeInterval(43_200)))
                        }
                    }
                },
                calm: { stage in
                    try Self.set(clock, "+0")
                    await Self.sweep(stage.fleet)
                })
            finding.finish()
            report.trouble = "clock stepped by an hour and by a day, \(Self.steps.count) times, no restart"
            if await !found.contains(true) { report.problems.append("the service did not see its clock step") }
            return report
        }
    }

    /// The service reads the file at each look at the clock, so it is never there by halves.
    private static func set(_ clock: URL, _ step: String) throws {
        try "\(step)\n".write(to: clock, atomically: true, encoding: .utf8)
    }

    /// A process that is killed leaves what libfaketime shares between processes.
    private static func sweep(_ fleet: Fleet) async {
        for identifier in await fleet.identifiers {
            for name in ["faketime_shm_\(identifier)", "sem.faketime_sem_\(identifier)"] {
                try? FileManager.default.removeItem(atPath: "/dev/shm/\(name)")
            }
        }
    }

    private static var library: String? {
        let root = "/usr/lib"
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return folders.map { "\(root)/\($0)/faketime/libfaketimeMT.so.1" }
            .first { FileManager.default.fileExists(atPath: $0) }
    }
}
