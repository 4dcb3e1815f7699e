import Testing

@testable import Bridge

@Suite("Suggestions")
struct SuggestionTests {
    private static let words = ["domain", "project", "pipeline", "execution", "when", "allow", "run"]

    @Test(
        "The nearest known word is suggested",
        arguments: [
            ("pipline", "pipeline"), ("pipeline", "pipeline"), ("piepline", "pipeline"), ("exection", "execution"),
            ("projects", "project"), ("wehn", "when"), ("alow", "allow"), ("rnu", "run"), ("domian", "domain"),
            ("exeuctoin", "execution"),
        ])
    func nearest(_ word: String, _ expected: String) {
        #expect(Suggestion.nearest(to: word, among: Self.words) == expected)
    }

    @Test(
        "A word that is far from all of them has none", arguments: ["", "trigger", "xyzxyz", "pipelineexecution", "d"])
    func far(_ word: String) {
        #expect(Suggestion.nearest(to: word, among: Self.words) == nil)
    }

    @Test("Of none there is none")
    func noCandidates() {
        #expect(Suggestion.nearest(to: "run", among: []) == nil)
    }
}
