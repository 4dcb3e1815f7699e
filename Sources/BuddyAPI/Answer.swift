import Bridge
import FoundationEssentials
import NIOHTTP1

/// What Buddy's answers mean.
enum Answer {
    static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    /// An answer that is no 2xx, with Buddy's own words where it has some.
    ///
    /// - Parameter hidden: what must not be repeated.
    static func failure(
        _ status: Int, _ headers: HTTPHeaders, _ body: Data, hiding hidden: String = "", now: Date
    ) -> BuddyFailure {
        let message = message(body).map { hidden.isEmpty ? $0 : $0.replacing(hidden, with: "***") }
        var failure = BuddyFailure(
            .status(status), message.map { String($0.prefix(500)) } ?? "Buddy answered \(status)")
        let isSpent = headers.first(name: "X-Rate-Limit-Remaining") == "0"
        // Buddy's SDKs expect 429; older installations answer 403 with this very text.
        failure.isRateLimit = status == 429 || (status == 403 && (isSpent || message == "Rate limit exceeded."))
        failure.retryAt = retryAfter(headers, now: now) ?? (failure.isRateLimit ? reset(headers) : nil)
        return failure
    }

    /// `{"errors":[{"message":"…"}]}`; a proxy's page gives nothing.
    private static func message(_ body: Data) -> String? {
        guard let errors = try? decoder.decode(ErrorsResource.self, from: body) else { return nil }
        let messages = (errors.errors ?? []).compactMap(\.message) + [errors.error].compactMap(\.self)
        return messages.isEmpty ? nil : messages.joined(separator: "; ")
    }

    /// What every answer says of the limit on calls: `X-Rate-Limit-Remaining`, and `-Reset` in Unix seconds.
    static func limit(_ headers: HTTPHeaders, now: Date) -> RateLimit? {
        guard let remaining = headers.first(name: "X-Rate-Limit-Remaining").flatMap(Int.init) else { return nil }
        return RateLimit(
            remaining: remaining, resetIn: reset(headers).map { .seconds(max(0, $0.timeIntervalSince(now))) })
    }

    /// Seconds, or an HTTP date (RFC 9110 §10.2.3).
    private static func retryAfter(_ headers: HTTPHeaders, now: Date) -> Date? {
        guard let text = headers.first(name: "Retry-After") else { return nil }
        if let seconds = Double(text), seconds.isFinite, seconds >= 0 { return now.addingTimeInterval(seconds) }
        return HTTPDate.parse(text)
    }

    /// Unix seconds.
    private static func reset(_ headers: HTTPHeaders) -> Date? {
        guard let text = headers.first(name: "X-Rate-Limit-Reset"), let seconds = Double(text), seconds.isFinite else {
            return nil
        }
        return Date(timeIntervalSince1970: seconds)
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func parse(_ text: String) -> Date? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])),
            let day = Int(words[1]), (1...31).contains(day), let year = Int(words[3]), (1970...9999).contains(year)
        else { return nil }
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return Timestamp.date("\(year)-\(two(month + 1))-\(two(day))T\(words[4])Z")
    }
}
