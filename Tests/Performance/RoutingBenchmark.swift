import Bridge
import FoundationEssentials
import Signatures

/// What routing an event costs with few routes and with many.
struct RoutingBenchmark {
    let seconds: Double

    func run() throws {
        let (verified, provider) = try push()
        guard case .event(let event) = try provider.understand(verified, source: "github") else { return }
        print("Routing one push, of \(verified.request.body.count) bytes:")
        for count in [10, 100, 1000, 10_000] {
            for kind in Kind.allCases {
                let router = Router(routes: try routes(count, kind))
                let measured = Measurement(seconds: seconds) { _ = router.decide(event) }
                print("  \(count) routes, \(kind.rawValue): \(measured.description)")
            }
        }
        let many = try routes(10_000, .oneOfARepository)
        let building = Measurement(seconds: seconds) { _ = Router(routes: many) }
        print("  Making the index of 10000 routes: \(building.description)")
    }

    private enum Kind: String, CaseIterable {
        /// Each route is for another repository, and one of them for the event's.
        case oneOfARepository = "each for a repository"
        /// The same, and none for the event's.
        case none = "none of which matches"
        /// Each route is for another event, by a pattern of the repository.
        case events = "each for an event"
    }

    private func routes(_ count: Int, _ kind: Kind) throws -> [Route] {
        try (0..<count).map { number in
            let repository = number == count / 2 && kind != .none ? "buddy/company-website" : "acme/service-\(number)"
            let event = kind == .events && number != count / 2 ? "event-\(number)" : "push"
            let path: Operator<String> = kind == .events ? .glob("buddy/*") : .equals(repository)
            let condition = Condition.all([
                .field(try FieldPath("event"), try Matcher([.equals(event)])),
                .field(try FieldPath("repository.path"), try Matcher([path])),
                .field(try FieldPath("branch"), try Matcher([.glob("ma*")])),
            ])
            let target = TargetTemplate(
                domain: try Template("acme"), project: try Template("{{ repository.name | lower }}"),
                pipeline: try Template("\(number)"), execution: .template(try Template("earliest")))
            return Route(
                name: "route-\(number)", sources: ["github"], when: condition, allow: .anyone, run: [target])
        }
    }

    /// A push as GitHub sends it, proved.
    private func push() throws -> (VerifiedRequest, any Provider) {
        let provider = GitHub()
        let secret = Secret.throwaway()
        let request = provider.sign(Sample(event: "push"), with: .secret(secret), at: Date())
        let claim = try provider.claim(in: request.head, tolerance: .seconds(300))
        return (try Verifier(Credentials(secrets: [secret])).verify(claim, request), provider)
    }
}
