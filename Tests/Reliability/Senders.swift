import Bridge
import Foundation
import Synchronization

/// Several senders at once. One that gets no answer, or one that says "later", sends the same bytes again.
struct Senders: Sendable {
    let plan: Plan
    let fleet: Fleet
    let wire: Wire
    let ledger: Ledger
    /// How long all of it takes at least: trouble needs its time.
    let atLeast: Duration

    private static let connections = 8
    /// A sender that waits 50 ms to 1 s between its tries gives up after about 20 s.
    private static let tries = 30

    /// Sends everything once, and some of it more often.
    func run() async {
        let turn = Turn()
        let start = ContinuousClock.now
        await withDiscardingTaskGroup { group in
            for _ in 0..<Self.connections {
                group.addTask {
                    while true {
                        let position = turn.take()
                        guard position < plan.pushes.count else { return }
                        let due = start + atLeast * position / plan.pushes.count
                        try? await Task.sleep(until: due, clock: .continuous)
                        await deliver(plan.pushes[position])
                    }
                }
            }
        }
    }

    private func deliver(_ push: Push) async {
        if push.isDoubled {
            async let other: Void = post(push, suffix: "-twin")
            await post(push)
            await other
        } else {
            await post(push)
        }
        if push.isRepeated { await post(push, suffix: "-again") }
        if push.isRedelivered, let id = ledger.counts.acknowledged[push.number] { await redeliver(id) }
    }

    /// Sends until it is acknowledged.
    private func post(_ push: Push, suffix: String = "") async {
        let request = plan.request(push, suffix: suffix)
        for attempt in 1...Self.tries {
            if let port = await fleet.next()?.listener {
                if judge(await wire.post(request, port: port), push) { return }
            }
            try? await Task.sleep(for: .milliseconds(min(50 * attempt, 1000)))
        }
        ledger.abandoned()
    }

    private struct Answer: Decodable {
        var delivery: String
        var duplicate: Bool
        var outcome: String
    }

    /// Whether the sender is content.
    private func judge(_ answer: (status: Int, body: Data)?, _ push: Push) -> Bool {
        guard let answer else {
            ledger.broken()
            return false
        }
        switch answer.status {
        case 200, 202:
            guard let told = try? JSONDecoder().decode(Answer.self, from: answer.body) else {
                ledger.problem("push \(push.number) was answered \(answer.status) without a summary")
                return true
            }
            ledger.acknowledged(push.number, told.delivery, isDuplicate: told.duplicate)
            return true
        case 502:
            // A run was refused, or given up: the delivery is recorded all the same, and the audit looks at it.
            return true
        case 503: ledger.unavailable()
        default: ledger.problem("push \(push.number) was answered \(answer.status)")
        }
        return false
    }

    private func redeliver(_ id: String) async {
        guard let port = await fleet.next()?.admin else { return }
        switch await wire.redeliver(id, port: port) {
        // 409: nothing of it is to be done again.
        case 202, 409: ledger.redelivered()
        case nil: ledger.broken()
        case 503, 500: ledger.unavailable()
        case 404: ledger.problem("delivery \(id) is not there to be redelivered")
        case let status?: ledger.problem("a redelivery was answered \(status)")
        }
    }
}

/// Who sends what.
private final class Turn: Sendable {
    private let next = Atomic(0)

    func take() -> Int { next.add(1, ordering: .relaxed).oldValue }
}
