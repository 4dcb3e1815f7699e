extension SandboxBuddy {
    /// Puts a fault at the end of the queue. Each request takes the first one that is meant for it.
    package func inject(_ fault: SandboxFault) {
        if fault.times > 0 { faults.append(fault) }
    }

    /// The faults not used up yet.
    package var pendingFaults: [SandboxFault] {
        faults
    }

    /// Ends every delay that is under way.
    package func releaseDelays() {
        for gate in delayGates { gate.finish() }
        delayGates = []
    }

    /// Waits until `count` requests of a kind were received since the start (or since the last
    /// ``forgetRequests()``); returns early when the task is cancelled. Received is not answered: a delayed request
    /// counts at once, and its effect is done if it comes first.
    package func waitForRequests(_ count: Int, _ operation: SandboxOperation = .any) async {
        while received(operation) < count, !Task.isCancelled {
            let (gate, continuation) = AsyncStream.makeStream(of: Never.self)
            arrivalGates.append(continuation)
            for await _ in gate {}
        }
    }

    /// Takes a request in: notes it, takes the fault that waits for it, and lets it take effect, unless the fault says
    /// that the effect comes later or never.
    func receive(_ request: SandboxRequest) -> Arrival {
        var request = request
        request.route = SandboxRoute(path: request.path, basePath: switches.basePath)
        request.operation = request.route.operation(request.method)
        note(request)
        notePatch(request)
        for gate in arrivalGates { gate.finish() }
        arrivalGates = []
        guard let fault = takeFault(for: request.operation) ?? weatherFault(for: request) else {
            return Arrival(request: request, answer: answer(request))
        }
        let arrival = Arrival(
            request: request, answer: fault.effectDone ? answer(request) : nil, fault: fault, gate: gate(for: fault))
        if fault.hidesAnswer { forgetLook(of: request) }
        return arrival
    }

    private func gate(for fault: SandboxFault) -> AsyncStream<Never>? {
        guard case .delay = fault.kind else { return nil }
        let (gate, continuation) = AsyncStream.makeStream(of: Never.self)
        delayGates.append(continuation)
        return gate
    }

    private func received(_ operation: SandboxOperation) -> Int {
        operation == .any ? receivedCount : received.count { $0.operation == operation }
    }

    private func takeFault(for operation: SandboxOperation) -> SandboxFault? {
        guard let index = faults.firstIndex(where: { $0.operation == .any || $0.operation == operation }) else {
            return nil
        }
        let fault = faults[index]
        faults[index].times -= 1
        if faults[index].times <= 0 { faults.remove(at: index) }
        return fault
    }
}

/// A request that the sandbox took in.
struct Arrival: Sendable {
    var request: SandboxRequest
    /// The answer, if the request has taken effect.
    var answer: SandboxAnswer?
    /// What is to go wrong.
    var fault: SandboxFault?
    /// Ends when the delay is to end early.
    var gate: AsyncStream<Never>?
}
