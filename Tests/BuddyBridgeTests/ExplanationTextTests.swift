import Bridge
import Foundation
import Testing

@testable import BuddyBridge

/// What `explain` prints for people.
@Suite("An explanation as text")
struct ExplanationTextTests {
    private func text(_ lines: String, at time: String = "2026-11-27T17:03:00Z") throws -> String {
        let rules = try #require(try Loaded(Variant("", 10, lines).yaml).configuration).ruleBook()
        let payload = Array(#"{"ref":"refs/heads/dev","repository":{"full_name":"acme/web"}}"#.utf8)
        let sample = Sample(event: "push", payload: payload, at: Timestamp.date(time))
        return ExplanationText.of(try rules.explain(sample, source: "github"))
    }

    @Test("The comparison that decided is marked, and no other")
    func decided() throws {
        #expect(
            try text("    when: {event: push, any: [{branch: main}, {tag: v1}], none: [{repository.path: acme/web}]}")
                == """
                github: push: ignored
                  release: does not match
                    yes event equals 'push', is 'push'
                    no  branch equals 'main', is 'dev' (in 'any')  <- decided
                    no  tag equals 'v1', is missing (in 'any')
                    yes repository.path equals 'acme/web', is 'acme/web' (in 'none')
                """)
    }

    @Test("A match has no mark, nor has what was not reached")
    func matched() throws {
        let other =
            "    when: {event: push}\n    run: {domain: acme, project: web, pipeline: 41}\n"
            + "  - name: late\n    source: github\n    when: {branch: main}"
        #expect(
            try text(other) == """
                github: push: matched
                  release: matches
                    yes event equals 'push', is 'push'
                    runs earliest of 41 (acme/web)
                  late: not reached
                    no  branch equals 'main', is 'dev'
                """)
    }

    @Test("Who may is told where it was denied")
    func denied() throws {
        #expect(
            try text("    windows: {days: fri, hours: 12:00-24:00, time_zone: Europe/Warsaw, closed: true}") == """
                github: push: denied
                  release: matches, but is denied: 'release' is closed fri 12:00-24:00 Europe/Warsaw; it was fri 18:03 \
                there
                """)
    }
}
