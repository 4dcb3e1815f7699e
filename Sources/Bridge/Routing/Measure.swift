/// What `lt` and `gt` compare: a number or a time.
enum Measure: Sendable {
    case number(DecimalNumber)
    case time(WrittenTime)

    /// Nil for a text that is neither.
    init?(_ text: String) {
        if let number = DecimalNumber(text) {
            self = .number(number)
        } else if let time = WrittenTime(text) {
            self = .time(time)
        } else {
            return nil
        }
    }

    /// Whether it is less; a number and a time are neither less nor more than each other.
    static func < (one: Self, other: Self) -> Bool {
        switch (one, other) {
        case (.number(let one), .number(let other)): one < other
        case (.time(let one), .time(let other)): one < other
        default: false
        }
    }
}
