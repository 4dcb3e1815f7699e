import Bridge
import TestSupport

/// Kills one replica again and again: at each point of its work in turn, and now and then at any moment, from outside.
struct Killer {
    let fleet: Fleet
    let replica: Int
    var random: SeededGenerator

    init(_ fleet: Fleet, replica: Int = 0, seed: UInt64) {
        self.fleet = fleet
        self.replica = replica
        random = SeededGenerator(seed: seed ^ 0x6B69_6C6C)
    }

    /// Until its task is cancelled.
    mutating func run() async throws {
        while true {
            for (position, point) in KillPoint.allCases.shuffled(using: &random).enumerated() {
                await fleet.kill(replica)
                let count = Int.random(in: 1...20, using: &random)
                _ = try await fleet.start(replica, killAt: (point, count))
                if try await !fleet.died(replica, at: point, within: .seconds(5)) { await fleet.kill(replica) }
                if position % 3 == 2 {
                    _ = try await fleet.start(replica)
                    try await Task.sleep(for: .milliseconds(Int.random(in: 50...800, using: &random)))
                    await fleet.kill(replica)
                }
            }
        }
    }
}
