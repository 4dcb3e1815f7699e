import Bridge
import Foundation
import JournalStore
import TestSupport
import Testing

typealias TestedJournal = Journal & JournalHealth & RunHistory & VerificationJournal & SenderIDs

/// The journals that must all behave alike.
enum JournalKind: Sendable {
    /// What the others are held against.
    case memory
    case sqlite, postgreSQL

    static let allCases: [JournalKind] =
        PostgreSQLServer.programs == nil ? [.memory, .sqlite] : [.memory, .sqlite, .postgreSQL]

    /// Runs `body` with an empty journal.
    func run(_ body: (any TestedJournal) async throws -> Void) async throws {
        switch self {
        case .memory: try await body(MemoryJournal())
        case .sqlite:
            let folder = try TemporaryFolder()
            let journal = try SQLiteJournal(path: folder.path("journal.sqlite"))
            try await body(journal)
            try journal.close()
        case .postgreSQL:
            let address = try #require(PostgreSQLAddress(try await SharedPostgreSQL.server().database()))
            let journal = try PostgreSQLJournal(address)
            try await body(journal)
            journal.close()
        }
    }
}

/// What every journal must do. Its parts are nested suites, a file each.
@Suite("A journal", .timeLimit(.minutes(2)))
struct JournalConformanceTests {}

final class TemporaryFolder: Sendable {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("journal-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}
