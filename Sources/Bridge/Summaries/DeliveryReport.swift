/// All that is known of one delivery: its summary, and how it came about.
package struct DeliveryReport: Encodable {
    private let summary: Summary
    private let headers: [Headers.Field]
    private let rules: String?
    private let trace: [RouteTrace]

    /// - Parameter histories: by run.
    package init(_ delivery: Delivery, histories: [Int64: [AttemptRecord]]) {
        var summary = Summary(delivery)
        summary.runs = delivery.runs.map { Summary.Run($0, history: histories[$0.id] ?? []) }
        self.summary = summary
        headers = delivery.headers.masked().fields
        rules = delivery.rules
        trace = delivery.trace
    }

    private enum CodingKeys: CodingKey { case headers, rules, trace }

    package func encode(to encoder: any Encoder) throws {
        try summary.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        let joined = Dictionary(headers.map { ($0.name, $0.value) }) { "\($0), \($1)" }
        try container.encode(joined, forKey: .headers)
        try container.encode(rules, forKey: .rules)
        try container.encode(trace, forKey: .trace)
    }
}
