package import FoundationEssentials

/// Ids of deliveries: UUIDs of version 7 (RFC 9562 §5.7), which sort by their time.
package enum DeliveryID {
    /// A new id for a time. 74 bits are random.
    package static func new(at time: Date) -> String {
        let milliseconds = UInt64(max(0, time.timeIntervalSince1970 * 1000))
        let random = UInt64.random(in: 0...(.max))
        let high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0...0xFFF)
        let low = (random & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
        let digits = [high, low].map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
        var id = ""
        for (position, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(position) { id += "-" }
            id.append(digit)
        }
        return id
    }
}
