import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

/// Requests that others published with their signatures, through the provider that would take them.
@Suite("Published requests", .enabled(if: SharedFiles.isThere, "…/shared is not beside this clone"))
struct SharedVectorTests {
    private static func vectors(_ sender: String) throws -> [SignedVector] {
        try SharedFiles.vectors().filter { $0.sender == sender }
    }

    private func request(_ vector: SignedVector, extra: [UInt8] = [], late: Double = 0) throws -> Request {
        let headers = vector.headers.map { ($0.key, $0.value) }
        let time = vector.now.map { Date(timeIntervalSince1970: $0) } ?? noon
        return Request(headers, try vector.body() + extra, at: time.addingTimeInterval(late))
    }

    private func secret(_ vector: SignedVector) throws -> Secret { try .of(try #require(vector.secret)) }

    @Test(
        "There are as many as the list says",
        arguments: [("github", 10), ("slack", 1), ("generic-hub", 8), ("scalr", 1)])
    func counts(_ sender: String, _ count: Int) throws {
        #expect(try Self.vectors(sender).count == count)
    }

    @Test("GitHub's SHA-256 ones verify", arguments: try vectors("github").filter { $0.algorithm == "hmac-sha256" })
    func github(_ vector: SignedVector) throws {
        #expect(try GitHub().prove(try request(vector), try secret(vector)).credential?.position == 0)
        #expect(throws: VerificationFailure.mismatch) {
            try GitHub().prove(try request(vector, extra: [0x20]), try secret(vector))
        }
    }

    @Test("GitHub's SHA-1 ones are refused", arguments: try vectors("github").filter { $0.algorithm == "hmac-sha1" })
    func githubSHA1(_ vector: SignedVector) throws {
        #expect(throws: VerificationFailure.missingHeader("X-Hub-Signature-256")) {
            try GitHub().prove(try request(vector), try secret(vector))
        }
        // The tag itself is right: it is the algorithm that is refused.
        let tag = try #require(vector.headers["X-Hub-Signature"]?.dropFirst(5))
        let computed = Tag(.sha1, of: try vector.body(), key: try secret(vector))
        #expect(try #require(Tag(hex: tag, .sha1)).matches(computed))
    }

