import Foundation
import Testing

@testable import Bridge

extension JournalWalk {
    /// All that the journals hold.
    func compare() async throws {
        let all = DeliveryQuery(limit: 1000)
        let deliveries = try await same("all", as: { $0.map(\.shown).joined(separator: "\n") }) {
            try await $0.deliveries(all)
        }
        for outcome in DeliveryOutcome.allCases {
            let query = DeliveryQuery(source: "github", outcome: outcome, limit: 1000)
            try await same("\(outcome)") { try await $0.deliveries(query).map(\.id) }
        }
        for delivery in deliveries {
            try await same("delivery", as: { $0.map(\.shown) ?? "-" }) { try await $0.delivery(delivery.id) }
            for run in delivery.runs { try await same("history") { try await $0.history(of: run.id) } }
        }
        for buddy in Self.buddies {
            let pipeline = PipelineAddress(buddy: buddy, domain: "acme", project: "web", pipeline: 1)
            try await same("claims") { try await $0.claims(on: pipeline).sorted() }
        }
        try await same("backlog") { try await $0.backlog() }
        for source in ["github", "slack"] {
            try await same("uses", as: { "\($0.sorted { $0.key < $1.key })" }) {
                try await $0.lastUses(source: source)
            }
        }
    }

    /// Drops whatever may be dropped by age, claims too.
    func pruneAll() async throws {
        let later = moment(1e8)
        try await same("the last prune") { journal in
            while try await journal.prune(before: later, keeping: 1000, now: later) {}
        }
    }
}
