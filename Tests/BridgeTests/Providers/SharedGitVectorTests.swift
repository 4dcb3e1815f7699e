import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

/// Requests of Git hosts that others published with their signatures, through the provider that would take them.
@Suite("Published requests of Git hosts", .enabled(if: SharedFiles.isThere, "…/shared is not beside this clone"))
struct SharedGitVectorTests {
    private static let providers: [String: any Provider] = [
        "bitbucket-cloud": Bitbucket(), "bitbucket-server": BitbucketServer(), "gitea": Gitea(), "gogs": Gogs(),
        "reviewboard": ReviewBoard(),
    ]

    private static func known(_ vectors: [SignedVector]) -> [SignedVector] {
        vectors.filter { providers[$0.sender] != nil }
    }

    private func request(_ vector: SignedVector, extra: [UInt8] = []) throws -> Request {
        Request(vector.headers.map { ($0.key, $0.value) }, try vector.body() + extra)
    }

    private func prove(_ request: Request, _ vector: SignedVector, by other: (any Provider)? = nil) throws {
        let provider = try #require(other ?? Self.providers[vector.sender])
        _ = try provider.prove(request, try .of(try #require(vector.secret)))
    }

    @Test("There are as many as the list says")
    func counts() throws {
        let counts = Dictionary(grouping: Self.known(try SharedFiles.vectors()), by: \.sender).mapValues(\.count)
        #expect(
            counts == ["bitbucket-cloud": 1, "bitbucket-server": 20, "gitea": 19, "gogs": 10, "reviewboard": 4])
        #expect(Self.known(try SharedFiles.negatives()).map(\.sender) == ["bitbucket-server", "bitbucket-server"])
    }

    @Test("They verify, and with one byte more they do not", arguments: known(try SharedFiles.vectors()))
    func published(_ vector: SignedVector) throws {
        #expect(throws: Never.self) { try prove(try request(vector), vector) }
        #expect(throws: VerificationFailure.self) { try prove(try request(vector, extra: [32]), vector) }
    }

    @Test(
        "Gitea's verify through Forgejo once the header is renamed",
        arguments: try SharedFiles.vectors().filter { $0.sender == "gitea" })
    func forgejo(_ vector: SignedVector) throws {
        var request = try request(vector)
        #expect(throws: VerificationFailure.missingHeader("X-Forgejo-Signature")) {
            try prove(request, vector, by: Forgejo())
        }
        request.head.headers.add("X-Forgejo-Signature", try #require(request.head.headers.first("X-Gitea-Signature")))
        #expect(throws: Never.self) { try prove(request, vector, by: Forgejo()) }
    }

    @Test("What must be refused is, before its body is read", arguments: known(try SharedFiles.negatives()))
    func negatives(_ vector: SignedVector) throws {
        let provider = try #require(Self.providers[vector.sender])
        #expect(throws: VerificationFailure.self) {
            try provider.claim(in: try request(vector).head, tolerance: .seconds(300))
        }
    }

    private struct Capture: Decodable {
        var headers: [[String]]
        var body_b64: Data
    }

    /// Review Board 8.1, under a secret that is not ASCII.
    @Test("What a running Review Board sent is read in JSON, as a form and as XML")
    func captured() throws {
        let lines = try SharedFiles.data("payloads/reviewboard-8.1-live-capture.jsonl").split(separator: 10)
        var types: [String] = []
        for line in lines {
            let capture = try JSONDecoder().decode(Capture.self, from: line)
            let request = Request(capture.headers.map { ($0[0], $0[1]) }, capture.body_b64)
            let event = try ReviewBoard().event(request, try .of("s3cr3t-ünï"))
            types.append(request.head.mediaType)
            #expect(event.name == "review_request_published")
            let isXML = request.head.mediaType == "application/xml"
            #expect(event.git?.values(of: .pullRequestNumber) == (isXML ? [] : ["1"]))
            #expect(event.git?.values(of: .authorName) == (isXML ? [] : ["admin"]))
        }
        #expect(types.sorted() == ["application/json", "application/x-www-form-urlencoded", "application/xml"])
    }
}
