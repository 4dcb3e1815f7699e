import Testing

@testable import Bridge

@Suite("Addresses of executions' pages")
struct ExecutionAddressTests {
    /// The `html_url` of the documentation's example.
    private static let page =
        "https://app.buddy.works/buddy/company-website/pipelines/pipeline/2/execution/56fa386c99f1e121d8b568b5"

    @Test(
        "What a browser shows tells the target",
        arguments: ["", "/", "?tab=logs", "#action-5", "/actions/5?x=1"])
    func parts(_ tail: String) throws {
        let address = try #require(ExecutionAddress(Self.page + tail))
        #expect(address.domain == "buddy" && address.project == "company-website" && address.pipeline == "2")
        #expect(address.tail == "56fa386c99f1e121d8b568b5")
    }

    @Test(
        "Other addresses tell none",
        arguments: [
            "", "https://", "https://app.buddy.works", "app.buddy.works/a/b/pipelines/pipeline/2/execution/5f",
            "ftp://app.buddy.works/a/b/pipelines/pipeline/2/execution/5f",
            "https://app.buddy.works/a/b/pipelines/pipeline/2",
            "https://app.buddy.works/a/b/pipelines/pipeline/2/execution",
            "https://app.buddy.works/a/b/pipelines/action/2/execution/5f",
            "https://app.buddy.works/a%2Fb/c/pipelines/pipeline/2/execution/5f",
        ])
    func none(_ text: String) { #expect(ExecutionAddress(text) == nil) }

    private func render(_ text: String, domain: String? = nil) throws -> Result<Target, RunError> {
        let template = TargetTemplate(
            domain: try domain.map { try Template($0) }, project: nil, pipeline: nil,
            execution: .template(try Template("{{ args.0 }}")))
        let event = Event(command: "/run", text: text)
        return Result { () throws(RunError) in try template.render(event) }
    }

    @Test("A pasted address is a whole target, also in the brackets that chats put around it")
    func target() throws {
        let target = Target(
            domain: "buddy", project: "company-website", pipeline: .number(2), execution: .page(Self.page))
        #expect(try render(Self.page).get() == target)
        #expect(try render("<\(Self.page)>").get() == target)
        #expect(try render("<\(Self.page)|app.buddy.works/buddy>").get() == target)
    }

    @Test("What the route writes stays")
    func written() throws {
        let target = try render(Self.page, domain: "acme").get()
        #expect(target.domain == "acme" && target.project == "company-website")
    }

    @Test("Without an address the rest of the target is not known", arguments: ["4", "earliest", "https://x.test/a"])
    func unknown(_ text: String) throws {
        #expect(
            try render(text)
                == .failure(
                    RunError(
                        code: .badTemplate,
                        message:
                            "the route names no domain, so the execution must be given by the address of its page")))
    }

    @Test("Its parts are held to what a path may hold")
    func segments() throws {
        #expect(
            try render("https://x/../web/pipelines/pipeline/2/execution/5f")
                == .failure(RunError(code: .badTemplate, message: "the domain is '..'")))
    }
}
