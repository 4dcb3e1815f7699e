import Synchronization

/// How many bytes of bodies are held at once, counted as they arrive: many large bodies must not exhaust the memory.
final class InFlightBudget: Sendable {
    private struct State {
        var total = 0
        var byClient: [String: Int] = [:]
    }

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: for all bodies together, in bytes. One client's address may hold a quarter of it.
    init(limit: Int) { self.limit = limit }

    /// What one request holds. Given back when the request is over.
    final class Share: Sendable {
        private let budget: InFlightBudget
        private let client: String
        private let held = Mutex(0)

        fileprivate init(_ budget: InFlightBudget, _ client: String) {
            self.budget = budget
            self.client = client
        }

        deinit { budget.release(held.withLock { $0 }, client) }

        /// Whether there is room for more bytes; then they are held.
        func take(_ bytes: Int) -> Bool {
            guard budget.take(bytes, client) else { return false }
            held.withLock { $0 += bytes }
            return true
        }
    }

    func share(of client: String) -> Share { Share(self, client) }

    private func take(_ bytes: Int, _ client: String) -> Bool {
        state.withLock { state in
            let own = state.byClient[client, default: 0] + bytes
            guard state.total + bytes <= limit, own <= limit / 4 else { return false }
            state.total += bytes
            state.byClient[client] = own
            return true
        }
    }

    private func release(_ bytes: Int, _ client: String) {
        guard bytes > 0 else { return }
        state.withLock { state in
            state.total -= bytes
            let rest = state.byClient[client, default: 0] - bytes
            state.byClient[client] = rest > 0 ? rest : nil
        }
    }
}
