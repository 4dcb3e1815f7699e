import FoundationEssentials
import Testing

@testable import Bridge

@Suite("A summary as Slack shows it")
struct SlackMessageTests {
    private struct Message: Decodable {
        struct Block: Decodable {
            struct Text: Decodable { var text: String }

            var type: String
            var text: Text?
            var elements: [Text]?
        }

        var response_type: String
        var text: String
        var blocks: [Block]

        /// All that is shown.
        var shown: String {
            let texts = blocks.map { $0.text?.text ?? "" } + blocks.flatMap { $0.elements ?? [] }.map(\.text)
            return text + "\n" + texts.joined(separator: "\n")
        }
    }

    private func message(
        _ delivery: Delivery, audience: ReplyWishes.Audience = .caller, usage: [String] = []
    ) throws -> Message {
        let wishes = ReplyWishes(failureStatus: 502, audience: audience, usage: usage)
        let reply = Reply(status: 200, json: SlackMessage(Summary(delivery), wishes))
        return try JSONDecoder().decode(Message.self, from: Data(reply.body))
    }

    private func started(branch: String = "master", url: String? = nil) -> Delivery {
        var execution = Execution.mission
        execution.branch = branch
        execution.htmlURL = url ?? execution.htmlURL
        return Delivery(runs: [Run(.started, lastLook: execution)])
    }

    @Test("It says what happened, links to Buddy, and names the delivery")
    func facts() throws {
        let message = try message(started())
        #expect(message.text == "Started execution #4 of dev (acme/company-website) on master: INPROGRESS")
        let url = try #require(Execution.mission.htmlURL)
        #expect(message.shown.contains("<\(url)|"))
        #expect(message.shown.contains("01970000-0000-7000-8000-000000000000"))
        #expect(message.blocks.first?.text?.text.contains(message.text) == true)
    }

    @Test(
        "Foreign text cannot mention or link",
        arguments: [
            "<!channel>", "<!here|here>", "<@U012AB3CD>", "<https://evil.example|Buddy>", "a&b", "&lt;", ">quote",
        ])
    func escapes(_ branch: String) throws {
        let escaped = branch.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        let message = try message(started(branch: branch))
        #expect(message.text.contains("on \(escaped): INPROGRESS"))
        #expect(!message.text.contains("<") && !message.text.contains(">"))
        #expect(message.blocks.first?.text?.text.contains("on \(escaped): INPROGRESS") == true)
    }

    /// A `<` with a combining character after it is one letter to Swift, but still a `<` to Slack.
    @Test(
        "Not even with a combining character", arguments: ["<\u{FE0F}!channel>", "<!channel>\u{301}", "&\u{200D}lt;"])
    func escapesScalars(_ branch: String) throws {
        let scalars = try message(started(branch: branch)).text.unicodeScalars
        #expect(!scalars.contains("<") && !scalars.contains(">"))
        for (position, scalar) in zip(scalars.indices, scalars) where scalar == "&" {
            let rest = String(String.UnicodeScalarView(scalars[position...].prefix(5)))
            #expect(["&amp;", "&lt;", "&gt;"].contains { rest.unicodeScalars.starts(with: $0.unicodeScalars) })
        }
    }

    @Test("An error's text, the event's name and a usage line are foreign as well")
    func otherForeignText() throws {
        let error = RunError(code: .buddyRefused, message: "<!channel> said no")
        #expect(!(try message(Delivery(runs: [Run(.refused, error: error)])).shown.contains("<!")))
        #expect(!(try message(Delivery(decision: .ignored, event: "<!here>")).shown.contains("<!")))
        let usage = try message(Delivery(decision: .ignored), usage: ["/deploy <SERVICE>"]).shown
        #expect(usage.contains("/deploy &lt;SERVICE&gt;"))
    }

    @Test("A link cannot be left by its address")
    func linkAddress() throws {
        let shown = try message(started(url: "https://x/><!channel>")).shown
        #expect(!shown.contains("<!channel>"))
    }

    @Test("What nothing matched is answered with the source's usage lines, and nothing else is")
    func usage() throws {
        let lines = ["/deploy SERVICE [EXECUTION]", "/release"]
        let ignored = try message(Delivery(decision: .ignored), usage: lines).shown
        #expect(lines.allSatisfy(ignored.contains))
        for delivery in [started(), Delivery(decision: .denied), Delivery(decision: .dryRun)] {
            let shown = try message(delivery, usage: lines).shown
            #expect(!lines.contains(where: shown.contains))
        }
    }

    @Test("By default the caller alone sees an answer")
    func caller() throws {
        #expect(try message(started()).response_type == "ephemeral")
    }

    @Test(
        "For the channel, news goes to the channel, and errors to the caller",
        arguments: [
            (Run.State.started, "in_channel"), (.already_running, "in_channel"), (.pending, "in_channel"),
            (.refused, "ephemeral"), (.dead, "ephemeral"),
        ])
    func channel(_ state: Run.State, _ type: String) throws {
        #expect(try message(Delivery(runs: [Run(state)]), audience: .channel).response_type == type)
    }

    @Test(
        "For the channel, what was denied or matched nothing goes to the caller",
        arguments: [Decision.Outcome.denied, .ignored])
    func deniedInChannel(_ decision: Decision.Outcome) throws {
        #expect(try message(Delivery(decision: decision), audience: .channel).response_type == "ephemeral")
    }

    /// DESIGN §5.2: errors go to the caller only. Here the delivery as a whole is pending, and its text holds one.
    @Test(
        "For the channel, an error goes to the caller even while another run is pending",
        arguments: [Run.State.refused, .dead])
    func errorBesidePending(_ state: Run.State) throws {
        let error = RunError(code: .buddyRefused, message: "the token was refused")
        let delivery = Delivery(runs: [Run(.pending), Run(state, error: error)])
        let message = try message(delivery, audience: .channel)
        #expect(message.response_type == "ephemeral" || !message.shown.contains("the token was refused"))
    }
}
