import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

@Suite("Bitbucket Cloud and Data Center")
struct BitbucketTests {
    @Test("A push to several branches and tags tells each that is still there")
    func cloudPush() throws {
        try GitProviders.expect(
            "bitbucket", "repo:push",
            """
            {"repository":{"name":"My Web","full_name":"acme/web"},"push":{"changes":[
             {"old":{"type":"branch","name":"gone"},"new":null},
             {"new":{"type":"branch","name":"main","target":{"hash":"709d","author":{"raw":"Emma <emma@x>"}}}},
             {"new":{"type":"tag","name":"v1","target":{"hash":"1e65","author":{"user":{"display_name":"Mike"}}}}}]}}
            """,
            tells: [
                .repositoryPath: ["acme/web"], .repositoryName: ["web"], .branch: ["main"], .tag: ["v1"],
                .commit: ["709d", "1e65"], .authorName: ["Emma", "Mike"], .authorEmail: ["emma@x"],
            ])
    }

    @Test("A deletion tells no name and no commit")
    func deleted() throws {
        try GitProviders.expect(
            "bitbucket", "repo:push", #"{"push":{"changes":[{"old":{"type":"tag","name":"v1"},"new":null}]}}"#,
            tells: [:]
        )
        let zeros = String(repeating: "0", count: 40)
        try GitProviders.expect(
            "bitbucket-server", "repo:refs_changed",
            #"{"changes":[{"ref":{"id":"refs/heads/x"},"toHash":"\#(zeros)","type":"DELETE"}]}"#, tells: [:])
    }

    @Test("Data Center's push and pull request")
    func server() throws {
        let repository = #"{"slug":"web","name":"My Web","project":{"key":"ACME"}}"#
        try GitProviders.expect(
            "bitbucket-server", "repo:refs_changed",
            """
            {"repository":\(repository),"changes":[{"ref":{"id":"refs/heads/main"},"toHash":"709d"},
             {"ref":{"id":"refs/tags/v1"},"toHash":"1e65"}],
             "toCommit":{"author":{"name":"emma","displayName":"Emma","emailAddress":"emma@x"}}}
            """,
            tells: [
                .repositoryPath: ["ACME/web"], .repositoryName: ["web"], .branch: ["main"], .tag: ["v1"],
                .commit: ["709d", "1e65"], .authorName: ["Emma"], .authorEmail: ["emma@x"],
            ])
        try GitProviders.expect(
            "bitbucket-server", "pr:opened",
            """
            {"pullRequest":{"id":5,"author":{"user":{"name":"emma","emailAddress":"emma@x"}},
             "fromRef":{"displayId":"fix","latestCommit":"32a0"},"toRef":{"displayId":"main","repository":\(repository)}}}
            """,
            tells: [
                .repositoryPath: ["ACME/web"], .repositoryName: ["web"], .commit: ["32a0"], .authorName: ["emma"],
                .authorEmail: ["emma@x"], .pullRequestNumber: ["5"], .pullRequestSourceBranch: ["fix"],
                .pullRequestTargetBranch: ["main"],
            ])
    }

    @Test("Who acted and the sender's id are told")
    func names() throws {
        let cloud = try GitProviders.event("bitbucket", "repo:push", #"{"actor":{"uuid":"{a}","nickname":"emma"}}"#)
        #expect(cloud.name == "repo:push" && cloud.user == Party(id: "{a}", name: "emma") && cloud.senderID != nil)
        let server = try GitProviders.event("bitbucket-server", "pr:opened", #"{"actor":{"id":7,"name":"emma"}}"#)
        #expect(server.name == "pr:opened" && server.user == Party(id: "7", name: "emma") && server.senderID != nil)
    }

    @Test(
        "SHA-1, which the header's name stands for elsewhere, is refused", arguments: ["bitbucket", "bitbucket-server"])
    func sha1(_ name: String) throws {
        let secret = try Secret.of("secret")
        let tag = "sha1=" + Tag(.sha1, of: "{}".utf8, key: secret).hex
        #expect(throws: VerificationFailure.malformedHeader("X-Hub-Signature")) {
            try GitProviders.make(name).prove(Request([("X-Hub-Signature", tag)], "{}".utf8), secret)
        }
    }

    @Test("A ping is answered without a signature, and a signed one is no event either")
    func ping() throws {
        let provider = BitbucketServer()
        let ping = Request([("X-Event-Key", "diagnostics:ping")], #"{"test":true}"#.utf8)
        #expect(provider.unsignedHandshake(ping) == Reply(status: 200))
        #expect(throws: VerificationFailure.missingHeader("X-Hub-Signature")) {
            try provider.claim(in: ping.head, tolerance: .seconds(300))
        }
        #expect(provider.traits.unsignedHandshakeLimit == 1024 && Bitbucket().traits.unsignedHandshakeLimit == 0)
        let secret = try Secret.of("secret")
        let signed = provider.sign(Sample(event: "diagnostics:ping", payload: ping.body), with: secret, at: noon)
        #expect(try provider.handshake(signed, secret) == Reply(status: 200))
    }

    @Test("No other event is answered without a signature", arguments: ["repo:refs_changed", "", "diagnostics:pin"])
    func noPing(_ event: String) {
        #expect(BitbucketServer().unsignedHandshake(Request([("X-Event-Key", event)], [])) == nil)
        #expect(BitbucketServer().unsignedHandshake(Request([], [])) == nil)
    }
}
