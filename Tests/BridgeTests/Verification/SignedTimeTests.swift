import FoundationEssentials
import Testing

@testable import Bridge

@Suite("Signed times")
struct SignedTimeTests {
    private func check(_ text: String, unitsPerSecond: Int64 = 1) throws(VerificationFailure) {
        try SignedTime.check(
            text, header: "X-Time", unitsPerSecond: unitsPerSecond, now: noon, tolerance: .seconds(300))
    }

    @Test(
        "A time within the tolerance is taken, on both sides",
        arguments: ["1800000000", "1799999700", "1800000300", "001800000000", "000001800000000"])
    func fresh(_ text: String) throws {
        try check(text)
    }

    @Test(
        "A time outside it is stale, on both sides",
        arguments: [
            ("1799999699", -301), ("1800000301", 301), ("0", -1_800_000_000), ("1799913600", -86_400),
            ("1800000000000", 1_798_200_000_000),
        ] as [(String, Int64)])
    func stale(_ text: String, _ seconds: Int64) {
        #expect(throws: VerificationFailure.staleTimestamp(seconds: seconds)) { try check(text) }
    }

    @Test(
        "Only digits are a time, and not more than 15",
        arguments: [
            "", "-1", "+1800000000", "1800000000.5", "1.5", "1e9", " 1800000000", "1800000000 ", "1800000000\n",
            "0x6B49D200", "0000001800000000", "1800000000000000", "99999999999999999999", "١٨٠٠٠٠٠٠٠٠", "now", "1,8",
        ])
    func malformed(_ text: String) {
        #expect(throws: VerificationFailure.malformedHeader("X-Time")) { try check(text) }
    }

    @Test("Milliseconds are told from seconds by the configuration, never guessed")
    func milliseconds() throws {
        try check("1800000000000", unitsPerSecond: 1000)
        try check("1800000300000", unitsPerSecond: 1000)
        try check("1799999700000", unitsPerSecond: 1000)
        for text in ["1800000300001", "1799999699999", "1800000000"] {
            let error = #expect(throws: VerificationFailure.self) { try check(text, unitsPerSecond: 1000) }
            #expect(error?.reason == "stale_timestamp", "\(text)")
        }
    }

    @Test("The tolerance is the one given")
    func tolerance() throws {
        try SignedTime.check("1800000010", header: "X", now: noon, tolerance: .seconds(10))
        #expect(throws: VerificationFailure.staleTimestamp(seconds: 11)) {
            try SignedTime.check("1800000011", header: "X", now: noon, tolerance: .seconds(10))
        }
    }
}
