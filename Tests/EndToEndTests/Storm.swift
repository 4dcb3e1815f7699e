import Bridge
import BuddySandbox
import Foundation
import TestSupport
import Testing

@testable import BuddyBridge

/// Pushes in quick succession, each of which wants an execution of its own.
enum Storm {
    /// Routes pushes to the execution whose number they name.
    ///
    /// - Parameter control: what the route says of storms, a line each.
    static func yaml(_ control: String...) -> String {
        """
        sources:
          github: {provider: github, secrets: [env:GITHUB_SECRET], reply_within: 1m}
          # The same sender, to whom nothing is told but that it is accepted.
          hasty: {provider: github, secrets: [env:HMAC_SECRET], reply_within: 1ms}
        routes:
          - name: release
            source: [github, hasty]
            run:
              {domain: buddy, project: "{{ repository.name }}", pipeline: 2, execution: "{{ payload.number }}"}
        \(control.map { "    \($0)\n" }.joined())
        """
    }

    static let project = "company-website"

    static func push(_ execution: Int, _ project: String = project) -> Sample {
        Sample(
            payload: Array(
                #"{"ref":"refs/heads/master","number":\#(execution),"repository":{"name":"\#(project)"}}"#.utf8))
    }
}

extension TestBridge {
    /// Makes executions that wait for a day.
    func schedule(_ ids: ClosedRange<Int>, _ project: String = Storm.project) async {
        for id in ids { await buddy.schedule(domain: "buddy", project: project, pipeline: 2, id: id) }
    }

    /// Sends a push and waits for what comes of it.
    func push(_ execution: Int, _ project: String = Storm.project) async throws -> WebAnswer {
        try await post(sign(Storm.push(execution, project)))
    }

    /// Sends a push and waits for nothing. Returns the delivery.
    func pushHastily(_ execution: Int, _ project: String = Storm.project) async throws -> String {
        let answer = try await post(sign(Storm.push(execution, project), as: "hasty"), to: "hasty")
        return try #require(answer.json?.delivery.string)
    }

    /// Asks for the one run of a delivery until it holds; the test's time limit is the bound.
    func run(of delivery: String, _ holds: (JSONValue) -> Bool) async throws -> JSONValue {
        while true {
            let run = try #require(try await admin("GET", "/api/deliveries/\(delivery)").json).runs[0]
            if holds(run) { return run }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Until it has been seen that another one is in the way.
    func waitsForItsTurn(_ delivery: String) async throws {
        let run = try await run(of: delivery) { $0.outcome != "pending" || $0.error.code == "waits_turn" }
        #expect(run.outcome == "pending")
    }

    /// Does whatever a person can who wants it all the same.
    func redeliver(_ delivery: String) async throws -> Int {
        try await admin("POST", "/api/deliveries/\(delivery)/redeliver").status
    }

    /// Brings an execution to its end at Buddy.
    func finish(_ execution: Int) async {
        await buddy.finish(domain: "buddy", project: Storm.project, pipeline: 2, execution: execution)
    }

    /// Until a line of the log holds the text.
    func logged(_ text: String) async throws {
        while canary.lines(with: text).isEmpty { try await Task.sleep(for: .milliseconds(20)) }
    }
}
