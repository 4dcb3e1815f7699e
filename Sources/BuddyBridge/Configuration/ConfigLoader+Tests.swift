import Bridge
import Foundation
import Yams

/// `tests`: events that the file describes, and what is expected of its rules.
extension ConfigLoader {
    static let testKeys = ["name", "given", "expect"]
    static let givenKeys = ["source", "event", "payload", "text", "user", "channel", "headers", "at"]
    static let expectKeys = ["outcome", "route", "routes", "run"]

    func loadTests() {
        for node in files["tests"] {
            if node.isSequence {
                configuration.tests += node.elements().compactMap(test)
            } else {
                node.error("'tests' is a list")
            }
        }
    }

    private func test(_ node: ConfigNode) -> RuleTest? {
        guard let map = node.mapping("a test", keys: Self.testKeys) else { return nil }
        let name = map.required("name", in: "a test")?.text("'name'")
        let given = map.required("given", in: "a test")?.mapping("'given'", keys: Self.givenKeys)
        let expect = map.required("expect", in: "a test")?.mapping("'expect'", keys: Self.expectKeys)
        let source = given?.required("source", in: "'given'").flatMap { known($0, sourceNodes.keys, "source") }
        let payload = given?["payload"].map(payload)
        let sample = given.map(sample)
        guard let name, let source, let sample, let expect else { return nil }
        return RuleTest(
            name: name, place: node.diagnostic, source: source, sample: sample, payload: payload ?? nil,
            expectation: expectation(expect))
    }

    /// A name of something in the file.
    private func known(_ node: ConfigNode, _ names: some Sequence<String>, _ kind: String) -> String? {
        guard let name = node.text("'\(kind)'") else { return nil }
        if !names.contains(name) {
            node.error(
                "there is no \(kind) '\(name)'", didYouMean: Suggestion.nearest(to: name, among: names.sorted()))
        }
        return name
    }

    // MARK: What is given

    private func sample(_ map: ConfigMapping) -> Sample {
        var headers = Headers()
        for entry in map["headers"]?.mapping("'headers'")?.entries ?? [] {
            if let value = entry.value.text("a header") { headers.add(entry.key, value) }
        }
        return Sample(
            event: map.text("event"), text: map.text("text"), user: map.text("user"), channel: map.text("channel"),
            headers: headers, at: map["at"]?.time("'at'"))
    }

    /// A file, or the payload itself.
    private func payload(_ node: ConfigNode) -> RuleTest.Payload? {
        guard node.isMapping else {
            guard let name = node.text("'payload'") else { return nil }
            let path = node.beside(name)
            // So that it is watched: a failing test may be mended there.
            secrets.filesRead?.note(path, FileManager.default.contents(atPath: path))
            return .file(name, at: path)
        }
        return (try? JSONSerialization.data(withJSONObject: node.json)).map { .text(Array($0)) }
    }

    // MARK: What is expected

    private func expectation(_ map: ConfigMapping) -> RuleExpectation {
        if map.entries.isEmpty { map.node.error("'expect' is empty: whatever happened would be right") }
        let routes = configuration.routes.map(\.name)
        var expectation = RuleExpectation()
        expectation.outcome = map["outcome"]?.choice("'outcome'")
        expectation.route = map["route"].flatMap { known($0, routes, "route") }
        expectation.routes = map["routes"]?.elements().compactMap { known($0, routes, "route") }
        if let node = map["run"] {
            let runs = node.elements().compactMap(expectedRun)
            expectation.runs = node.isSequence ? .all(runs) : runs.first.map { .one($0) }
        }
        return expectation
    }

    private func expectedRun(_ node: ConfigNode) -> RuleExpectation.Run? {
        guard let map = node.mapping("'run'", keys: Self.targetKeys) else { return nil }
        if map.entries.isEmpty { node.error("a run without a key would be any run") }
        return .init(
            domain: map.text("domain"), project: map.text("project"), pipeline: map.text("pipeline"),
            execution: map["execution"].flatMap(expectedExecution))
    }

    private func expectedExecution(_ node: ConfigNode) -> ExecutionReference? {
        guard node.isMapping else {
            guard let text = node.text("'execution'") else { return nil }
            if let reference = ExecutionReference(text) { return reference }
            refuse(execution: text, node)
            return nil
        }
        guard let map = node.mapping("'execution'", keys: Self.selectorKeys),
            let pick: Selector.Pick = map.required("scheduled", in: "'execution'")?.choice("'scheduled'")
        else { return nil }
        var selector = Selector(pick, within: map["within"]?.duration("'within'")?.seconds)
        for field in Selector.Field.allCases {
            guard let node = map[field.rawValue] else { continue }
            let filter = operators(node) { $0.text("'\(field.rawValue)'") }
            selector.filters[field] = filter.map { Selector.Filter($0) }
        }
        return .selector(selector)
    }
}

extension ConfigNode {
    /// As JSON: every scalar is a string, as rules see it, and null is null.
    fileprivate var json: Any {
        switch node {
        case .mapping(let mapping):
            let pairs = mapping.compactMap { key, value in
                key.string.map { ($0, ConfigNode(node: value, diagnostics: diagnostics).json) }
            }
            return Dictionary(pairs) { $1 }
        case .sequence: return elements().map(\.json)
        case .scalar(let scalar): return isNull ? NSNull() : scalar.string
        case .alias: return NSNull()
        }
    }
}
