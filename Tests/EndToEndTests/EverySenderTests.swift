import Bridge
import Foundation
import Signatures
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// Every provider, through the running service: its sample is taken, and whatever is wrong with one is not.
    @Suite(.timeLimit(.minutes(5)))
    struct EverySenderTests {
        /// One source for each sender, and a route that takes whatever comes.
        static let yaml =
            "sources:\n" + TestSender.all.map(\.yaml).joined()
                + """
                routes:
                  - name: everything
                    source: [\(TestSender.all.map(\.description).joined(separator: ", "))]
                    when: {source: {exists: true}}
                    allow: anyone
                    dry_run: true
                    run: {domain: buddy, project: company-website, pipeline: 2, execution: 4}

                """

        private static func run(_ body: (TestBridge) async throws -> Void) async throws {
            try await TestBridge.run(yaml, files: ["keys.json": TestSender.publishedKeys], body)
        }

        private static func sign(
            _ sender: TestSender, _ bridge: TestBridge, late seconds: TimeInterval = 0
        ) throws -> Request {
            try #require(
                sender.sign(as: bridge.source(sender.description), at: Date().addingTimeInterval(seconds)))
        }

        @Test("Each provider there is has a sender here")
        func complete() throws {
            #expect(Set(TestSender.all.map(\.provider)) == Set(ProviderCatalog.entries.map(\.name)))
        }

        @Test("The sample of each is taken, and is a duplicate the second time")
        func taken() async throws {
            try await Self.run { bridge in
                for sender in TestSender.all {
                    let request = try Self.sign(sender, bridge)
                    let first = try await bridge.post(request, to: sender.description)
                    #expect(first.status == 200, "\(sender): \(first.status) \(first.body)")
                    let again = try await bridge.post(request, to: sender.description)
                    #expect(again.status == 200, "\(sender)")
                }
                let all = try await bridge.admin("GET", "/api/deliveries?limit=200").json
                let sources = (0..<(all?.deliveries.count ?? 0)).compactMap { all?.deliveries[$0].source.string }
                #expect(sources.sorted() == TestSender.all.map(\.description).sorted())
            }
        }

        @Test("Who may send by GET is heard by GET, and is the same delivery as by POST; nobody else is")
        func get() async throws {
            try await Self.run { bridge in
                func get(_ name: String, _ query: String, _ headers: [(String, String)]) async throws -> WebAnswer {
                    try await Web.request("GET", bridge.url(name) + "?" + query, headers: headers)
                }
                for name in ["gitea", "forgejo"] {
                    let sender = try #require(TestSender.all.first { $0.description == name })
                    let request = try Self.sign(sender, bridge)
                    let headers = request.head.headers.fields.map { ($0.name, $0.value) }
                    let text = String(decoding: request.body, as: UTF8.self)
                    let query = String(decoding: Form([("payload", text)]).encoded, as: UTF8.self)
                    let first = try await get(name, query, headers)
                    #expect(first.status == 200 && first.json?.event == "push" && first.json?.duplicate == false)
                    let again = try await bridge.post(request, to: name)
                    #expect(again.json?.duplicate == true && again.json?.delivery == first.json?.delivery)
                    #expect(try await get(name, query + "x", headers).status == 401)
                    #expect(try await get(name, "", headers).status == 401)
                }
                let command = "command=/deploy&text=web&user_id=u1&token="
                #expect(try await get("mattermost", command + "canary-sender-4d1e", []).status == 200)
                #expect(try await get("mattermost", command + "other", []).status == 401)
                let twice = "token=other&" + command + "canary-sender-4d1e"
                #expect(try await get("mattermost", twice, []).status == 401)
                #expect(try await get("gogs", "payload={}", []).status == 405)
                #expect(try await get("slack", command, []).status == 405)
            }
        }

        @Test("What is wrong with a request, whoever sends it, is answered alike and leaves nothing")
        func refused() async throws {
            try await Self.run { bridge in
                for sender in TestSender.all {
                    for flaw in Flaw.allCases where flaw.applies(to: sender) {
                        for request in try flaw.requests(of: sender, bridge) {
                            let answer = try await bridge.post(request, to: sender.description)
                            #expect(
                                answer.json == ["status": 401, "title": "The sender is not proved"],
                                "\(sender), \(flaw): \(answer.status) \(answer.body.prefix(200))")
                        }
                    }
                }
                #expect(try await bridge.admin("GET", "/api/deliveries").json?.deliveries.count == 0)
                // Each was refused for what was wrong with it, and not because nothing is taken at all.
                for sender in TestSender.all {
                    let answer = try await bridge.post(Self.sign(sender, bridge), to: sender.description)
                    #expect(answer.status == 200, "\(sender)")
                }
            }
        }

        /// What can be wrong with a request.
        enum Flaw: CaseIterable {
            case bodyBit, tagCharacter, emptyTag, truncatedTag, missing, wrongSecret, stale, future, otherAlgorithm
            case doubled, joined, otherProvider

            func applies(to sender: TestSender) -> Bool {
                switch self {
                case .bodyBit: sender.signsBody
                case .stale, .future: sender.signsTime
                // A list may have several: there the second is only one more.
                case .doubled: !sender.isList
                case .joined:
                    if case .header = sender.proof { true } else { false }
                default: true
                }
            }

            func requests(of sender: TestSender, _ bridge: TestBridge) throws -> [Request] {
                let good = try EverySenderTests.sign(sender, bridge)
                let value = good.value(of: sender.proof)
                func with(_ values: String...) -> Request { good.with(values, in: sender.proof) }
                let tag = String(value.dropFirst(sender.prefix.count))
                switch self {
                case .bodyBit:
                    return [0, good.body.count / 2, good.body.count - 1].map { position in
                        var request = good
                        request.body[position] ^= 1
                        return request
                    }
                case .tagCharacter:
                    return stride(from: 0, to: tag.count, by: max(1, tag.count / 6)).map { position in
                        var characters = Array(tag)
                        characters[position] = characters[position] == "1" ? "2" : "1"
                        return with(sender.prefix + String(characters))
                    }
                case .emptyTag: return [with(""), with(sender.prefix), with(sender.prefix + " ")]
                case .truncatedTag:
                    return [with(sender.prefix + tag.dropLast(1)), with(sender.prefix + tag.prefix(tag.count / 2))]
                case .missing: return [with()]
                case .wrongSecret:
                    return [sender.forge(as: try bridge.source(sender.description))]
                case .stale: return [try EverySenderTests.sign(sender, bridge, late: sender.validity - 302)]
                case .future: return [try EverySenderTests.sign(sender, bridge, late: 302)]
                case .otherAlgorithm:
                    return ["sha1=", "sha512=", "md5=", "v9,", "v2=", "none "].filter { $0 != sender.prefix }
                        .map { with($0 + tag) }
                case .doubled: return [with(value, value)]
                case .joined: return [with("\(value),\(value)"), with("\(value), x"), with("x,\(value)")]
                case .otherProvider:
                    return try TestSender.all.filter { !$0.proves(like: sender) }.map { other in
                        var request = try EverySenderTests.sign(other, bridge)
                        request.body = good.body
                        request.head.headers.set("Content-Type", good.head.headers.first("Content-Type") ?? "")
                        return other.proof == sender.proof ? request : request.with([], in: sender.proof)
                    }
                }
            }
        }
    }
}

extension TestSender {
    /// Whether the proof of the one could be one of the other: the scheme is the same, or the same token is in the same
    /// header, whatever the word before it.
    fileprivate func proves(like other: TestSender) -> Bool {
        provider == other.provider
            || proof == other.proof && (prefix == other.prefix || !signsBody && !other.signsBody && kind == other.kind)
    }

    /// For how long after its making a token is valid by itself, in seconds.
    fileprivate var validity: TimeInterval { kind == .rsa ? -3600 : 0 }
}
