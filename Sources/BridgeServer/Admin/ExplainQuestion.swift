import Bridge
import FoundationEssentials

/// The body of `POST /api/explain`.
struct ExplainQuestion {
    var delivery: String?
    var source: String?
    var sample: Sample

    private struct Body: Decodable {
        var delivery: String?
        var source: String?
        var event: String?
        var headers: [String: String]?
        var text: String?
        var user: String?
        var channel: String?
        var at: String?
    }

    /// - Throws: ``NotExplained``.
    init(json: [UInt8]) throws {
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(json)) else {
            throw NotExplained("the body is JSON with 'delivery', or with 'source' and 'event', 'headers', 'payload'")
        }
        guard body.delivery != nil || body.source != nil else { throw NotExplained("'source' or 'delivery' is needed") }
        delivery = body.delivery
        source = body.source
        // The payload goes on as it was written: not through a decoder and back.
        let payload: [UInt8]?
        do {
            payload = try JSONDocument(json).text(of: "payload")
        } catch {
            throw NotExplained("the payload cannot be read: \(error.reason)")
        }
        let time = body.at.flatMap(Timestamp.date)
        guard time != nil || body.at == nil else {
            throw NotExplained("'at' is a time like 2026-11-27T18:30:00+01:00")
        }
        sample = Sample(
            event: body.event, payload: payload, text: body.text, user: body.user, channel: body.channel,
            headers: Headers((body.headers ?? [:]).map { ($0.key, $0.value) }), at: time)
    }
}