    @Test(
        "Slack's verifies in its time, and 300 s around it", arguments: try vectors("slack"),
        [-300, 0, 300] as [Double])
    func slack(_ vector: SignedVector, _ late: Double) throws {
        #expect(try Slack().prove(try request(vector, late: late), try secret(vector)).credential?.position == 0)
        #expect(throws: VerificationFailure.mismatch) {
            try Slack().prove(try request(vector, extra: [0x2D], late: late), try secret(vector))
        }
    }

    @Test("Slack's is stale 301 s before and after", arguments: try vectors("slack"), [-301, 301] as [Double])
    func slackStale(_ vector: SignedVector, _ late: Double) throws {
        #expect(throws: VerificationFailure.staleTimestamp(seconds: Int64(-late))) {
            try Slack().prove(try request(vector, late: late), try secret(vector))
        }
    }

    @Test("Slack's reads as the command that it is", arguments: try vectors("slack"))
    func slackCommand(_ vector: SignedVector) throws {
        let event = try Slack().event(try request(vector), try secret(vector))
        #expect(event.command == ChatCommand(command: "/webhook-collect", text: ""))
        #expect(event.user == Party(id: "U2CERLKJA", name: "roadrunner"))
        #expect(event.channel == Party(id: "G8PSS9T3V", name: "foobar"))
        #expect(event.team == Party(id: "T1DC2JH3J", name: "testteamnow"))
    }

    @Test("Those of other senders verify by the settings of an 'hmac' source", arguments: try vectors("generic-hub"))
    func genericHub(_ vector: SignedVector) throws {
        let algorithm = try #require(vector.algorithm.flatMap { HashAlgorithm(rawValue: String($0.dropFirst(5))) })
        let provider = try hub(algorithm)
        #expect(try provider.prove(try request(vector), try secret(vector)).credential?.position == 0)
        #expect(throws: VerificationFailure.mismatch) {
            try provider.prove(try request(vector, extra: [0]), try secret(vector))
        }
    }

    private func hub(_ algorithm: HashAlgorithm) throws -> GenericHMAC {
        var settings = ProviderSettings()
        settings.signature = .init(header: TagHeader("X-Hub-Signature"))
        settings.signature?.header.algorithm = algorithm
        settings.signature?.header.prefix = "\(algorithm.rawValue)="
        return try GenericHMAC(settings)
    }

    private struct Capture: Decodable {
        var headers: [[String]]
        var body_b64: Data
    }

    /// Signed by a running Review Board: JSON, a form and XML, under a secret that is not ASCII.
    @Test("What a real server sent verifies as well")
    func captured() throws {
        let lines = try SharedFiles.data("payloads/reviewboard-8.1-live-capture.jsonl").split(separator: 10)
        #expect(lines.count == 3)
        for line in lines {
            let capture = try JSONDecoder().decode(Capture.self, from: line)
            let request = Request(capture.headers.map { ($0[0], $0[1]) }, capture.body_b64)
            #expect(try hub(.sha1).prove(request, try .of("s3cr3t-ünï")).credential?.position == 0)
        }
    }

    /// Scalr signs body and date without anything between them. `{body}{header.Date}` is refused by design, as bytes
    /// could move from one to the other, so no source can be configured for Scalr: only the tag is checked here.
    @Test("Scalr's tag is right, although no source may sign like that", arguments: try vectors("scalr"))
    func scalr(_ vector: SignedVector) throws {
        let tag = Tag(hex: try #require(vector.headers["X-Signature"]), .sha1)
        let date = try #require(vector.headers["Date"])
        let message = try vector.body() + Array(date.utf8)
        #expect(try #require(tag).matches(Tag(.sha1, of: message, key: try secret(vector))))
        #expect(!(try #require(tag).matches(Tag(.sha1, of: try vector.body(), key: try secret(vector)))))
        var settings = ProviderSettings()
        settings.signature = .init(header: TagHeader("X-Signature"))
        settings.signature?.message = "{body}{header.Date}"
        #expect(throws: ProviderSettings.Invalid.self) { try GenericHMAC(settings) }
    }

    /// DESIGN §5.1: the tag's algorithm is configured, so each negative is tried under every one.
    @Test("What must be refused is", arguments: try SharedFiles.negatives().filter { known.contains($0.sender) })
    func negatives(_ vector: SignedVector) throws {
        // No secret, no source: an empty one cannot even be held.
        guard let secret = Secret((vector.secret ?? "").utf8, reference: .environment("SECRET")) else {
            #expect(vector.secret == "" && vector.sender == "generic-hub")
            return
        }
        let providers: [any Provider] =
            switch vector.sender {
            case "github": [GitHub()]
            case "slack": [Slack()]
            default: try HashAlgorithm.allCases.map { try hub($0) }
            }
        for provider in providers {
            #expect(throws: VerificationFailure.self) { try provider.prove(try request(vector), secret) }
        }
    }

    private static let known = ["github", "slack", "generic-hub"]

    @Test("There are as many negatives as the list says")
    func negativeCounts() throws {
        let senders = try SharedFiles.negatives().map(\.sender).filter { Self.known.contains($0) }
        #expect(senders.sorted() == Array(repeating: "generic-hub", count: 6) + ["github", "slack"])
    }

    /// HMACs with an empty key, as a verifier with an empty secret would compute them.
    @Test(
        "A tag under an empty key proves nothing",
        arguments: [
            (HashAlgorithm.sha1, "e184ddd20fd184b37729beef869a122aa11d1fd9"),
            (.sha256, "697b7d75e6025a67f1f051354e1ccd0e3a1897279359b3a5b77c0199bfe17003"),
        ])
    func emptyKey(_ algorithm: HashAlgorithm, _ tag: String) throws {
        #expect(Secret([], reference: .environment("SECRET")) == nil)
        let request = Request([("X-Hub-Signature", "\(algorithm.rawValue)=\(tag)")], #"{"a": "z"}"#.utf8)
        #expect(throws: VerificationFailure.mismatch) { try hub(algorithm).prove(request, try .of("secret")) }
    }
}
