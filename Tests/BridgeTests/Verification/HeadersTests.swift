import FoundationEssentials
import Testing

@testable import Bridge

@Suite("Headers")
struct HeadersTests {
    private let headers = Headers([
        ("X-Tag", "one"), ("x-tag", "two"), ("X-Empty", ""), ("X-Event", "push"), ("X-Blank", " "),
    ])

    @Test("Names are found in any case", arguments: ["X-Event", "x-event", "X-EVENT"])
    func anyCase(_ name: String) throws {
        #expect(headers.first(name) == "push")
        #expect(headers.values(name) == ["push"])
        #expect(try headers.deciding(name) == "push")
    }

    @Test("Values keep the order of the request")
    func order() {
        #expect(headers.values("X-TAG") == ["one", "two"])
        #expect(headers.first("x-tag") == "one")
        #expect(headers.values("X-Other") == [])
    }

    @Test(
        "A deciding header must be there once, and hold something",
        arguments: [
            ("X-Other", VerificationFailure.missingHeader("X-Other")), ("X-Tag", .repeatedHeader("X-Tag")),
            ("X-Empty", .emptyHeader("X-Empty")),
        ])
    func deciding(_ name: String, _ failure: VerificationFailure) {
        #expect(throws: failure) { try headers.deciding(name) }
    }

    @Test("A header that is there twice is refused, even when one is empty or both are equal")
    func repeated() {
        for second in ["", "one", "two"] {
            let headers = Headers([("X-Tag", "one"), ("X-Tag", second)])
            #expect(throws: VerificationFailure.repeatedHeader("x-tag")) { try headers.deciding("x-tag") }
        }
    }

    @Test(
        "The media type is read without parameters, in lower case",
        arguments: [
            ("application/json", "application/json"), ("application/json; charset=utf-8", "application/json"),
            ("Application/JSON;CHARSET=UTF-8", "application/json"), (" application/json ;x", "application/json"),
            ("\tapplication/json", "application/json"), ("", ""), (";", ""),
        ])
    func mediaType(_ value: String, _ expected: String) {
        #expect(Request([("content-TYPE", value)], []).head.mediaType == expected)
    }

    @Test("No content type is no media type")
    func noMediaType() {
        #expect(Request([], []).head.mediaType == "")
    }
}

@Suite("Headers as they are kept")
struct MaskedHeadersTests {
    @Test(
        "Values that are secrets, or prove something, are masked",
        arguments: [
            "Authorization", "authorization", "Cookie", "X-Gitlab-Token", "X-Hub-Signature", "X-Hub-Signature-256",
            "X-Slack-Signature", "X-Signature-Ed25519", "webhook-signature", "X-Api-Key", "X-Password", "Client-Secret",
        ])
    func masked(_ name: String) {
        let masked = Headers([(name, "hunter2"), ("X-GitHub-Event", "push")]).masked()
        #expect(masked.fields.map(\.value) == ["***", "push"])
        #expect(masked.fields.map(\.name) == [name, "X-GitHub-Event"])
    }
}
