import FoundationEssentials
import TestSupport
import Testing

@testable import Bridge

@Suite("A summary as any chat is told of it")
struct ChatMessageTests {
    private func message(
        _ delivery: Delivery, _ style: ChatStyle = .zeroWidth, audience: ReplyWishes.Audience = .caller,
        usage: [String] = []
    ) -> ChatMessage {
        let wishes = ReplyWishes(failureStatus: 200, audience: audience, usage: usage)
        return ChatMessage(Summary(delivery), wishes, style)
    }

    @Test("It tells what happened, where to look, and which delivery it was")
    func whole() throws {
        let url = try #require(Execution.mission.htmlURL)
        #expect(
            message(.started()).whole == """
                Started execution #4 of dev (acme/company-website) on master: INPROGRESS
                \(url)
                Delivery 01970000-0000-7000-8000-000000000000
                """)
    }

    @Test("What may ping or lead elsewhere is broken by a zero-width space")
    func zeroWidth() {
        let safe = ChatStyle.zeroWidth.safe("@all <users/all> [a](https://x) <!channel> @**all**")
        #expect(
            safe
                == "@\u{200B}all <\u{200B}users/all> [a]\u{200B}(https://x) <\u{200B}!channel> @\u{200B}**all**")
    }

    @Test("For HTML, three characters are entities besides")
    func html() {
        #expect(ChatStyle.html.safe("<at>all</at> & @x") == "&lt;at&gt;all&lt;/at&gt; &amp; @\u{200B}x")
    }

    @Test("Foreign text is one line, and is cut")
    func oneLine() {
        #expect(ChatStyle.zeroWidth.safe("a\r\n# b\u{2028}c\u{7}d") == "a  # b c d")
        #expect(ChatStyle.zeroWidth.safe(String(repeating: "x", count: 501)).count == 500)
    }

    @Test(
        "An address that could be read as anything else is not shown",
        arguments: ["javascript:alert(1)", "https://x/@all", "https://x/ y", "https://x/)<", "https://x/*", "ftp://x"])
    func address(_ url: String) {
        var execution = Execution.mission
        execution.htmlURL = url
        let whole = message(Delivery(runs: [Run(.started, lastLook: execution)])).whole
        #expect(whole.split(separator: "\n").count == 2 && !whole.contains(url))
    }

    @Test("Usage lines are shown where nothing matched, as far as there is room")
    func usage() {
        let lines = (0..<100).map { "/deploy\($0) SERVICE [EXECUTION] and more words to fill the line" }
        let few = message(Delivery(decision: .ignored), usage: Array(lines.prefix(2))).whole
        #expect(few.contains("Known here:\n\(lines[0])".replacing("]", with: "]\u{200B}")))
        let many = message(Delivery(decision: .ignored), usage: lines).whole
        #expect(many.utf16.count <= 2000 && many.contains("/deploy20 ") && !many.contains("/deploy99 "))
        #expect(many.hasSuffix("Delivery 01970000-0000-7000-8000-000000000000"))
        #expect(!message(.started(), usage: lines).whole.contains("Known"))
    }

    @Test("What everybody sees holds news, and of all else only where to look")
    func everybody() {
        #expect(message(.started(), audience: .caller).forEverybody == message(.started()).whole)
        let neutral = "Not done. The log of buddy-bridge has delivery 01970000-0000-7000-8000-000000000000."
        let kept: [Delivery] = [.refused(), Delivery(decision: .denied), Delivery(decision: .ignored)]
        for delivery in kept + [Delivery(runs: [Run(.dead)]), Delivery(runs: [Run(.nothing_scheduled)])] {
            #expect(message(delivery, audience: .channel, usage: ["/deploy"]).forEverybody == neutral)
            #expect(message(delivery, audience: .channel).isForCaller)
        }
    }

    @Test("Who may is told to the caller, in one line, escaped, and to nobody else")
    func denial() {
        var summary = Summary(Delivery(decision: .denied))
        summary.denial = "'a' is for @all\nU1"
        let wishes = ReplyWishes(failureStatus: 200, audience: .channel, usage: ["/deploy"])
        let message = ChatMessage(summary, wishes, .zeroWidth)
        #expect(
            message.whole == """
                You are not allowed to do that: nothing was run
                'a' is for @\u{200B}all U1
                Delivery 01970000-0000-7000-8000-000000000000
                """)
        #expect(message.isForCaller && !message.forEverybody.contains("U1"))
    }

    @Test("News is for the caller or for all, as the source says")
    func audience() {
        for delivery in [Delivery.started(), Delivery(runs: [Run(.pending)]), Delivery(decision: .dryRun)] {
            #expect(message(delivery, audience: .caller).isForCaller)
            #expect(!message(delivery, audience: .channel).isForCaller)
        }
    }
}
