import Synchronization

/// Lets those who wait for a delivery know that one of its runs has come to an end.
package final class Completions: Sendable {
    private struct State {
        var nextID = 0
        var watchers: [String: [Int: AsyncStream<Void>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// A stream that yields whenever a run of this delivery ends, from now on.
    func watch(_ delivery: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.nextID += 1
            state.watchers[delivery, default: [:]][state.nextID] = continuation
            return state.nextID
        }
        continuation.onTermination = { [weak self] _ in self?.forget(delivery, id) }
        return stream
    }

    func notify(_ delivery: String) {
        let watchers = state.withLock { $0.watchers[delivery].map { Array($0.values) } ?? [] }
        for watcher in watchers { watcher.yield() }
    }

    private func forget(_ delivery: String, _ id: Int) {
        state.withLock { state in
            state.watchers[delivery]?[id] = nil
            if state.watchers[delivery]?.isEmpty == true { state.watchers[delivery] = nil }
        }
    }
}
