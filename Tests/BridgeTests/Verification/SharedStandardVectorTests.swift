import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

/// What Standard Webhooks and Svix published with its signatures, through the provider that would take it.
@Suite(
    "Published requests of Standard Webhooks", .enabled(if: SharedFiles.isThere, "…/shared is not beside this clone"))
struct SharedStandardVectorTests {
    private static let senders = ["standard-webhooks", "svix"]
    private let provider = StandardWebhooks()

    private static func vectors() throws -> [SignedVector] {
        try SharedFiles.vectors().filter { senders.contains($0.sender) }
    }

    private static func negatives() throws -> [SignedVector] {
        try SharedFiles.negatives().filter { senders.contains($0.sender) }
    }

    /// The keys of an entry that ``SignedVector`` does not read.
    private struct KeyPair: Decodable {
        var public_key: String?
        var secret_key: String?
    }

    private func keyPair() throws -> (whpk: String, whsk: String) {
        let pairs = try JSONDecoder().decode([KeyPair].self, from: SharedFiles.data("vectors/vectors.json"))
        let pair = try #require(pairs.first { $0.public_key?.hasPrefix("whpk_") == true })
        return (try #require(pair.public_key), try #require(pair.secret_key))
    }

    private func credentials(_ vector: SignedVector) throws -> Credentials {
        if let secret = vector.secret { return try .of(secret) }
        return Credentials(publicKeys: [try #require(PublicKey(ed25519: try keyPair().whpk, as: .whpk))])
    }

    private func request(_ vector: SignedVector, extra: [UInt8] = [], late: Double = 0) throws -> Request {
        let time = Date(
            timeIntervalSince1970: try #require(vector.now ?? Double(vector.headers["webhook-timestamp"] ?? "")))
        let headers = vector.headers.map { ($0.key, $0.value) }
        return Request(headers, try vector.body() + extra, at: time.addingTimeInterval(late))
    }

    @Test("There are as many as the list says")
    func counts() throws {
        #expect(try Self.vectors().count == 6 && (try Self.negatives().count) == 4)
        #expect(try Self.vectors().count { $0.algorithm == "ed25519" } == 1)
    }

    @Test("They verify in their time, and 300 s around it", arguments: try vectors(), [-300, 0, 300] as [Double])
    func verifies(_ vector: SignedVector, _ late: Double) throws {
        let id = vector.headers["webhook-id"] ?? vector.headers["svix-id"]
        let event = try provider.event(try request(vector, late: late), by: try credentials(vector))
        #expect(event.name == "webhook" && event.senderID == id)
    }

    @Test("With a byte more they do not", arguments: try vectors())
    func changed(_ vector: SignedVector) throws {
        #expect(throws: VerificationFailure.mismatch) {
            try provider.read(try request(vector, extra: [0x20]), by: try credentials(vector))
        }
    }

    @Test("They are stale 301 s before and after", arguments: try vectors(), [-301, 301] as [Double])
    func stale(_ vector: SignedVector, _ late: Double) throws {
        #expect(throws: VerificationFailure.staleTimestamp(seconds: Int64(-late))) {
            try provider.read(try request(vector, late: late), by: try credentials(vector))
        }
    }

    @Test("What must be refused is", arguments: try negatives())
    func negative(_ vector: SignedVector) throws {
        #expect(throws: VerificationFailure.self) {
            try provider.read(try request(vector), by: try credentials(vector))
        }
    }

    @Test("Our own signature under the published private key is the published one")
    func privateKey() throws {
        let pair = try keyPair()
        let key = try #require(PrivateKey(try .of(pair.whsk)))
        #expect(key.publicKey.text(as: .whpk) == pair.whpk)
        let vector = try #require(try Self.vectors().first { $0.algorithm == "ed25519" })
        let id = try #require(vector.headers["webhook-id"])
        let time = try #require(vector.headers["webhook-timestamp"])
        let signature = key.sign(Array("\(id).\(time).".utf8) + (try vector.body()))
        #expect(vector.headers["webhook-signature"] == "v1a," + Base64.encode(signature))
    }
}
