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
            .tag: .init([.exists(true)]), .comment: .init([.regex("(?i)go"), .prefix("p"), .suffix("s")]),
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
