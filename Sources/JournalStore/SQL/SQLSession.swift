import Bridge
import FoundationEssentials

/// One connection to a database, used by one thread at a time. All statements are the same for every engine: SQL that
/// SQLite 3.35 and PostgreSQL 12 both know, with `$1`, `$2` … for values.
package protocol SQLSession {
    /// The rows that a statement gives.
    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow]

    /// Runs a statement, and returns how many rows it changed.
    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int

    /// Does the work in a transaction; an error takes all of it back.
    func transaction(_ work: () throws -> Void) throws

    /// Does the work within a transaction; an error takes back the work alone, unless it has ended the transaction.
    func savepoint(_ work: () throws -> Void) throws

    /// What the engine does otherwise.
    var dialect: SQLDialect { get }
}

/// What engines write differently.
package struct SQLDialect: Sendable {
    /// Behind a SELECT: keeps others from changing its rows until the transaction ends. Nothing where there is one
    /// writer only.
    package var lockingRows = ""
    /// The same, passing over rows that others have locked.
    package var passingOverLocked = ""
    /// Tells other processes of a message, once the transaction is committed.
    package var notify: String?
    /// Waits until nobody else's transaction holds that text.
    package var lockText: String?
    /// The database's own time, in milliseconds since 1970. Nil where it is that of this machine.
    package var time: String?
}

/// Somebody else's transaction was in the way: the same work, done again, can succeed.
struct SQLConflict: Error, CustomStringConvertible {
    var reason: String

    var description: String { "others were in the way: \(reason)" }
}

extension SQLSession {
    func rows(_ sql: String) throws -> [SQLRow] { try rows(sql, []) }

    func first(_ sql: String, _ arguments: [SQLValue] = []) throws -> SQLRow? { try rows(sql, arguments).first }

    /// The database's own time. Nil where it is that of this machine.
    func time() throws -> Date? {
        guard let time = dialect.time else { return nil }
        return try first(time)?.value("now")
    }

    /// Tells other processes that share the journal.
    func notify(_ news: JournalNews) throws {
        if let notify = dialect.notify { _ = try rows(notify, [.text(news.message)]) }
    }

    /// Keeps other processes from deciding about the same thing until this transaction ends.
    func lock(_ text: String) throws {
        if let lockText = dialect.lockText { _ = try rows(lockText, [.text(text)]) }
    }
}
