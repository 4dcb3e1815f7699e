import CPostgreSQL
import Glibc

/// Where a database is: `postgres://user:password@host:port/name?…`, or `keyword=value` pairs
/// (https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING). It may hold a password: never printed.
package struct PostgreSQLAddress: Sendable, CustomStringConvertible, CustomReflectable {
    private let text: String

    /// Nil for a text that libpq does not understand.
    package init?(_ text: String) {
        guard let options = PQconninfoParse(text, nil) else { return nil }
        PQconninfoFree(options)
        self.text = text
    }

    package var description: String { "<a PostgreSQL database>" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// Connects. Nil when there is no memory; else to be asked whether it is connected.
    func connect() -> OpaquePointer? {
        // The address may say these otherwise: later words win.
        let before = [
            ("application_name", "buddy-bridge"), ("connect_timeout", "5"), ("keepalives_idle", "10"),
            ("keepalives_interval", "5"), ("keepalives_count", "3"), ("tcp_user_timeout", "20000"),
        ]
        let after = [("client_encoding", "UTF8"), ("target_session_attrs", "read-write")]
        let words = before + [("dbname", text)] + after
        let keys = words.map { strdup($0.0) } + [nil]
        let values = words.map { strdup($0.1) } + [nil]
        defer { for pointer in keys + values { free(pointer) } }
        return keys.map { UnsafePointer($0) }.withUnsafeBufferPointer { keys in
            values.map { UnsafePointer($0) }.withUnsafeBufferPointer { values in
                PQconnectdbParams(keys.baseAddress, values.baseAddress, 1)
            }
        }
    }
}
