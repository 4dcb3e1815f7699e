import Bridge
import Foundation

/// One of the file's own tests: an event, and what the rules are expected to make of it.
struct RuleTest: Sendable {
    enum Payload: Sendable {
        case text([UInt8])
        /// As it is written, and where that is. Read when the test is run: where the service runs, there may be none of
        /// these files.
        case file(String, at: String)
    }

    var name: String
    /// Where it stands in the file.
    var place: Diagnostics.Diagnostic
    var source: String
    /// All but the payload.
    var sample: Sample
    /// Nil for the provider's own sample.
    var payload: Payload?
    var expectation: RuleExpectation

    /// What is wrong, with its place. Nil where all is as expected.
    func failure(by rules: RuleBook) -> Diagnostics.Diagnostic? {
        let mismatches: [String]
        do {
            var sample = sample
            sample.payload = try payload?.bytes()
            mismatches = expectation.mismatches(try rules.decide(sample, source: source))
        } catch {
            mismatches = ["\(error)"]
        }
        guard !mismatches.isEmpty else { return nil }
        var failure = place
        failure.message = "the test '\(name)' fails: \(mismatches.joined(separator: "; "))"
        return failure
    }
}

extension RuleTest.Payload {
    fileprivate func bytes() throws(NotExplained) -> [UInt8] {
        switch self {
        case .text(let bytes): return bytes
        case .file(let name, let path):
            guard let data = FileManager.default.contents(atPath: path) else {
                throw NotExplained("the file \(name) cannot be read")
            }
            return Array(data)
        }
    }
}

extension Configuration {
    /// Those of the file's tests that fail, in its order. Nothing is sent or run.
    func failedTests() -> [Diagnostics.Diagnostic] {
        let rules = ruleBook()
        return tests.compactMap { $0.failure(by: rules) }
    }
}
