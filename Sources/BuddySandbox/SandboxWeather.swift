/// Faults that come by chance, but with the same seed in the same order of requests: for tests over thousands of requests.
package struct SandboxWeather: Sendable {
    /// Something that may happen to a request.
    package struct Risk: Sendable {
        package enum Event: Sendable {
            /// Its operation and its number of times do not matter.
            case fault(SandboxFault)
            /// The execution that it is for starts by itself just before.
            case startsByItself
        }

        /// Which requests it may happen to.
        package var operation: SandboxOperation
        /// Of a thousand such requests, how many.
        package var perMille: Int
        package var event: Event

        package init(_ event: Event, on operation: SandboxOperation, perMille: Int) {
            self.operation = operation
            self.perMille = perMille
            self.event = event
        }
    }

    /// At most one of them happens to a request; those for one operation have at most 1000 together.
    package var risks: [Risk]
    private var state: UInt64

    package init(_ risks: [Risk], seed: UInt64) {
        self.risks = risks
        state = seed
    }

    /// What happens to the next request.
    mutating func draw(for operation: SandboxOperation) -> Risk.Event? {
        var place = Int(next() % 1000)
        for risk in risks where risk.operation == .any || risk.operation == operation {
            if place < risk.perMille { return risk.event }
            place -= risk.perMille
        }
        return nil
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension SandboxBuddy {
    /// Lets faults happen by chance from now on, after those that were injected; nil for none.
    package func setWeather(_ weather: SandboxWeather?) {
        self.weather = weather
    }

    func weatherFault(for request: SandboxRequest) -> SandboxFault? {
        switch weather?.draw(for: request.operation) {
        case nil: return nil
        case .fault(let fault): return fault
        case .startsByItself:
            if case .execution(let key, let id) = request.route,
                pipelines[key]?.executions[id]?.isWaiting == true
            {
                begin(id, of: key, by: .itself(now()))
            }
            return nil
        }
    }
}
