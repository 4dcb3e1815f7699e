import FoundationEssentials
import Signatures
import TestSupport
import Testing

/// C2SP/wycheproof: edge cases and near misses of HMACs.
@Suite("Wycheproof", .enabled(if: SharedFiles.isThere, "…/shared is not beside this clone"))
struct WycheproofTests {
    private struct File: Decodable {
        var testGroups: [Group]
        var numberOfTests: Int
    }

    private struct Group: Decodable {
        /// Bits.
        var tagSize: Int
        var tests: [Case]
    }

    private struct Case: Decodable {
        var tcId: Int
        var comment: String
        var key: String
        var msg: String
        var tag: String
        var result: String
    }

    private func file(_ algorithm: HashAlgorithm) throws -> File {
        let data = try SharedFiles.data("payloads/wycheproof/hmac_\(algorithm.rawValue)_test.json")
        return try JSONDecoder().decode(File.self, from: data)
    }

    private func computed(_ one: Case, _ algorithm: HashAlgorithm) throws -> Tag {
        let text = try #require(Secret(one.key.utf8, reference: .environment("KEY")))
        let key = try #require(text.decoded(as: .hex))
        return Tag(algorithm, of: try #require(Hex.decode(one.msg)), key: key)
    }

    @Test("Whole tags: the valid ones verify, the invalid ones do not", arguments: HashAlgorithm.allCases)
    func wholeTags(_ algorithm: HashAlgorithm) throws {
        var seen = ["valid": 0, "invalid": 0]
        for group in try file(algorithm).testGroups where group.tagSize == algorithm.digestSize * 8 {
            for one in group.tests {
                let sent = Tag(hex: one.tag, algorithm)
                let verifies = try sent.map { try computed(one, algorithm).matches($0) } ?? false
                #expect(verifies == (one.result == "valid"), "case \(one.tcId), \(one.comment)")
                seen[one.result, default: 0] += 1
            }
        }
        #expect(seen == ["valid": 33, "invalid": 54])
    }

    @Test("Truncated tags are no tags, although they are right as far as they go", arguments: HashAlgorithm.allCases)
    func truncatedTags(_ algorithm: HashAlgorithm) throws {
        var seen = 0
        for group in try file(algorithm).testGroups where group.tagSize < algorithm.digestSize * 8 {
            for one in group.tests {
                #expect(Tag(hex: one.tag, algorithm) == nil, "case \(one.tcId), \(one.comment)")
                if one.result == "valid" {
                    #expect(try computed(one, algorithm).hex.hasPrefix(one.tag), "case \(one.tcId)")
                }
                seen += 1
            }
        }
        #expect(seen > 80)
    }
}
