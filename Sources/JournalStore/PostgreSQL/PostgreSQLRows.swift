import Bridge
import CPostgreSQL

/// Values from PostgreSQL, in binary.
enum PostgreSQLRows {
    static func read(_ result: OpaquePointer) throws -> [SQLRow] {
        let width = PQnfields(result)
        var names: [String: Int] = [:]
        for column in 0..<width { names[String(cString: PQfname(result, column))] = Int(column) }
        return try (0..<PQntuples(result)).map { row in
            SQLRow(columns: names, values: try (0..<width).map { try value(result, row, $0) })
        }
    }

    private static func value(_ result: OpaquePointer, _ row: Int32, _ column: Int32) throws -> SQLValue {
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
        switch PQftype(result, column) {
        case PostgreSQLType.int8, PostgreSQLType.int4, PostgreSQLType.int2, PostgreSQLType.bool:
            // Big-endian; the first byte has the sign.
            let sign: Int64 = bytes.count > 1 && bytes[0] & 0x80 != 0 ? -1 : 0
            return .integer(bytes.reduce(sign) { $0 << 8 | Int64($1) })
        case PostgreSQLType.text: return .text(String(decoding: bytes, as: UTF8.self))
        case PostgreSQLType.bytea: return .blob(Array(bytes))
        case PostgreSQLType.void: return .null
        default: throw JournalUnavailable("PostgreSQL answered with a type that the journal does not use")
        }
    }
}
