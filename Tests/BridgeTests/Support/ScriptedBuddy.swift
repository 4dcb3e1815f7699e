import FoundationEssentials
import Synchronization
import Testing

@testable import Bridge

/// A Buddy that answers from a script. What is not in the script is an issue.
final class ScriptedBuddy: BuddyClient {
    struct Script: Sendable {
        /// The pages of the list, from 1.
        var pages: [Result<ExecutionPage, BuddyFailure>] = []
        /// Answers to GET, by execution; the last one stays.
        var executions: [Int: [Result<Execution, BuddyFailure>]] = [:]
        /// Answers to PATCH, in order.
        var patches: [Result<Execution, BuddyFailure>] = []
        var pipelines: [String: Result<Int, BuddyFailure>] = [:]
    }

    static let pipeline = PipelineAddress(buddy: "https://api.buddy.works", domain: "acme", project: "web", pipeline: 2)

    private let state: Mutex<(script: Script, calls: [String])>

    init(_ script: Script) { state = Mutex((script, [])) }

    /// A list on pages of its own making, whose executions are shown whole.
    convenience init(pages: [[Execution]]) {
        var script = Script()
        for page in pages {
            script.pages.append(.success(ExecutionPage(executions: page, pages: max(1, pages.count))))
            for one in page { script.executions[one.id] = [.success(one)] }
        }
        self.init(script)
    }

    /// The calls so far: `list 1`, `get 4`, `patch 4`, `resolve release`.
    var calls: [String] { state.withLock { $0.calls } }

    private func answer<Value>(
        _ call: String, to pipeline: PipelineAddress, _ find: (inout Script) -> Result<Value, BuddyFailure>?
    ) throws(BuddyFailure) -> Value {
        #expect(pipeline == Self.pipeline, "\(call)")
        let found = state.withLock { state in
            state.calls.append(call)
            return find(&state.script)
        }
        guard let found else {
            Issue.record("nobody scripted '\(call)'")
            throw BuddyFailure(.status(599), "not scripted")
        }
        return try found.get()
    }

    func runScheduled(_ execution: Int, of pipeline: PipelineAddress) async throws(BuddyFailure) -> Execution {
        try answer("patch \(execution)", to: pipeline) { $0.patches.isEmpty ? nil : $0.patches.removeFirst() }
    }

    func execution(_ execution: Int, of pipeline: PipelineAddress) async throws(BuddyFailure) -> Execution {
        try answer("get \(execution)", to: pipeline) { script in
            guard var answers = script.executions[execution], let next = answers.first else { return nil }
            if answers.count > 1 { answers.removeFirst() }
            script.executions[execution] = answers
            return next
        }
    }

    func executions(of pipeline: PipelineAddress, page: Int, perPage: Int) async throws(BuddyFailure) -> ExecutionPage {
        #expect(perPage == 50)
        return try answer("list \(page)", to: pipeline) { script in
            script.pages.indices.contains(page - 1) ? script.pages[page - 1] : nil
        }
    }

    func pipelineNumber(
        of identifier: String, project: String, domain: String, buddy: String
    ) async throws(BuddyFailure) -> Int {
        var pipeline = Self.pipeline
        (pipeline.buddy, pipeline.domain, pipeline.project) = (buddy, domain, project)
        return try answer("resolve \(identifier)", to: pipeline) { $0.pipelines[identifier] }
    }
}

extension ExecutionSearch {
    /// A search at ``noon``.
    init(_ client: any BuddyClient, claimed: Set<Int> = [], listPages: Int = 5) {
        var rules = DispatchRules()
        rules.listPages = listPages
        self.init(client: client, pipeline: ScriptedBuddy.pipeline, rules: rules, now: noon, claimed: claimed)
    }
}

extension ExecutionSearch {
    /// A first search.
    func find(_ reference: ExecutionReference) async throws(BuddyFailure) -> SearchResult {
        var findings: Findings?
        return try await find(reference, &findings)
    }
}

extension SearchResult {
    var number: Int? { if case .found(let execution) = self { execution.id } else { nil } }

    var nothing: RunError? { if case .none(let error) = self { error } else { nil } }

    var refusal: RunError? { if case .refused(let error) = self { error } else { nil } }
}
