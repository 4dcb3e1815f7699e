import BuddySandbox

/// A Buddy that restarts an execution on a second RUN_DELAYED: the worst that a PATCH without a reason could do.
///
/// Left out, because no client can tell: a PATCH that takes effect only after its client has given up waiting, looked and
/// seen the execution still waiting; and an execution that starts by itself between the look and the PATCH.
struct RestartsScenario: Scenario {
    let name = "restarts"
    let deliveries = 400

    func play(_ trial: Trial) async throws -> Report {
        var setting = Stage.Setting()
        setting.switches.runDelayedAgain = .restarts
        setting.weather = Storm.weather(seed: trial.seed, lateEffects: false, selfStarts: false)
        setting.atLeast = .seconds(20)
        var report = try await playKilling(trial, setting)
        report.trouble += "; without effects that come late"
        return report
    }
}
