import BuddySandbox

/// A Buddy whose executions look as they did while they waited, but for their start date.
///
/// One that started by itself before the service saw it first never changes again: when the answer to its PATCH is lost,
/// nobody can tell whether the PATCH did anything. Such a run ends `dead` as `unknown`, here after a short time.
struct LookalikeScenario: Scenario {
    let name = "lookalike"
    let deliveries = 400

    func play(_ trial: Trial) async throws -> Report {
        var setting = Stage.Setting()
        setting.switches.startedStatus = .enqueued
        setting.switches.waitingStatus = "ENQUEUED"
        setting.switches.delayUntilAfterRun = .kept
        setting.switches.waitingStartDate = .null
        setting.hasLookalikes = true
        setting.giveUpAfter = "15s"
        setting.weather = Storm.weather(seed: trial.seed)
        setting.atLeast = .seconds(20)
        return try await playKilling(trial, setting)
    }
}
