import Bridge
import Foundation
import GRDB

/// A connection of GRDB's as the journal's statements use it.
struct SQLiteSession: SQLSession {
    let db: Database

    /// There is one writer: nobody else can be in the way, and nobody else is told.
    let dialect = SQLDialect()

    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow] {
        let statement = try db.cachedStatement(sql: sql)
        let names = Dictionary(statement.columnNames.enumerated().map { ($1, $0) }) { first, _ in first }
        let width = statement.columnNames.count
        var rows: [SQLRow] = []
        let cursor = try Row.fetchCursor(statement, arguments: bindings(arguments))
        while let row = try cursor.next() {
            rows.append(SQLRow(columns: names, values: (0..<width).map { SQLValue(row[$0] as DatabaseValue) }))
        }
        return rows
    }

    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try db.cachedStatement(sql: sql).execute(arguments: bindings(arguments))
        return db.changesCount
    }

    func transaction(_ work: () throws -> Void) throws {
        try db.inTransaction(.immediate) {
            try work()
            return .commit
        }
    }

    func savepoint(_ work: () throws -> Void) throws {
        do {
            try db.inSavepoint {
                try work()
                return .commit
            }
        } catch {
            // SQLite ends the whole transaction itself when the disk is full or broken.
            throw db.isInsideTransaction ? error : TransactionEnded(reason: error)
        }
    }

    /// `$1` is a parameter with the name 1 to SQLite.
    private func bindings(_ arguments: [SQLValue]) -> StatementArguments {
        var named: [String: DatabaseValue] = [:]
        for (position, argument) in arguments.enumerated() { named["\(position + 1)"] = argument.databaseValue }
        return StatementArguments(named)
    }
}

extension JournalUnavailable {
    /// An error of SQLite's (https://www.sqlite.org/rescode.html), or any other.
    init(sqlite error: any Error) {
        guard let failure = error as? DatabaseError else {
            self.init(error)
            return
        }
        let cause: Cause =
            switch failure.resultCode {
            case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CORRUPT: .disk
            case .SQLITE_BUSY, .SQLITE_LOCKED: .locked
            default: .unknown
            }
        self.init("\(failure)", cause: cause)
    }
}

extension SQLValue {
    fileprivate init(_ value: DatabaseValue) {
        switch value.storage {
        case .int64(let number): self = .integer(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .blob(Array(data))
        case .null, .double: self = .null
        }
    }

    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
    }
}
