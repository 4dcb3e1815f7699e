import Foundation
import TestSupport
import Testing

@testable import Bridge

/// Does the same random things to two journals, and holds each answer of the one against the other's.
///
/// Its times lie long ago: claims are dated by the journals' own clocks, and must not fall between two prunings.
struct JournalWalk {
    static let buddies = ["https://a", "https://b", "https://c"]
    static let start = -1e8

    let model: any TestedJournal
    let tested: any TestedJournal
    var random: SeededGenerator
    /// In seconds, as of ``moment(_:)``.
    private(set) var time = start
    private(set) var appended = 0
    /// The last that were taken, some of which have been taken from their holders, or ended, since.
    private var taken: [Run] = []
    /// Of which a PATCH may be out: only they can be in doubt.
    private var patched: Set<Int64> = []
    private(set) var receipts: [Receipt] = []

    init(_ model: any TestedJournal, _ tested: any TestedJournal, seed: UInt64) {
        self.model = model
        self.tested = tested
        random = SeededGenerator(seed: seed)
    }

    /// Asks both. Returns the model's answer, which is the other's as well.
    @discardableResult
    func same<Value>(
        _ what: String, as show: (Value) -> String = { "\($0)" }, _ ask: (any TestedJournal) async throws -> Value
    ) async throws -> Value {
        let expected = try await ask(model)
        let answer = try await ask(tested)
        try #require(show(answer) == show(expected), "\(what), after \(appended) deliveries, at \(time)")
        return expected
    }

    private func shown(_ runs: [Run]) -> String { runs.map { "\($0.comparable)" }.joined(separator: "\n") }

    private func shown(_ leased: LeasedRuns) -> String {
        "\(shown(leased.runs)) \(leased.nextDue.map { "\($0)" } ?? "-")"
    }

    mutating func step() async throws {
        if random.chance(50) { time += Double(Int.random(in: 1...10, using: &random)) }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<25: try await append()
        case 25..<45: try await lease()
        case 45..<50: try await renew()
        case 50..<55: try await release()
        case 55..<65: try await commit()
        case 65..<85: try await finish()
        case 85..<90: try await redeliver()
        case 90..<94: try await takeTurns()
        default: try await prune()
        }
    }

    private mutating func append() async throws {
        appended += 1
        let kinds = random.chance(70) ? [DedupeKey.Kind.id] : [.id, .body]
        let keys = kinds.map { DedupeKey(kind: $0, value: random.pick(["a", "b", "c", "d", "e"])) }
        let delivery = NewDelivery.sample(
            appended, source: random.pick(["github", "slack"]), keys: random.chance(90) ? keys : [],
            expire: time + random.pick([5, 40, 400]), at: time, credential: random.pick([nil, "env:NEW", "env:OLD"]),
            runs: random.decision())
        receipts.append(try await same("append") { try await $0.append(delivery) })
    }

    private mutating func redeliver() async throws {
        let (number, decision, now) = (Int.random(in: 0...appended, using: &random), random.decision(), moment(time))
        try await same("redeliver \(number)", as: { (receipt: Receipt?) in "\(String(describing: receipt))" }) {
            try await $0.redeliver(id(number), as: decision, at: now)
        }
    }

    private mutating func lease() async throws {
        let rooms = Self.buddies.prefix(2).map { ($0, Int.random(in: 0...2, using: &random)) }
        let room = LeaseRoom(Dictionary(uniqueKeysWithValues: rooms), otherwise: random.pick([0, 1, 3]))
        let (now, expiry) = (moment(time), moment(time + random.pick([1, 5, 60])))
        let leased = try await same("lease", as: shown(_:)) { try await $0.lease(room, now: now, until: expiry) }
        taken = (taken + leased.runs).suffix(6)
    }

    private mutating func renew() async throws {
        guard let run = taken.randomElement(using: &random) else { return }
        let expiry = moment(time + random.pick([1, 30]))
        try await same("renew \(run.lease)") { try await $0.renew(run.lease, until: expiry) }
    }

    private mutating func release() async throws {
        guard let run = taken.randomElement(using: &random) else { return }
        let due = moment(time + random.pick([0, 5, 30]))
        try await same("release \(run.lease)") { try await $0.release(run.lease, due: due) }
    }

    private mutating func commit() async throws {
        guard let run = taken.randomElement(using: &random) else { return }
        let look = random.look(run, until: time + random.pick([5, 60]))
        let result = try await same("commit \(run.lease)") { try await $0.commit(look) }
        if result == .committed { patched.insert(run.id) }
    }

    private mutating func finish() async throws {
        guard let run = taken.randomElement(using: &random) else { return }
        let ending = random.ending(at: time, mayBeUncertain: patched.contains(run.id))
        try await same("finish \(run.lease) \(ending)") { try await $0.finish(run.lease, ending) }
    }

    private mutating func takeTurns() async throws {
        guard let run = taken.randomElement(using: &random) else { return }
        let occupants = try await same("occupants", as: shown(_:)) { try await $0.occupants(before: run) }
        guard random.chance(50), let occupant = occupants.randomElement(using: &random) else { return }
        try await same("vacate \(occupant.id)", as: { "\($0)" }) { try await $0.vacate(occupant.id) }
    }

    private mutating func prune() async throws {
        let (before, most) = (moment(time - random.pick([5, 50, 500])), random.pick([1, 3, 8, 1000]))
        let now = moment(time)
        try await same("prune") { try await $0.prune(before: before, keeping: most, now: now) }
    }
}
