import Bridge
import BridgeServer
import Signatures
import Testing

@testable import BuddyBridge

@Suite("The example of DESIGN §5.1")
struct DesignExampleTests {
    @Test("It is taken; only the source that no route is for is warned of")
    func messages() throws {
        let (loaded, _) = try DesignExample.load()
        #expect(loaded.configuration != nil)
        #expect(loaded.messages == ["bridge.yaml:13:3: warning: no route is for the source 'builds'"])
    }

    @Test("The sections about the service")
    func service() throws {
        let (loaded, folder) = try DesignExample.load()
        let configuration = try #require(loaded.configuration)
        #expect(configuration.buddy.url == "https://api.buddy.works")
        #expect(configuration.buddy.tokenReference(of: "acme") == .environment("BUDDY_TOKEN"))
        #expect(configuration.buddy.tokenReference(of: "beta") == .environment("ACME_TOKEN"))
        #expect(configuration.buddy.directory.base(of: "acme") == "https://api.buddy.works")
        #expect(configuration.buddy.directory.base(of: "beta") == "https://api.eu.buddy.works")
        #expect(configuration.buddy.certificateAuthority == nil)
        #expect(configuration.dispatch.callTimeout == .seconds(30))
        #expect(configuration.listen.host == "127.0.0.1")
        #expect(configuration.listen.port == 8080)
        #expect(configuration.listen.trustedProxies.map { $0.contains("127.1.2.3") } == [true])
        #expect(configuration.admin?.host == "127.0.0.1")
        #expect(configuration.admin?.port == 8081)
        #expect(configuration.admin?.token.exposedText == "t2")
        #expect(configuration.journal == .sqlite(path: folder.path + "/data/bridge.sqlite"))
    }

    @Test("The sources, in the order of the file")
    func sources() throws {
        let (loaded, _) = try DesignExample.load()
        let sources = try #require(loaded.configuration).sources
        #expect(sources.map(\.name) == ["github", "slack", "builds"])
        #expect(sources.map(\.provider.traits.name) == ["github", "slack", "hmac"])
        #expect(sources.map { $0.credentials.secrets.map(\.exposedText) } == [["new", "old"], ["signing"], ["built"]])
        // An id that is signed decides; else what is signed.
        #expect(sources.map(\.dedupe) == [.body, .id, .id])
        #expect(sources.map(\.dedupeWindow) == [.seconds(30 * 86_400), .seconds(86_400), .seconds(86_400)])
        #expect(sources.map(\.failureStatus) == [502, 200, 502])
        #expect(sources.map(\.bodyLimit) == [25 << 20, 1 << 20, 25 << 20])
        #expect(sources.map(\.tolerance) == Array(repeating: .seconds(300), count: 3))
        #expect(sources.map(\.audience) == [.caller, .caller, .caller])
    }

    @Test("The routes, in the order of the file")
    func routes() throws {
        let (loaded, _) = try DesignExample.load()
        let routes = try #require(loaded.configuration).routes
        #expect(routes.map(\.name) == ["release-on-main", "deploy-from-slack"])
        #expect(routes.map(\.sources) == [["github"], ["slack"]])
        #expect(routes.map(\.usage) == [nil, "/deploy SERVICE [EXECUTION]"])
        #expect(routes.map(\.continues) == [false, false])
        #expect(routes.map(\.isDryRun) == [false, false])
        guard case .anyone = routes[0].allow else {
            Issue.record("the first route is for anyone")
            return
        }
    }

    @Test(
        "A push to main of a repository in the map runs its pipeline",
        arguments: [
            ("Web", "acme/web", "main", PipelineReference.number(41)),
            ("Shop", "acme/shop", "main", .identifier("release")),
        ])
    func push(_ name: String, _ path: String, _ branch: String, _ pipeline: PipelineReference) throws {
        let traces = try explain(
            Sample(event: "push", payload: push(name, path, "refs/heads/" + branch)), source: "github")
        let target = try #require(traces.first?.target)
        #expect(target.domain == "acme")
        #expect(target.project == name.lowercased())
        #expect(target.pipeline == pipeline)
        let commit = Selector.Filter([.equals("c0ffee")])
        #expect(target.execution == .selector(Selector(.earliest, filters: [.revision: commit], within: 43_200)))
    }

    @Test(
        "Another branch, event or repository runs nothing",
        arguments: [
            ("push", "acme/web", "refs/heads/dev"), ("push", "acme/other", "refs/heads/main"),
            ("create", "acme/web", "refs/heads/main"),
        ])
    func other(_ event: String, _ path: String, _ ref: String) throws {
        let traces = try explain(Sample(event: event, payload: push("web", path, ref)), source: "github")
        #expect(traces.map(\.matched) == [false])
    }

    @Test(
        "A command runs what it names, for those who may",
        arguments: [
            ("/deploy web", "U012AB3CD", "C0ANY", true), ("/deploy web 7", "U045AAAAA", "C0RELEASE", true),
            ("/deploy web", "U045AAAAA", "C0ANY", false), ("/deploy web", "U0OUTSIDE", "C0RELEASE", false),
        ])
    func command(_ text: String, _ user: String, _ channel: String, _ allowed: Bool) throws {
        let traces = try explain(Sample(text: text, user: user, channel: channel), source: "slack")
        let trace = try #require(traces.first)
        #expect(trace.matched)
        #expect(trace.allowed == allowed)
        guard allowed else { return }
        #expect(trace.target?.project == "web")
        #expect(trace.target?.pipeline == .identifier("release"))
        #expect(trace.target?.execution == (text.hasSuffix("7") ? .number(7) : .selector(Selector(.earliest))))
    }

    private func explain(_ sample: Sample, source: String) throws -> [RouteTrace] {
        let (loaded, _) = try DesignExample.load()
        return try #require(loaded.configuration).ruleBook().explain(sample, source: source).routes
    }

    private func push(_ name: String, _ path: String, _ ref: String) -> [UInt8] {
        Array(
            #"{"ref":"\#(ref)","after":"c0ffee","repository":{"name":"\#(name)","full_name":"\#(path)"}}"#.utf8)
    }
}
