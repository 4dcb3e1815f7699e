/// A decimal number in JSON's grammar (RFC 8259 §6), of any length, compared without rounding.
struct DecimalNumber: Sendable, Comparable {
    /// -1, 0 or 1.
    private let sign: Int
    /// From the first that is not zero to the last that is not; the decimal point is before the first.
    private let digits: [UInt8]
    /// The power of ten that the digits are multiplied by.
    private let exponent: Int

    /// Nil for anything else, and for exponents of more than 18 digits.
    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        func digits() -> ArraySlice<UInt8> {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            rest = rest[digits.endIndex...]
            return digits
        }
        func take(_ bytes: String) -> UInt8? {
            guard let first = rest.first, bytes.utf8.contains(first) else { return nil }
            return rest.popFirst()
        }
        let isNegative = take("-") != nil
        let whole = digits()
        guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return nil }
        var fraction: ArraySlice<UInt8> = []
        if take(".") != nil {
            fraction = digits()
            guard !fraction.isEmpty else { return nil }
        }
        var power = 0
        if take("eE") != nil {
            let isSmall = take("+-") == UInt8(ascii: "-")
            let written = digits()
            guard written.count <= 18, let number = Int(String(decoding: written, as: UTF8.self)) else { return nil }
            power = isSmall ? -number : number
        }
        guard rest.isEmpty else { return nil }
        let isZero = { (digit: UInt8) in digit == UInt8(ascii: "0") }
        let significant = (whole + fraction).drop(while: isZero)
        self.digits = Array(significant.reversed().drop(while: isZero).reversed())
        sign = significant.isEmpty ? 0 : isNegative ? -1 : 1
        exponent = significant.isEmpty ? 0 : power + significant.count - fraction.count
    }

    static func < (one: Self, other: Self) -> Bool {
        guard one.sign == other.sign else { return one.sign < other.sign }
        return one.sign < 0 ? other.isNearerZero(than: one) : one.isNearerZero(than: other)
    }

    private func isNearerZero(than other: Self) -> Bool {
        exponent == other.exponent
            ? digits.lexicographicallyPrecedes(other.digits) : exponent < other.exponent
    }
}
