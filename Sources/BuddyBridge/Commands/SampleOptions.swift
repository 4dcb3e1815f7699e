import ArgumentParser
import Bridge
import Foundation

/// A webhook or a command to try out.
struct SampleOptions: ParsableArguments {
    @Option(help: "The source that it is for.")
    var source: String?

    @Option(help: "The event's name, for a webhook.")
    var event: String?

    @Option(help: "The file with the payload; - for standard input.")
    var payload: String?

    @Option(help: "The text of a chat command, with the command: \"/deploy web\".")
    var text: String?

    @Option(help: "The id of the user who types it.")
    var user: String?

    @Option(help: "The id of the channel where it is typed.")
    var channel: String?

    @Option(name: .customLong("header"), help: "A header, 'Name: value'; may be repeated.")
    var headers: [String] = []

    @Option(help: "When it is received, as 2026-11-27T18:30:00+01:00: for routes with 'windows' (default: now).")
    var at: String?

    func sample() throws -> Sample {
        var fields = Headers()
        for header in headers {
            let parts = header.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2 else {
                throw CommandFailure.wrongUse("--header takes 'Name: value', not '\(header)'")
            }
            fields.add(parts[0], parts[1])
        }
        return Sample(
            event: event, payload: try payload.map(read), text: text, user: user, channel: channel, headers: fields,
            at: try at.map(time))
    }

    private func time(_ text: String) throws -> Date {
        guard let time = Timestamp.date(text) else {
            throw CommandFailure.wrongUse("--at is a time like 2026-11-27T18:30:00+01:00, not '\(text)'")
        }
        return time
    }

    private func read(_ path: String) throws -> [UInt8] {
        if path == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure.wrongUse("the file \(path) cannot be read")
        }
        return Array(data)
    }
}
