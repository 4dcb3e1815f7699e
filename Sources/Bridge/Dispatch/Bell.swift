import Synchronization

/// Wakes the dispatcher: rung when there may be something to do.
package final class Bell: Sendable {
    private struct State {
        var hasRung = false
        var sleeper: Task<Void, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    package func ring() {
        state.withLock { state in
            state.hasRung = true
            state.sleeper?.cancel()
        }
    }

    /// Returns when the bell rings or has rung since the last wait, after `longest`, or when the task is cancelled.
    package func wait(atMost longest: Duration) async {
        let sleeper = Task { _ = try? await Task.sleep(for: longest) }
        state.withLock { state in
            if state.hasRung { sleeper.cancel() } else { state.sleeper = sleeper }
        }
        await withTaskCancellationHandler {
            await sleeper.value
        } onCancel: {
            sleeper.cancel()
        }
        state.withLock { $0 = State() }
    }
}
