import Bridge
import FoundationEssentials

/// A value as every engine keeps it. There are no booleans: flags are 0 and 1.
package enum SQLValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    init(_ value: Int64?) { self = value.map { .integer($0) } ?? .null }

    init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }

    init(_ value: Bool) { self = .integer(value ? 1 : 0) }

    init(_ value: String?) { self = value.map { .text($0) } ?? .null }

    /// Milliseconds since 1970.
    init(_ value: Date?) { self = value.map { .integer($0.milliseconds) } ?? .null }
}

/// One row of an answer.
package struct SQLRow: Sendable {
    private let columns: [String: Int]
    private let values: [SQLValue]

    /// - Parameter columns: the position of each name; shared by all rows of an answer.
    init(columns: [String: Int], values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// The column's value, or nil where it is null.
    ///
    /// - Throws: ``JournalUnavailable`` when there is no such column, or it holds something else.
    func optional<Value: SQLReadable>(_ name: String, as: Value.Type = Value.self) throws -> Value? {
        guard let position = columns[name] else { throw JournalUnavailable("the journal has no column '\(name)'") }
        if case .null = values[position] { return nil }
        guard let value = Value(values[position]) else {
            throw JournalUnavailable("the journal's column '\(name)' holds something else than expected")
        }
        return value
    }

    /// The value of a column that is never null.
    ///
    /// - Throws: ``JournalUnavailable``.
    func value<Value: SQLReadable>(_ name: String, as: Value.Type = Value.self) throws -> Value {
        guard let value: Value = try optional(name) else {
            throw JournalUnavailable("the journal's column '\(name)' is empty")
        }
        return value
    }

    /// Whether the answer has such a column: lists leave large ones out.
    func has(_ name: String) -> Bool { columns[name] != nil }
}

/// What a column can be read as.
protocol SQLReadable {
    init?(_ value: SQLValue)
}

extension Int64: SQLReadable {
    init?(_ value: SQLValue) {
        guard case .integer(let number) = value else { return nil }
        self = number
    }
}

extension Int: SQLReadable {
    init?(_ value: SQLValue) {
        guard case .integer(let number) = value else { return nil }
        self.init(exactly: number)
    }
}

extension Bool: SQLReadable {
    init?(_ value: SQLValue) {
        guard case .integer(let number) = value else { return nil }
        self = number != 0
    }
}

extension String: SQLReadable {
    init?(_ value: SQLValue) {
        guard case .text(let text) = value else { return nil }
        self = text
    }
}

extension [UInt8]: SQLReadable {
    init?(_ value: SQLValue) {
        guard case .blob(let bytes) = value else { return nil }
        self = bytes
    }
}

extension Date: SQLReadable {
    /// Milliseconds since 1970.
    init?(_ value: SQLValue) {
        guard case .integer(let number) = value else { return nil }
        self.init(timeIntervalSince1970: Double(number) / 1000)
    }

    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }
}
