import Bridge
import Foundation
import NIOHTTP1
import Testing

@testable import BuddyAPI

@Suite("What Buddy's refusals mean")
struct AnswerTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func failure(_ status: Int, _ headers: [(String, String)] = [], _ body: String = "") -> BuddyFailure {
        Answer.failure(status, HTTPHeaders(headers), Data(body.utf8), now: Self.now)
    }

    @Test(
        "Buddy's own words are kept",
        arguments: [
            (#"{"errors":[{"message":"No such pipeline."}]}"#, "No such pipeline."),
            (#"{"errors":[{"message":"One."},{"message":"Two."}]}"#, "One.; Two."),
            (#"{"errors":[{"message":"One."},{"code":7}]}"#, "One."),
            (#"{"error":"invalid_token"}"#, "invalid_token"),
            (#"{"errors":[{"message":"Größe"}],"other":1}"#, "Größe"),
            (#"{"errors":[]}"#, "Buddy answered 400"), (#"{"errors":[{}]}"#, "Buddy answered 400"),
            (#"{"message":"elsewhere"}"#, "Buddy answered 400"), ("", "Buddy answered 400"),
            ("<html><body>Bad gateway</body></html>", "Buddy answered 400"),
            (#"{"errors":[{"mess"#, "Buddy answered 400"),
        ])
    func messages(_ body: String, _ message: String) {
        let failure = failure(400, [], body)
        #expect(failure.message == message)
        #expect(failure.kind == .status(400))
        #expect(failure.runError == RunError(code: .buddyRefused, status: 400, message: message))
    }

    @Test("A message without end is cut")
    func long() {
        let text = String(repeating: "x", count: 10_000)
        #expect(failure(400, [], #"{"errors":[{"message":"\#(text)"}]}"#).message == String(repeating: "x", count: 500))
    }

    @Test(
        "Which refusals are about a limit on calls",
        arguments: [
            (429, [], "", true), (429, [], "Slow down.", true), (403, [], "Rate limit exceeded.", true),
            (403, [("X-Rate-Limit-Remaining", "0")], "No.", true), (403, [("x-rate-limit-remaining", "0")], "", true),
            (403, [("X-Rate-Limit-Remaining", "1")], "No.", false), (403, [], "The rate limit exceeded.", false),
            (403, [], "API is disabled in this workspace.", false), (401, [], "Rate limit exceeded.", false),
            (400, [("X-Rate-Limit-Remaining", "0")], "No.", false), (500, [("X-Rate-Limit-Remaining", "0")], "", false),
        ] as [(Int, [(String, String)], String, Bool)])
    func rateLimits(_ status: Int, _ headers: [(String, String)], _ message: String, _ isLimit: Bool) {
        let failure = failure(status, headers, #"{"errors":[{"message":"\#(message)"}]}"#)
        #expect(failure.isRateLimit == isLimit)
        #expect(failure.isRetryable == (isLimit || status == 500))
        #expect(failure.mayHaveWorked == (status == 500))
    }

    @Test(
        "When Buddy may be asked again",
        arguments: [
            (429, [("Retry-After", "7")], 1_800_000_007), (429, [("retry-after", "0")], 1_800_000_000),
            (429, [("Retry-After", "1.5")], 1_800_000_001.5), (503, [("Retry-After", "120")], 1_800_000_120),
            (400, [("Retry-After", "9")], 1_800_000_009),
            (503, [("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")], 784_111_777),
            (429, [("Retry-After", "Fri, 15 Jan 2027 08:10:00 GMT")], 1_800_000_600),
            (429, [("X-Rate-Limit-Reset", "1800000060")], 1_800_000_060),
            (403, [("X-Rate-Limit-Remaining", "0"), ("X-Rate-Limit-Reset", "1800000060")], 1_800_000_060),
            (429, [("Retry-After", "5"), ("X-Rate-Limit-Reset", "1800000060")], 1_800_000_005),
            (429, [("Retry-After", "soon"), ("X-Rate-Limit-Reset", "1800000060")], 1_800_000_060),
            // A reset is of interest only when the limit is what is wrong.
            (503, [("X-Rate-Limit-Reset", "1800000060")], nil), (403, [("X-Rate-Limit-Reset", "1800000060")], nil),
            (429, [], nil), (503, [], nil), (429, [("Retry-After", "-5")], nil), (429, [("Retry-After", "nan")], nil),
            (429, [("Retry-After", "inf")], nil), (429, [("Retry-After", "")], nil),
            (429, [("X-Rate-Limit-Reset", "soon")], nil),
            (429, [("X-Rate-Limit-Reset", "nan")], nil), (429, [("X-Rate-Limit-Reset", "inf")], nil),
        ] as [(Int, [(String, String)], Double?)])
    func retryAt(_ status: Int, _ headers: [(String, String)], _ seconds: Double?) {
        #expect(failure(status, headers).retryAt?.timeIntervalSince1970 == seconds)
    }

    @Test(
        "HTTP dates",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199), ("Sun, 06 Nov 1994 08:49:37 UTC", nil),
            ("Sun, 06 Nov 1994 08:49:37", nil), ("Sunday, 06-Nov-94 08:49:37 GMT", nil),
            ("Sun Nov  6 08:49:37 1994", nil),
            ("Sun, 06 Nov 94 08:49:37 GMT", nil), ("Sun, 32 Nov 1994 08:49:37 GMT", nil),
            ("Sun, 06 Foo 1994 08:49:37 GMT", nil),
            ("Sun, 06 Nov 1994 8h49 GMT", nil), ("", nil),
        ] as [(String, Double?)])
    func httpDates(_ text: String, _ seconds: Double?) {
        #expect(HTTPDate.parse(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(
        "Which statuses may be tried again, and which PATCH may have worked",
        arguments: [
            (400, false, false), (401, false, false), (404, false, false), (408, true, true), (409, false, false),
            (422, false, false), (425, true, false), (429, true, false), (500, true, true), (502, true, true),
            (503, true, true), (504, true, true), (599, true, true), (302, false, true),
        ])
    func statuses(_ status: Int, _ isRetryable: Bool, _ mayHaveWorked: Bool) {
        let failure = failure(status)
        #expect(failure.isRetryable == isRetryable)
        #expect(failure.mayHaveWorked == mayHaveWorked)
        #expect(failure.runError.code == (isRetryable ? .buddyUnavailable : .buddyRefused))
    }
}
