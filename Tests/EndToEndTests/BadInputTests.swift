import Bridge
import BuddySandbox
import Foundation
import Signatures
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// What bad input gets: statuses of DESIGN §5.2, in the order of §7.
    @Suite(.timeLimit(.minutes(2)))
    struct BadInputTests {
        private static let json = ("Content-Type", "application/json")

        /// Changes one thing about a good request; all get the same answer.
        @Test(
            "Whatever keeps a sender from being proved, the answer is one",
            arguments: [
                "no signature", "empty signature", "short signature", "long signature", "no prefix", "other prefix",
                "not hex", "doubled", "joined by a proxy", "flipped tag", "flipped body", "other secret", "sha1 only",
            ])
        func unproved(_ flaw: String) async throws {
            try await TestBridge.run { bridge in
                var request = try bridge.sign()
                let header = "X-Hub-Signature-256"
                let good = try #require(request.head.headers.first(header))
                func signature(_ values: String...) {
                    let others = request.head.headers.fields.filter { $0.name != header }.map { ($0.name, $0.value) }
                    request.head.headers = Headers(others + values.map { (header, $0) })
                }
                switch flaw {
                case "no signature": signature()
                case "empty signature": signature("")
                case "short signature": signature(String(good.dropLast(2)))
                case "long signature": signature(good + "00")
                case "no prefix": signature(String(good.dropFirst(7)))
                case "other prefix": signature("sha512=" + good.dropFirst(7))
                case "not hex": signature(String(good.dropLast()) + "g")
                case "doubled": signature(good, good)
                case "joined by a proxy": signature("\(good),\(good)")
                case "flipped tag": signature(String(good.dropLast()) + (good.hasSuffix("0") ? "1" : "0"))
                case "flipped body": request.body[0] ^= 1
                case "other secret":
                    let secret = try #require(Secret("other".utf8, reference: .environment("OTHER")))
                    request = try bridge.source("github").provider.sign(Sample(), with: .secret(secret), at: Date())
                default:
                    let secret = try bridge.source("github").credentials.secrets[0]
                    signature()
                    request.head.headers.add(
                        "X-Hub-Signature", "sha1=\(Tag(.sha1, of: request.body, key: secret).hex)")
                }
                let answer = try await bridge.post(request)
                #expect(answer.status == 401)
                #expect(answer.headers["content-type"] == "application/problem+json")
                #expect(answer.json == .object(["status": 401, "title": "The sender is not proved"]))
                #expect(await bridge.buddy.requests.isEmpty)
                #expect(try await bridge.admin("GET", "/api/deliveries").json?.deliveries.count == 0)
                #expect(!bridge.canary.lines(with: "Signature refused").isEmpty)
            }
        }

        @Test("What is not found, not taken or not readable")
        func statuses() async throws {
            try await TestBridge.run { bridge async throws in
                let root = "http://127.0.0.1:\(bridge.port)"
                func status(_ method: String, _ path: String) async throws -> Int {
                    let answer = try await Web.request(method, root + path)
                    #expect(answer.headers["content-type"] == "application/problem+json" || method == "HEAD")
                    return answer.status
                }
                #expect(try await status("POST", "/hooks/unknown") == 404)
                #expect(try await status("GET", "/hooks/unknown") == 404)
                #expect(try await status("GET", "/hooks/github") == 405)
                #expect(try await status("DELETE", "/hooks/github") == 405)
                #expect(try await status("POST", "/health/live") == 405)
                #expect(try await status("GET", "/nothing") == 404)
                #expect(try await status("GET", "/api/deliveries") == 404)

                func body(_ text: String, type: String?) async throws -> Int {
                    var request = try bridge.sign(Sample(payload: Array(text.utf8)))
                    let fields = request.head.headers.fields.filter { $0.name != "Content-Type" }
                    request.head.headers = Headers(fields.map { ($0.name, $0.value) })
                    if let type { request.head.headers.add("Content-Type", type) }
                    return try await bridge.post(request).status
                }
                #expect(try await body("", type: "application/json") == 400)
                #expect(try await body("{", type: "application/json") == 400)
                #expect(try await body("{}", type: "text/plain") == 415)
                #expect(try await body("{}", type: nil) == 415)
                #expect(try await body("a=%zz", type: "application/x-www-form-urlencoded") == 400)
                #expect(try await body("a=b", type: "application/x-www-form-urlencoded") == 400)
                #expect(try await body("{}", type: "Application/JSON; Charset=utf-8") == 200)
                let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
                #expect(try await body(deep, type: "application/json") == 400)
            }
        }

        @Test("A body over the limit is refused, said so or found so", arguments: [true, false])
        func tooLarge(isDeclared: Bool) async throws {
            let yaml = "limits: {body: 4KiB}\n" + TestBridge.standard
            try await TestBridge.run(yaml) { bridge in
                let request = try bridge.sign(Sample(payload: [UInt8](repeating: 32, count: 8192)))
                let connection = try RawConnection(port: bridge.port)
                let fields = request.head.headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
                let length = isDeclared ? "Content-Length: 8192\r\n" : "Transfer-Encoding: chunked\r\n"
                connection.send("POST /hooks/github HTTP/1.1\r\nHost: x\r\n\(fields)\(length)\r\n")
                if !isDeclared { connection.send("1400\r\n\(String(repeating: " ", count: 0x1400))\r\n") }
                let answer = await connection.readToEnd()
                #expect(answer.hasPrefix("HTTP/1.1 413 "))
                #expect(answer.contains("connection: close") || answer.contains("Connection: close"))
            }
        }

        @Test("60 MB that nobody announced are cut off at the limit")
        func sixtyMegabytes() async throws {
            try await TestBridge.run { bridge in
                let request = try bridge.sign()
                let fields = request.head.headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
                let connection = try RawConnection(port: bridge.port)
                connection.send("POST /hooks/github HTTP/1.1\r\nHost: x\r\n\(fields)Transfer-Encoding: chunked\r\n\r\n")
                async let answer = connection.readToEnd()
                await connection.send("100000\r\n" + String(repeating: "a", count: 1 << 20) + "\r\n", times: 60)
                #expect(await answer.hasPrefix("HTTP/1.1 413 "))
                #expect(try await bridge.post(bridge.sign()).status == 200)
            }
        }

        @Test("One client can hold a quarter of the bytes in flight, and what it held is given back")
        func inFlight() async throws {
            let yaml = "limits: {body: 1MiB, in_flight: 4MiB}\n" + TestBridge.standard
            try await TestBridge.run(yaml) { bridge in
                let request = try bridge.sign()
                let fields = request.head.headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
                let head = "POST /hooks/github HTTP/1.1\r\nHost: x\r\n\(fields)Content-Length: 1000000\r\n\r\n"
                // 900 kB are held, and more is on its way.
                let first = try RawConnection(port: bridge.port)
                first.send(head + String(repeating: " ", count: 900_000))
                let second = try RawConnection(port: bridge.port)
                second.send(head)
                async let answer = second.readToEnd()
                await second.send(String(repeating: " ", count: 500_000), times: 1)
                let refused = await answer
                #expect(refused.hasPrefix("HTTP/1.1 429 "))
                #expect(refused.contains("etry-"))
                first.send(String(repeating: " ", count: 100_000))
                #expect(await first.readHead().hasPrefix("HTTP/1.1 401 "))
                #expect(try await bridge.post(bridge.sign()).status == 200)
                let large = Sample(payload: Array(#"{"a":"\#(String(repeating: "x", count: 900_000))"}"#.utf8))
                #expect(try await bridge.post(bridge.sign(large)).status == 200)
            }
        }

        @Test("A body that does not come is not waited for")
        func slow() async throws {
            let yaml = "limits: {body_time: 200ms}\n" + TestBridge.standard
            try await TestBridge.run(yaml) { bridge in
                let request = try bridge.sign()
                let fields = request.head.headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
                let connection = try RawConnection(port: bridge.port)
                connection.send("POST /hooks/github HTTP/1.1\r\nHost: x\r\n\(fields)Content-Length: 100\r\n\r\n{")
                #expect(await connection.readToEnd().hasPrefix("HTTP/1.1 408 "))
            }
        }

        @Test(
            "Odd requests get a 4xx",
            arguments: [
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n", "NONSENSE\r\n\r\n",
                "FROB /hooks/github HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /hooks/%00%ff HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
                "POST /hooks/github/../slack HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
                "POST //hooks//github HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
                "PROPFIND /hooks/github HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
                "POST /hooks/github HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /hooks/github HTTP/1.1\r\nHost: x\r\nContent-Length: 9223372036854775808\r\n\r\n",
            ])
        func odd(_ text: String) async throws {
            try await TestBridge.run { bridge in
                let connection = try RawConnection(port: bridge.port)
                connection.send(text.replacingOccurrences(of: "Host: x\r\n", with: "Host: x\r\nConnection: close\r\n"))
                let answer = await connection.readToEnd()
                #expect(answer.hasPrefix("HTTP/1.1 4"), "\(answer.prefix(80))")
                #expect(try await bridge.post(bridge.sign()).status == 200)
            }
        }

        @Test("Header fields that are too large together are refused")
        func largeHeaders() async throws {
            try await TestBridge.run { bridge in
                var request = try bridge.sign()
                request.head.headers.add("X-Large", String(repeating: "x", count: 40_000))
                #expect(try await bridge.post(request).status == 431)
            }
        }
    }
}
