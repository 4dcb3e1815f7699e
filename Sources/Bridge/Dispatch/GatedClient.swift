/// A client whose answers tell a Buddy's gate how it is doing.
struct GatedClient: BuddyClient {
    private let client: any BuddyClient
    private let gates: BuddyGates
    private let buddy: String

    init(_ client: any BuddyClient, gates: BuddyGates, buddy: String) {
        self.client = client
        self.gates = gates
        self.buddy = buddy
    }

    private func noted<Value>(_ call: () async throws(BuddyFailure) -> Value) async throws(BuddyFailure) -> Value {
        do {
            let value = try await call()
            gates.note(.success(()), of: buddy)
            return value
        } catch {
            gates.note(Result<Void, BuddyFailure>.failure(error), of: buddy)
            throw error
        }
    }

    func runScheduled(_ execution: Int, of pipeline: PipelineAddress) async throws(BuddyFailure) -> Execution {
        try await noted { () throws(BuddyFailure) in try await client.runScheduled(execution, of: pipeline) }
    }

    func execution(_ execution: Int, of pipeline: PipelineAddress) async throws(BuddyFailure) -> Execution {
        try await noted { () throws(BuddyFailure) in try await client.execution(execution, of: pipeline) }
    }

    func executions(
        of pipeline: PipelineAddress, page: Int, perPage: Int
    ) async throws(BuddyFailure) -> ExecutionPage {
        try await noted { () throws(BuddyFailure) in
            try await client.executions(of: pipeline, page: page, perPage: perPage)
        }
    }

    func pipelineNumber(
        of identifier: String, project: String, domain: String, buddy: String
    ) async throws(BuddyFailure) -> Int {
        try await noted { () throws(BuddyFailure) in
            try await client.pipelineNumber(of: identifier, project: project, domain: domain, buddy: buddy)
        }
    }
}
