import FoundationEssentials
import Signatures
import TestSupport
import Testing

/// C2SP/wycheproof: edge cases and near misses of Ed25519, malleable signatures above all.
@Suite("Wycheproof, Ed25519", .enabled(if: SharedFiles.isThere, "…/shared is not beside this clone"))
struct WycheproofEd25519Tests {
    private struct File: Decodable {
        var testGroups: [Group]
        var numberOfTests: Int
    }

    private struct Group: Decodable {
        struct Key: Decodable { var pk: String }

        var publicKey: Key
        var tests: [Case]
    }

    private struct Case: Decodable {
        var tcId: Int
        var comment: String
        var msg: String
        var sig: String
        var result: String
    }

    @Test("The valid signatures verify, and the invalid ones do not")
    func all() throws {
        let data = try SharedFiles.data("payloads/wycheproof/ed25519_test.json")
        let file = try JSONDecoder().decode(File.self, from: data)
        var seen = ["valid": 0, "invalid": 0]
        for group in file.testGroups {
            let key = try #require(PublicKey(ed25519: group.publicKey.pk, as: .hex))
            for one in group.tests {
                let message = try #require(Hex.decode(one.msg))
                let verifies = Hex.decode(one.sig).map { key.verifies($0, of: message) } ?? false
                #expect(verifies == (one.result == "valid"), "case \(one.tcId), \(one.comment)")
                seen[one.result, default: 0] += 1
            }
        }
        #expect(seen == ["valid": 88, "invalid": 63])
        #expect(seen.values.reduce(0, +) == file.numberOfTests)
    }

    /// RFC 8032 §7.1, TEST 1 to 3.
    @Test(
        "The vectors of the RFC verify",
        arguments: [
            (
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
            (
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            ),
            (
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
            ),
        ])
    func rfc(_ key: String, _ message: String, _ signature: String) throws {
        let key = try #require(PublicKey(ed25519: key, as: .hex))
        let message = try #require(Hex.decode(message))
        var signature = try #require(Hex.decode(signature))
        #expect(key.verifies(signature, of: message))
        #expect(!key.verifies(signature, of: message + [0]))
        #expect(!key.verifies(signature + [0], of: message) && !key.verifies([], of: message))
        signature[0] ^= 1
        #expect(!key.verifies(signature, of: message))
    }
}
