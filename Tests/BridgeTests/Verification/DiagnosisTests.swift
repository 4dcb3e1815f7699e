import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

/// What an operator is told of requests that are not proved.
@Suite("Diagnosis")
struct DiagnosisTests {
    private static let json = #"{"a":1,"b":["x","y"],"c":{},"d":"q\"{,: }\\"}"#

    private func diagnose(
        _ headers: [(String, String)], _ body: some Sequence<UInt8> = json.utf8, provider: any Provider = GitHub(),
        secret: String = Canary.github
    ) throws -> String {
        let source = Source(
            name: "s", provider: provider, credentials: Credentials(secrets: [try .of(secret)]), dedupe: .body,
            bodyLimit: 1000)
        let request = Request(headers, body)
        var claim: Claim?
        do throws(VerificationFailure) {
            claim = try provider.claim(in: request.head, tolerance: .seconds(300))
            if let claim { _ = try Verifier(source.credentials).verify(claim, request) }
            return "proved"
        } catch {
            return Diagnosis.of(Unproved(request: request, claim: claim, failure: error, source: source))
        }
    }

    private func signed(_ body: some Collection<UInt8>, _ secret: some Sequence<UInt8>) throws -> [(String, String)] {
        let digits = Array(secret).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let key = try #require(try Secret.of(digits).decoded(as: .hex))
        return [("X-Hub-Signature-256", "sha256=\(Tag(.sha256, of: body, key: key).hex)")]
    }

    @Test(
        "A header that is missing: what is there instead",
        arguments: [
            ([], "has the sender a secret?"),
            ([("X-Gitlab-Token", "x")], "there is X-Gitlab-Token, as gitlab sends it: is 'provider' right?"),
            (
                [("X-Forgejo-Signature", "x"), ("X-Gitea-Signature", "x")],
                "there is X-Forgejo-Signature, as forgejo sends it: is 'provider' right?"
            ),
            (
                [("X-Hub-Signature", "sha1=00")],
                "only SHA-1 is offered, in X-Hub-Signature, and SHA-256 is wanted"
            ),
        ])
    func missing(_ headers: [(String, String)], _ advice: String) throws {
        #expect(try diagnose(headers) == "the header X-Hub-Signature-256 is missing; \(advice)")
    }

    @Test(
        "A header of another form: how long its tag is, and what stands before it",
        arguments: [
            ("sha256=" + String(repeating: "a", count: 40), "its tag is as long as one of sha1, after 'sha256='"),
            (String(repeating: "a", count: 64), "its tag is as long as one of sha256, without a prefix"),
            ("sha512=" + String(repeating: "a", count: 128), "its tag is as long as one of sha512, after 'sha512='"),
            ("sha256=" + String(repeating: "a", count: 10), "its tag is 10 digits long, after 'sha256='"),
            ("v1,Zm9v", "7 characters, and no hexadecimal tag"),
        ])
    func malformed(_ value: String, _ advice: String) throws {
        let told = try diagnose([("X-Hub-Signature-256", value)])
        #expect(
            told == "the header X-Hub-Signature-256 does not have the form that this provider sends; \(advice)")
    }

    @Test("An empty header, and a clock that is off")
    func others() throws {
        #expect(
            try diagnose([("X-Hub-Signature-256", "")])
                == "the header X-Hub-Signature-256 is empty: the sender has no secret configured")
        let late = try Slack().sign(Sample(), with: .of(Canary.slack), at: noon.addingTimeInterval(-400))
        let told = try diagnose(
            late.head.headers.fields.map { ($0.name, $0.value) }, late.body, provider: Slack())
        #expect(told.hasPrefix("the signed time is 400 s behind ours; is the clock of this machine right?"))
    }

    @Test(
        "A secret that is typed otherwise there",
        arguments: [
            (Canary.github, Canary.github + "\n", "with a newline at its end"),
            (Canary.github, Canary.github + "\r\n", "with CR and LF at its end"),
            (" \(Canary.github) ", Canary.github, "without the blanks around it"),
            ("Y2FuYXJ5IQ==", "canary!", "decoded from base64"), ("63616e", "can", "decoded from hexadecimal"),
        ])
    func slips(_ here: String, _ there: String, _ words: String) throws {
        let told = try diagnose(signed(Array(Self.json.utf8), there.utf8), secret: here)
        #expect(
            told
                == "\(VerificationFailure.mismatch); it matches under a secret \(words): compare what is configured here"
                + " and there")
        #expect(!told.contains("canary"))
    }

    @Test(
        "A body that was written anew on its way",
        arguments: [
            (#"{"a": 1, "b": ["x", "y"], "c": {}, "d": "q\"{,: }\\"}"#, "as JSON with blanks after commas and colons"),
            (
                """
                {
                  "a": 1,
                  "b": [
                    "x",
                    "y"
                  ],
                  "c": {},
                  "d": "q\\"{,: }\\\\"
                }
                """, "as JSON indented by two blanks"
            ),
            (json + "\n", "with a newline at its end"),
        ])
    func rewritten(_ original: String, _ words: String) throws {
        let told = try diagnose(signed(Array(original.utf8), Canary.github.utf8))
        #expect(told.hasSuffix("it matches the body \(words): something on the way, a proxy perhaps, rewrote it"))
        // The other way round: what was sent without blanks arrives with some.
        let back = try diagnose(signed(Array(Self.json.utf8), Canary.github.utf8), original.utf8)
        #expect(back.contains("rewrote it"))
    }

    @Test("Text that was escaped on its way")
    func escaped() throws {
        let headers = try signed(Array(#"{"name":"ü"}"#.utf8), Canary.github.utf8)
        #expect(try diagnose(headers, #"{"name": "\u00fc"}"#.utf8).contains("as JSON without blanks"))
    }

    @Test("A form signed as Gitea signs it, at a source for GitHub")
    func otherContent() throws {
        let headers = try signed(Array(Self.json.utf8), Canary.github.utf8) + [("Content-Type", BodyReader.form)]
        let told = try diagnose(headers, Form([("payload", Self.json)]).encoded)
        #expect(told.contains("over the form's JSON, as Gitea and Gogs sign: is 'provider' right?"))
    }

    @Test("Nothing is found where nothing fits, and large bodies are not tried")
    func nothing() throws {
        let told = try diagnose(signed(Array(Self.json.utf8), "other".utf8))
        #expect(told == "\(VerificationFailure.mismatch); another secret, or another body")
        let large = [UInt8](repeating: 32, count: Diagnosis.bodyLimit + 1)
        #expect(try diagnose(signed(large, (Canary.github + "\n").utf8), large) == "\(VerificationFailure.mismatch)")
    }
}
