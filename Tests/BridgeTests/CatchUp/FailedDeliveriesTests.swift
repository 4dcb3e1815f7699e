import Foundation
import Testing

@testable import Bridge

/// Which deliveries a sender could not deliver, of its log.
@Suite("Deliveries that failed")
struct FailedDeliveriesTests {
    private static func ids(_ attempts: SenderAttempt...) -> [Int64] {
        FailedDeliveries.newestAttempts(in: attempts).map(\.id)
    }

    @Test("Only a 2xx is a success", arguments: [0, 199, 301, 400, 401, 404, 429, 500, 502, 503])
    func failed(_ status: Int) {
        #expect(Self.ids(.at(10, "a", status)) == [10])
    }

    @Test("What was taken is left alone", arguments: [200, 202, 204, 299])
    func succeeded(_ status: Int) {
        #expect(Self.ids(.at(10, "a", status)) == [])
    }

    @Test("One success among its attempts is enough, the first, the last or one between")
    func anySuccess() {
        #expect(Self.ids(.at(30, "a", 500), .at(20, "a", 200), .at(10, "a", 0)) == [])
        #expect(Self.ids(.at(30, "a", 200), .at(20, "a", 0)) == [])
        #expect(Self.ids(.at(30, "a", 0), .at(20, "a", 200)) == [])
    }

    @Test("Of several failed attempts the newest is the one to send again")
    func newest() {
        #expect(Self.ids(.at(30, "a", 0), .at(20, "b", 200), .at(10, "a", 502)) == [30])
        #expect(Self.ids(.at(10, "a", 502), .at(30, "a", 0)) == [30])
    }

    @Test("The oldest event first, though another attempt of it came later")
    func order() {
        #expect(
            Self.ids(.at(50, "first", 0), .at(40, "third", 0), .at(30, "second", 0), .at(20, "first", 0))
                == [50, 30, 40])
    }
}

extension SenderAttempt {
    /// An attempt at a moment that many seconds after a start, with that number for an id.
    static func at(_ seconds: Int, _ delivery: String, _ status: Int) -> SenderAttempt {
        SenderAttempt(
            id: Int64(seconds), delivery: delivery, deliveredAt: Date(timeIntervalSince1970: Double(seconds)),
            status: status)
    }
}
