/// The 24 hexadecimal digits that Buddy's web page names an execution by.
enum HexID {
    /// The same digits for the same execution, in every process.
    static func of(_ key: PipelineKey, _ execution: Int) -> String {
        let name = "\(key.project.domain)/\(key.project.project)/\(key.id)"
        return digits(fnv1a(name.utf8), 16) + digits(UInt64(truncatingIfNeeded: execution), 8)
    }

    private static func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    private static func digits(_ value: UInt64, _ width: Int) -> String {
        let digits = String(value, radix: 16).suffix(width)
        return String(repeating: "0", count: width - digits.count) + digits
    }
}
