import ArgumentParser
import Bridge
import BuddySandbox
import Foundation
import Logging

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Shows the whole way, on this machine alone: no account, no configuration, no network.")

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("buddy-bridge-demo-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await Demo(folder: folder).run()
    }
}
