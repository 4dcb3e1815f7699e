import FoundationEssentials
import Testing

@testable import Bridge

@Suite("Ids of deliveries")
struct DeliveryIDTests {
    @Test("An id is a UUID of version 7 that holds its time")
    func version7() throws {
        for _ in 0..<100 {
            let id = DeliveryID.new(at: noon)
            let digits = Array(id)
            #expect(UUID(uuidString: id) != nil && id == id.lowercased())
            #expect(digits.count == 36 && digits[14] == "7" && "89ab".contains(digits[19]))
            let time = try #require(UInt64(id.replacing("-", with: "").prefix(12), radix: 16))
            #expect(time == 1_800_000_000_000)
        }
    }

    @Test("Ids sort by their time")
    func sorts() {
        let times =
            (0..<200).map { noon.addingTimeInterval(Double($0) * 0.001 + 0.0001) }
            + [noon.addingTimeInterval(86_400), noon.addingTimeInterval(1e9)]
        let ids = times.map { DeliveryID.new(at: $0) }
        #expect(ids == ids.sorted())
        #expect(DeliveryID.new(at: Date(timeIntervalSince1970: 0)) < ids[0])
    }

    @Test("Ids of the same time differ")
    func differ() {
        #expect(Set((0..<1000).map { _ in DeliveryID.new(at: noon) }).count == 1000)
    }

    @Test("A time before 1970 is no trap")
    func early() {
        #expect(DeliveryID.new(at: Date(timeIntervalSince1970: -1)).hasPrefix("00000000-0000-7"))
    }
}

@Suite("Times")
struct TimestampTests {
    @Test(
        "A time is read with any number of fraction digits, as Buddy sends them",
        arguments: [
            ("2016-03-29T08:12:04.132Z", 1_459_239_124.132), ("2016-03-29T08:40:09.2Z", 1_459_240_809.2),
            ("2016-03-29T08:08:43.17Z", 1_459_238_923.17), ("2016-03-29T08:35:19Z", 1_459_240_519),
            ("2016-03-29T08:35:19.000000Z", 1_459_240_519), ("2016-03-29T10:35:19.5+02:00", 1_459_240_519.5),
            ("2016-03-29T10:35:19+0200", 1_459_240_519), ("2016-03-29T03:35:19-05:00", 1_459_240_519),
        ])
    func reads(_ text: String, _ seconds: Double) throws {
        let date = try #require(Timestamp.date(text))
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_001)
    }

    @Test(
        "Anything else is no time",
        arguments: [
            "", "now", "1459239124", "2016-03-29", "2016-03-29 08:35:19", "2016-13-29T08:35:19Z",
            "2016-03-29T08:35:19.xZ", "2016-03-29T08:35:19.", ".",
        ])
    func refuses(_ text: String) {
        #expect(Timestamp.date(text) == nil)
    }

    @Test("A time is written in UTC with milliseconds")
    func writes() {
        #expect(Timestamp.text(noon) == "2027-01-15T08:00:00.000Z")
        #expect(Timestamp.date(Timestamp.text(noon)) == noon)
    }

    @Test("Durations are seconds and their fraction")
    func durations() {
        #expect(Duration.milliseconds(2500).seconds == 2.5)
        #expect(noon.advanced(by: .seconds(90)).timeIntervalSince(noon) == 90)
    }
}
