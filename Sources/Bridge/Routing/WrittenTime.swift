/// A time of RFC 3339, with its offset and a fraction of any length, or a bare date, which is its midnight in UTC.
/// Compared without rounding.
struct WrittenTime: Sendable, Comparable {
    /// Since the year 0, in UTC.
    private let seconds: Int
    /// The digits of the fraction, without zeros at the end.
    private let fraction: [UInt8]

    /// Nil for anything else, such as days that no calendar has. A leap second is the one after it.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        func number(_ start: Int, _ length: Int, _ range: ClosedRange<Int>) -> Int? {
            let digits = bytes[start..<start + length]
            guard digits.allSatisfy(Self.isDigit), let number = Int(String(decoding: digits, as: UTF8.self)),
                range.contains(number)
            else { return nil }
            return number
        }
        func stands(_ mark: Unicode.Scalar, at place: Int) -> Bool { bytes[place] == UInt8(ascii: mark) }

        guard bytes.count >= 10, stands("-", at: 4), stands("-", at: 7), let year = number(0, 4, 0...9999),
            let month = number(5, 2, 1...12), let day = number(8, 2, 1...Self.days(in: month, of: year))
        else { return nil }
        let midnight = Self.days(before: month, of: year, plus: day - 1) * 86_400
        guard bytes.count > 10 else {
            seconds = midnight
            fraction = []
            return
        }
        guard bytes.count >= 20, stands("T", at: 10) || stands("t", at: 10), stands(":", at: 13), stands(":", at: 16),
            let hour = number(11, 2, 0...23), let minute = number(14, 2, 0...59), let second = number(17, 2, 0...60)
        else { return nil }
        var end = 19
        if stands(".", at: end) {
            end = bytes[20...].firstIndex { !Self.isDigit($0) } ?? bytes.count
            guard end > 20, end < bytes.count else { return nil }
        }
        var offset = 0
        switch bytes.count - end {
        case 1 where stands("Z", at: end) || stands("z", at: end): break
        case 6 where (stands("+", at: end) || stands("-", at: end)) && stands(":", at: end + 3):
            guard let hours = number(end + 1, 2, 0...23), let minutes = number(end + 4, 2, 0...59) else { return nil }
            offset = (hours * 60 + minutes) * (stands("+", at: end) ? 60 : -60)
        default: return nil
        }
        seconds = midnight + (hour * 60 + minute) * 60 + second - offset
        fraction = Array(bytes[min(20, end)..<end].reversed().drop { $0 == UInt8(ascii: "0") }.reversed())
    }

    static func < (one: Self, other: Self) -> Bool {
        one.seconds == other.seconds
            ? one.fraction.lexicographicallyPrecedes(other.fraction) : one.seconds < other.seconds
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since the first of January of the year 0.
    private static func days(before month: Int, of year: Int, plus rest: Int) -> Int {
        let leaps = year == 0 ? 0 : (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 + 1
        return year * 365 + leaps + (1..<month).reduce(0) { $0 + days(in: $1, of: year) } + rest
    }
}
