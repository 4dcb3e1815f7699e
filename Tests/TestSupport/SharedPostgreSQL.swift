/// One server for all tests of a process; each makes a database of its own.
package actor SharedPostgreSQL {
    private static let shared = SharedPostgreSQL()

    private var starting: Task<PostgreSQLServer, any Error>?

    package static func server() async throws -> PostgreSQLServer { try await shared.server() }

    private func server() async throws -> PostgreSQLServer {
        if let starting { return try await starting.value }
        let task = Task { try await PostgreSQLServer.start() }
        starting = task
        return try await task.value
    }
}
