import FoundationEssentials
import Testing

@testable import Bridge

@Suite("Targets as the journal keeps them")
struct TargetCodingTests {
    private func target(_ pipeline: PipelineReference, _ execution: ExecutionReference) -> Target {
        Target(domain: "acme", project: "web", pipeline: pipeline, execution: execution)
    }

    @Test("What is written is read again")
    func roundTrip() throws {
        let filters: [Selector.Field: Selector.Filter] = [
            .branch: .init([.glob("release/*"), .not([.equals("release/0"), .exists(false)])]),
            .revision: .init([.oneOf(["a", "b"])]),
            .tag: .init([.exists(true), .lessThan("2026-03-29"), .greaterThan("-1e3")]),
            .comment: .init([.regex("(?i)go"), .prefix("p"), .suffix("s")]),
        ]
        let executions: [ExecutionReference] = [
            .number(4), .page("https://app.buddy.works/x"), .selector(Selector(.earliest)), .selector(Selector(.only)),
            .selector(Selector(.latest, within: 43_200)), .selector(Selector(.only, filters: filters, within: 1)),
        ]
        for execution in executions {
            for pipeline in [PipelineReference.number(2), .identifier("release"), .identifier("2x")] {
                let one = target(pipeline, execution)
                #expect(try JSONDecoder().decode(Target.self, from: Data(WireJSON.encode(one))) == one)
            }
        }
    }

    @Test("A selector is kept as the configuration file writes it, and a plain one as its word")
    func asConfigured() {
        let filters: [Selector.Field: Selector.Filter] = [
            .branch: .init([.suffix("-x"), .prefix("rel/")]), .tag: .init([.equals("v1")]),
            .comment: .init([.not([.oneOf(["a", "b"])])]),
        ]
        let texts: [(Selector, String)] = [
            (Selector(.latest), #""latest""#),
            (Selector(.only, within: 3600), #"{"scheduled":"only","within":3600}"#),
            (
                Selector(.earliest, filters: filters),
                #"{"branch":{"prefix":"rel/","suffix":"-x"},"comment":{"not":{"in":["a","b"]}},"scheduled":"earliest","#
                    + #""tag":"v1"}"#
            ),
        ]
        for (selector, text) in texts {
            #expect(String(decoding: WireJSON.encode(ExecutionReference.selector(selector)), as: UTF8.self) == text)
        }
    }

    @Test("A selector that names an unknown operator or pick is not read")
    func unknown() {
        for text in [#"{"scheduled":"first"}"#, #"{"scheduled":"only","tag":{"like":"v"}}"#, #"{"tag":"v1"}"#, "4.5"] {
            #expect(throws: (any Error).self) {
                try JSONDecoder().decode(ExecutionReference.self, from: Data(text.utf8))
            }
        }
    }

    @Test("A pipeline of digits is a number; anything else an identifier")
    func pipelines() {
        #expect(PipelineReference("41") == .number(41))
        for text in ["0", "-1", "+1", "4 1", "v41", "٤", "99999999999999999999"] {
            #expect(PipelineReference(text) == .identifier(text), "\(text)")
        }
    }

    @Test("Targets and selectors read as an operator would write them")
    func texts() {
        #expect("\(ExecutionReference.number(4))" == "#4")
        #expect("\(ExecutionReference.selector(Selector(.earliest)))" == "earliest")
        let selector = Selector(
            .latest, filters: [.tag: .init([.exists(true)]), .branch: .init([.equals("main")])], within: 60)
        #expect("\(selector)" == "latest, branch equals main, tag exists true, within 60 s")
    }
}
