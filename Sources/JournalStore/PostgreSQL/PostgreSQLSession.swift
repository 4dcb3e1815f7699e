import Bridge
import CPostgreSQL
import Synchronization

/// One connection of libpq's. It is used by one thread at a time: ``PostgreSQLConnection`` sees to that.
final class PostgreSQLSession: SQLSession, Sendable {
    // Never changed, and what it points to is libpq's own.
    private nonisolated(unsafe) let connection: OpaquePointer
    private let isLeftBehind = Atomic(false)

    /// Messages of ``SharedJournal/listen(_:)``.
    static let channel = "buddy_bridge"

    let dialect = SQLDialect(
        // Not FOR UPDATE, which rows that refer to these would wait for.
        lockingRows: "FOR NO KEY UPDATE", passingOverLocked: "FOR NO KEY UPDATE SKIP LOCKED",
        notify: "SELECT pg_notify('\(channel)', $1)",
        lockText: "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        time: "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now")

    /// Connects, and sees to it that a commit is one. Blocks for some seconds at most.
    ///
    /// - Throws: ``JournalUnavailable``, without the address, which may hold a password.
    init(_ address: PostgreSQLAddress, isReadOnly: Bool = false) throws {
        guard let connection = address.connect() else { throw JournalUnavailable("libpq is out of memory") }
        self.connection = connection
        guard PQstatus(connection) == CONNECTION_OK else { throw unreachable }
        try script(
            """
            SET statement_timeout = '15s'; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '30s';
            SET default_transaction_isolation = 'read committed';
            SELECT set_config('synchronous_commit', 'on', false)
                WHERE current_setting('synchronous_commit') IN ('off', 'local');
            SET default_transaction_read_only = \(isReadOnly ? "on" : "off");
            """)
        let row = try first("SELECT current_setting('server_encoding') AS encoding")
        guard try row?.value("encoding") == "UTF8" else {
            throw JournalUnavailable("the PostgreSQL database must have the encoding UTF8")
        }
    }

    deinit { PQfinish(connection) }

    /// Whether it has been lost, or must be given up: a server that is being left behind takes no writes any more.
    var isLost: Bool { isLeftBehind.load(ordering: .relaxed) || PQstatus(connection) != CONNECTION_OK }

    var socket: Int32 { PQsocket(connection) }

    /// What others have told, as far as it has arrived.
    func notifications() throws -> [String] {
        guard PQconsumeInput(connection) == 1 else { throw unreachable }
        var all: [String] = []
        while let notification = PQnotifies(connection) {
            all.append(String(cString: notification.pointee.extra))
            PQfreemem(notification)
        }
        return all
    }

    // MARK: Statements

    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow] {
        let result = try run(sql, arguments)
        defer { PQclear(result) }
        return try PostgreSQLRows.read(result)
    }

    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        let result = try run(sql, arguments)
        defer { PQclear(result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// Statements without values, several of them.
    func script(_ sql: String) throws { PQclear(try checked(PQexec(connection, sql))) }

    func transaction(_ work: () throws -> Void) throws {
        do {
            try script("BEGIN")
        } catch  where isLost {
            throw NothingBegun(reason: error)
        }
        do {
            try work()
        } catch {
            if !isLost { try? script("ROLLBACK") }
            throw error
        }
        let result = try checked(PQexec(connection, "COMMIT"))
        defer { PQclear(result) }
        // A transaction that has failed is rolled back by its COMMIT.
        guard String(cString: PQcmdStatus(result)) == "COMMIT" else {
            throw JournalUnavailable("PostgreSQL took the transaction back")
        }
    }

    func savepoint(_ work: () throws -> Void) throws {
        try script("SAVEPOINT entry")
        do {
            try work()
            try script("RELEASE entry")
        } catch {
            do {
                try script("ROLLBACK TO entry; RELEASE entry")
            } catch {
                throw TransactionEnded(reason: error)
            }
            throw error
        }
    }

    private func run(_ sql: String, _ arguments: [SQLValue]) throws -> OpaquePointer {
        try PostgreSQLParameters.with(arguments) { count, types, values, lengths, formats in
            // Answers in binary.
            try checked(PQexecParams(connection, sql, count, types, values, lengths, formats, 1))
        }
    }

    private func checked(_ result: OpaquePointer?) throws -> OpaquePointer {
        guard let result else { throw unreachable }
        let status = PQresultStatus(result)
        if status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK { return result }
        defer { PQclear(result) }
        let code = cpostgresql_sqlstate(result).map { String(cString: $0) } ?? ""
        let message = cpostgresql_message(result).map { String(cString: $0) } ?? lastError
        // Serialization failure, deadlock, lock timeout: https://www.postgresql.org/docs/15/errcodes-appendix.html
        if ["40001", "40P01", "55P03"].contains(code) { throw SQLConflict(reason: message) }
        // The server has become a standby: another one takes writes now.
        if code == "25006" { isLeftBehind.store(true, ordering: .relaxed) }
        // disk_full, and all that has to do with a connection.
        let cause: JournalUnavailable.Cause = code == "53100" ? .disk : isLost ? .unreachable : .unknown
        throw JournalUnavailable("PostgreSQL: \(message)", cause: cause)
    }

    private var unreachable: JournalUnavailable {
        JournalUnavailable("PostgreSQL: \(lastError)", cause: .unreachable)
    }

    private var lastError: String {
        String(cString: PQerrorMessage(connection)).split(separator: "\n").joined(separator: " ")
    }
}

/// The connection was lost before anything was asked of it.
struct NothingBegun: Error {
    var reason: any Error
}
