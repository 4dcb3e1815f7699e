import CPostgreSQL

/// Values on their way to PostgreSQL: in binary, each with its type.
enum PostgreSQLParameters {
    typealias Call<Value> = (
        Int32, UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
    ) throws -> Value

    static func with<Value>(_ arguments: [SQLValue], _ call: Call<Value>) throws -> Value {
        var bytes: [UInt8] = []
        var ranges: [Range<Int>?] = []
        var types: [Oid] = []
        for argument in arguments {
            let start = bytes.count
            types.append(append(argument, to: &bytes))
            ranges.append(argument == .null ? nil : start..<bytes.count)
        }
        // An empty value needs a place too.
        bytes.append(0)
        let lengths = ranges.map { Int32($0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: arguments.count)
        return try bytes.withUnsafeBytes { memory in
            let base = memory.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = ranges.map { range in range.flatMap { base?.advanced(by: $0.lowerBound) } }
            return try values.withUnsafeBufferPointer { values in
                try call(Int32(arguments.count), types, values.baseAddress, lengths, formats)
            }
        }
    }

    /// Returns its type (`pg_type.dat`); 0 leaves it to the server, which knows where a null goes.
    private static func append(_ value: SQLValue, to bytes: inout [UInt8]) -> Oid {
        switch value {
        case .null: return 0
        case .integer(let number):
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
            return PostgreSQLType.int8
        case .text(let text):
            bytes.append(contentsOf: text.utf8)
            return PostgreSQLType.text
        case .blob(let blob):
            bytes.append(contentsOf: blob)
            return PostgreSQLType.bytea
        }
    }
}

/// Numbers of types that never change.
enum PostgreSQLType {
    static let bool: Oid = 16
    static let bytea: Oid = 17
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let void: Oid = 2278
}
