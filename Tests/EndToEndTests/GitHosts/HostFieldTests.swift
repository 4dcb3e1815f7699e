import Bridge
import TestSupport
import Testing

@testable import BuddyBridge

@Suite(
    "What real bodies tell as all Git hosts do", .enabled(if: SharedFiles.isThere, "…/shared is not beside this clone"))
struct HostFieldTests {
    @Test("Every field is told as the body says, or missing for a reason", arguments: HostSample.all)
    func fields(_ sample: HostSample) throws {
        let git = try #require(try sample.read(by: HostRules.load()).git)
        for field in GitField.allCases {
            #expect(
                (sample.tells[field] == nil) != (sample.not[field] == nil),
                "\(field.rawValue) needs a value, or a reason for none")
            #expect(
                git.values(of: field) == sample.tells[field] ?? [],
                "\(field.rawValue)\(sample.not[field].map { ": \($0)" } ?? "")")
        }
    }
}
