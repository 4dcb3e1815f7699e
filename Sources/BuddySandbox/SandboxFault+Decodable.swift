/// `POST /sandbox/faults`: `{"kind": "status", "status": 500, "headers": {…}, "message": "…", "operation": "patch",
/// "times": 1, "effect_done": false}`. Kinds: `status`, `reset`, `lost_answer`, `delay` (with `milliseconds`), `html`,
/// `truncated_json`.
extension SandboxFault: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case kind, status, headers, message, milliseconds, operation, times
        case effectDone = "effect_done"
    }

    private enum KindName: String, Decodable {
        case status, reset, delay, html
        case lostAnswer = "lost_answer"
        case truncatedJSON = "truncated_json"
    }

    /// A day, in milliseconds.
    private static let longestDelay = 86_400_000

    /// Reads a fault; unknown keys are an error.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(but: CodingKeys.self, kind: "key of a fault")
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let status = try values.decodeIfPresent(Int.self, forKey: .status)
        if let status, !(200...599).contains(status) {
            throw DecodingError.dataCorruptedError(
                forKey: .status, in: values, debugDescription: "a status is from 200 to 599")
        }
        switch try values.decode(KindName.self, forKey: .kind) {
        case .status:
            let headers = try values.decodeIfPresent([String: String].self, forKey: .headers) ?? [:]
            let message = try values.decodeIfPresent(String.self, forKey: .message)
            self = .status(
                status ?? 500, headers: headers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
                message: message ?? "Something went wrong.")
        case .reset:
            self = .resetBeforeEffect()
        case .lostAnswer:
            self = .lostAnswer()
        case .delay:
            let milliseconds = try values.decode(Int.self, forKey: .milliseconds)
            guard (0...Self.longestDelay).contains(milliseconds) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .milliseconds, in: values, debugDescription: "a delay is from 0 to \(Self.longestDelay)")
            }
            self = .delay(.milliseconds(milliseconds))
        case .html:
            self = .html(status: status ?? 502)
        case .truncatedJSON:
            self = .truncatedJSON()
        }
        try values.read(.operation, into: &operation)
        try values.read(.times, into: &times)
        try values.read(.effectDone, into: &effectDone)
    }
}
