import Bridge
import Foundation
import JournalStore
import Signatures

extension Configuration {
    /// Opens the journal for the service: makes the file, or the tables, where there are none yet.
    ///
    /// - Throws: ``JournalUnavailable``.
    func openJournal() throws -> any SQLJournal {
        switch journal {
        case .sqlite(let path):
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            return try SQLiteJournal(path: path, pauseAfterLostPatch: dispatch.firstRetry)
        case .postgreSQL(let reference): return try PostgreSQLJournal(try address(reference))
        }
    }

    /// Opens it beside a process that may be serving it.
    ///
    /// - Throws: ``JournalUnavailable``.
    func openJournalForReading() throws -> any SQLJournal {
        switch journal {
        case .sqlite(let path): try SQLiteJournal(reading: path)
        case .postgreSQL(let reference): try PostgreSQLJournal(reading: try address(reference))
        }
    }

    private func address(_ reference: SecretReference) throws -> PostgreSQLAddress {
        let text: Secret
        do {
            text = try secrets.read(reference)
        } catch {
            throw JournalUnavailable("the address of the journal: \(error.message)")
        }
        guard let address = PostgreSQLAddress(text) else {
            throw JournalUnavailable(PostgreSQLAddress.explanation(reference))
        }
        return address
    }
}

extension PostgreSQLAddress {
    /// Nil for what is no address. A bare name would be a database on whatever server libpq finds.
    init?(_ secret: Secret) {
        let text = secret.exposedText
        guard text.contains("://") || text.contains("=") else { return nil }
        self.init(text)
    }

    /// The text itself is not repeated: there may be a password in it.
    static func explanation(_ reference: SecretReference) -> String {
        "\(reference) holds no address like postgres://user:password@host/database"
    }
}
