import Bridge
import FoundationEssentials
import NIOHTTP1

/// What GitHub's answers mean.
enum GitHubAnswer {
    /// What of an item of the list is read here.
    private struct Item: Decodable {
        var id: Int64
        var guid: String
        var deliveredAt: String
        /// Null, or 0, where GitHub had no answer.
        var statusCode: Int?

        private enum CodingKeys: String, CodingKey {
            case id, guid
            case deliveredAt = "delivered_at"
            case statusCode = "status_code"
        }
    }

    private struct Problem: Decodable {
        var message: String
    }

    static func attempts(_ body: Data) throws(DeliveryLogFailure) -> [SenderAttempt] {
        guard let items = try? JSONDecoder().decode([Item].self, from: body) else { throw unreadable }
        var attempts: [SenderAttempt] = []
        for item in items {
            guard let time = Timestamp.date(item.deliveredAt) else { throw unreadable }
            attempts.append(
                SenderAttempt(id: item.id, delivery: item.guid, deliveredAt: time, status: item.statusCode ?? 0))
        }
        return attempts
    }

    private static let unreadable = DeliveryLogFailure(
        .unavailable, "GitHub answered with something else than a list of deliveries")

    /// Where the next page begins, by the header `Link` (RFC 8288). Only that is taken from it: the address is made here,
    /// so that no link can lead the token away. One that leads to another host is an error all the same.
    static func nextCursor(_ headers: HTTPHeaders, base: String) throws(DeliveryLogFailure) -> String? {
        guard let link = headers["Link"].lazy.compactMap(next).first else { return nil }
        guard link.lowercased().hasPrefix(base.lowercased() + "/") else {
            throw DeliveryLogFailure(.unavailable, "GitHub's link to the next page leads elsewhere: it is not followed")
        }
        let query = link.drop { $0 != "?" }.dropFirst().split(separator: "&")
        guard let cursor = query.first(where: { $0.hasPrefix("cursor=") })?.dropFirst(7), isCursor(cursor) else {
            throw DeliveryLogFailure(.unavailable, "GitHub's link to the next page has no cursor")
        }
        return String(cursor)
    }

    /// The address of `<ADDRESS>; rel="next"`, among others of its kind.
    private static func next(in header: String) -> String? {
        for link in header.split(separator: ",") {
            let parts = link.split(separator: ";").map { $0.drop { $0 == " " } }
            guard let address = parts.first, address.hasPrefix("<"), address.contains(">") else { continue }
            if parts.dropFirst().contains(where: { $0.hasPrefix("rel=\"next\"") || $0 == "rel=next" }) {
                return String(address.dropFirst().prefix { $0 != ">" })
            }
        }
        return nil
    }

    /// As it stands in the link, percent-encoded where it must be.
    private static func isCursor(_ text: Substring) -> Bool {
        (1...500).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._~%=:+".contains($0)) }
    }

    /// An answer that is no 2xx, with GitHub's own words where it has some.
    ///
    /// - Parameter hidden: what must not be repeated.
    static func failure(
        _ status: Int, _ headers: HTTPHeaders, _ body: Data, hiding hidden: String, now: Date
    ) -> DeliveryLogFailure {
        let words = (try? JSONDecoder().decode(Problem.self, from: body))?.message.replacing(hidden, with: "***")
        let said = "GitHub answered \(status)" + (words.map { " (\(LogText($0)))" } ?? "")
        if let time = limit(status, headers, now) {
            return DeliveryLogFailure(.limited(until: time), said + ", and wants a rest until \(Timestamp.text(time))")
        }
        return switch status {
        case 300..<400: DeliveryLogFailure(.refused(status), said + ": redirects are not followed; is 'url' right?")
        case 404:
            DeliveryLogFailure(.refused(status), said + ": is 'hook' right, and may the token see and redeliver?")
        case 408, 500...: DeliveryLogFailure(.unavailable, said)
        default: DeliveryLogFailure(.refused(status), said)
        }
    }

    /// Until when GitHub wants to be left alone: docs.github.com, "Rate limits for the REST API". Nil where that is not
    /// what it said.
    private static func limit(_ status: Int, _ headers: HTTPHeaders, _ now: Date) -> Date? {
        func number(_ name: String) -> Double? {
            headers.first(name: name).flatMap(Double.init).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
        }
        let rest = number("Retry-After")
        let isSpent = number("x-ratelimit-remaining") == 0
        guard status == 429 || status == 403 && (rest != nil || isSpent) else { return nil }
        if let rest { return now.addingTimeInterval(rest) }
        if isSpent, let reset = number("x-ratelimit-reset") { return Date(timeIntervalSince1970: reset) }
        return now.addingTimeInterval(60)
    }
}
