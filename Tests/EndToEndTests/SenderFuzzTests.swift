import Foundation
import Signatures
import TestSupport
import Testing

@testable import Bridge
@testable import BuddyBridge

/// Every sender's verification and parsing, against what chance brings. `FUZZ_ROUNDS` makes it longer.
@Suite("Random requests", .timeLimit(.minutes(5)))
struct SenderFuzzTests {
    private static let rounds = ProcessInfo.processInfo.environment["FUZZ_ROUNDS"].flatMap { Int($0) } ?? 150

    /// The sources as a configuration file makes them.
    private static let sources: [String: Source] = {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(TestSender.publishedKeys).write(to: folder.appendingPathComponent("keys.json"))
            let yaml = TestBridge.base(sandbox: 1) + EndToEnd.EverySenderTests.yaml
            return try TestBridge.load(yaml, in: folder).ruleBook().sources
        } catch {
            Issue.record(error)
            return [:]
        }
    }()

    private static func source(_ sender: TestSender) throws -> Source {
        try #require(sources[sender.description])
    }

    private static func prove(_ request: Request, _ source: Source) throws(VerificationFailure) -> VerifiedRequest {
        try Verifier(source.credentials).verify(
            try source.provider.claim(in: request.head, tolerance: source.tolerance), request)
    }

    @Test(
        "What is signed under a random secret is proved by it, and with one bit changed it is not",
        arguments: TestSender.all)
    func property(_ sender: TestSender) throws {
        var random = SeededGenerator(seed: 7)
        var source = try Self.source(sender)
        for _ in 0..<Self.rounds {
            let (credentials, key) = Self.credentials(for: sender, source, &random)
            source.credentials = credentials
            let sample = Sample(payload: sender.signsBody ? random.bytes(1...300) : nil)
            var good = source.provider.sign(sample, with: key, at: Date())
            if let other = sender.other { good = good.with([], in: other) }
            #expect(throws: Never.self) { try Self.prove(good, source) }
            if sender.signsBody {
                var flipped = good
                flipped.body.flipBit(&random)
                #expect(throws: VerificationFailure.self) { try Self.prove(flipped, source) }
            }
            guard case .header(let name) = sender.proof, let value = good.head.headers.first(name) else { continue }
            var flipped = good
            var bytes = Array(value.utf8)
            bytes.flipBit(&random)
            let changed = String(decoding: bytes, as: UTF8.self)
            // Schemes and hexadecimal digits are the same in either case.
            guard changed.lowercased() != value.lowercased() else { continue }
            flipped.head.headers.set(name, changed)
            #expect(throws: VerificationFailure.self, "\(name): \(changed)") { try Self.prove(flipped, source) }
        }
    }

    private static func credentials(
        for sender: TestSender, _ source: Source, _ random: inout SeededGenerator
    ) -> (Credentials, SigningKey) {
        if let key = sender.privateKey { return (source.credentials, .privateKey(key)) }
        let bytes = random.bytes(1...64)
        let text: [UInt8] =
            switch source.provider.traits.secretEncodings.first {
            case .base64: Array(Base64.encode(bytes).utf8)
            case .whsec: Array(("whsec_" + Base64.encode(bytes)).utf8)
            case .signingToken where sender.isList: Array(("whsec_" + Base64.encode(bytes)).utf8)
            // Tokens travel in headers and JSON: letters and digits.
            default: Array(Hex.encode(bytes).utf8)
            }
        let secret = Secret(text, reference: .environment("RANDOM")) ?? .throwaway()
        return (Credentials(secrets: [secret]), .secret(secret))
    }

    @Test("No random request is proved, and none ends the process", arguments: TestSender.all)
    func noise(_ sender: TestSender) throws {
        var random = SeededGenerator(seed: 11)
        var source = try Self.source(sender)
        let good = try #require(sender.sign(as: source))
        // What the good one is signed with is not what the source knows: whatever is made of it must be refused.
        (source.credentials, _) = Credentials.throwaway(source.provider.traits.provenBy)
        for _ in 0..<Self.rounds {
            let request = Self.mutate(good, &random)
            var claim: Claim?
            do throws(VerificationFailure) {
                claim = try source.provider.claim(in: request.head, tolerance: source.tolerance)
                if let claim { _ = try Verifier(source.credentials).verify(claim, request) }
                Issue.record("\(sender) took \(request)")
            } catch {
                let unproved = Unproved(request: request, claim: claim, failure: error, source: source)
                #expect(!Diagnosis.of(unproved).contains("canary"))
            }
            _ = source.provider.unsignedHandshake(request)
        }
    }

    @Test("Whatever is signed is understood or refused in words, and none ends the process", arguments: TestSender.all)
    func signedNoise(_ sender: TestSender) throws {
        var random = SeededGenerator(seed: 13)
        let source = try Self.source(sender)
        let good = try #require(sender.sign(as: source))
        for _ in 0..<Self.rounds {
            var body = good.body
            for _ in 0..<Int.random(in: 0...3, using: &random) { body.mutate(&random) }
            var request = try #require(source.sign(Sample(payload: body), with: sender.privateKey, at: Date()))
            if random.chance(20) { request.head.headers.set("Content-Type", random.pick(Self.mediaTypes)) }
            guard let verified = try? Self.prove(request, source) else { continue }
            do throws(NotUnderstood) {
                guard case .event(let event) = try source.provider.understand(verified, source: "s") else { continue }
                for field in GitField.allCases { _ = event.git?.values(of: field) }
                _ = event.payload.scalars(at: [.any, .any])
            } catch {}
        }
    }

    private static let mediaTypes = [
        "", "application/json", "application/x-www-form-urlencoded", "text/plain", "application/xml", ";", "*/*",
    ]

    private static func mutate(_ good: Request, _ random: inout SeededGenerator) -> Request {
        var request = good
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let fields = request.head.headers.fields
            switch Int.random(in: 0..<8, using: &random) {
            case 0, 1: request.body.mutate(&random)
            case 2, 3:
                guard !fields.isEmpty else { continue }
                let field = random.pick(fields)
                var value = Array(field.value.utf8)
                value.mutate(&random)
                request.head.headers.set(field.name, String(decoding: value, as: UTF8.self))
            case 4:
                guard !fields.isEmpty else { continue }
                let field = random.pick(fields)
                request.head.headers.add(field.name, random.chance(50) ? field.value : "")
            case 5:
                guard !fields.isEmpty else { continue }
                let gone = random.pick(fields).name
                request.head.headers = Headers(fields.filter { $0.name != gone }.map { ($0.name, $0.value) })
            case 6: request.head.headers.set("Content-Type", random.pick(mediaTypes))
            default:
                request.head.method = random.pick(["GET", "POST"])
                request.head.query = String(
                    decoding: random.chance(50) ? random.bytes(0...60) : request.body, as: UTF8.self)
            }
        }
        return request
    }
}

extension SeededGenerator {
    fileprivate mutating func bytes(_ count: ClosedRange<Int>) -> [UInt8] {
        (0..<Int.random(in: count, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) }
    }
}

extension [UInt8] {
    fileprivate mutating func flipBit(_ random: inout SeededGenerator) {
        self[Int.random(in: indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    }

    /// Something that breaks parsers: bits, cuts, doubles, and what JSON, forms and headers are made of.
    fileprivate mutating func mutate(_ random: inout SeededGenerator) {
        let pieces = [
            "{", "}", "\"", "\\u0000", "null", "[[[[", "%", "%zz", "&", "=", ",", " ", "\n", "-1", "1e999", "é", ".",
            "Bearer ",
        ]
        guard !isEmpty else { return append(contentsOf: random.pick(pieces).utf8) }
        switch Int.random(in: 0..<5, using: &random) {
        case 0: flipBit(&random)
        case 1: removeSubrange(Int.random(in: indices, using: &random)...)
        case 2: insert(contentsOf: Array(random.pick(pieces).utf8), at: Int.random(in: indices, using: &random))
        case 3: remove(at: Int.random(in: indices, using: &random))
        default: append(contentsOf: self)
        }
    }
}
