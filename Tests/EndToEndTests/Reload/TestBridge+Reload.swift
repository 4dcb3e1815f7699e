import Foundation
import Glibc
import TestSupport
import Testing

extension TestBridge {
    /// How a file gets new contents.
    enum Way: CaseIterable, Sendable {
        /// Written where it lies.
        case write
        /// Another one of the same name, as editors do.
        case rename
        /// A link through a folder that is swapped, as Kubernetes does with a ConfigMap.
        case configMap
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// What stands in the configuration's file.
    var text: String { get throws { try String(contentsOfFile: path("bridge.yaml"), encoding: .utf8) } }

    /// Writes the configuration's file with something else in one place.
    func change(_ old: String, to new: String, _ way: Way = .rename) throws {
        let before = try text
        #expect(before.contains(old))
        try replace(with: before.replacing(old, with: new), way)
    }

    func replace(with text: String, _ way: Way = .rename) throws {
        switch way {
        case .write: try text.write(toFile: path("bridge.yaml"), atomically: false, encoding: .utf8)
        case .rename: try text.write(toFile: path("bridge.yaml"), atomically: true, encoding: .utf8)
        case .configMap:
            let version = "..\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: path(version), withIntermediateDirectories: true)
            try text.write(toFile: path(version + "/bridge.yaml"), atomically: false, encoding: .utf8)
            try link("..data", to: version)
            // The file itself stays the same link.
            if (try? FileManager.default.destinationOfSymbolicLink(atPath: path("bridge.yaml"))) == nil {
                try link("bridge.yaml", to: "..data/bridge.yaml")
            }
        }
    }

    /// Puts a link where something else may be, at once.
    private func link(_ name: String, to destination: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path("..new"), withDestinationPath: destination)
        #expect(rename(path("..new"), path(name)) == 0)
    }

    /// Until so many reloads were good; the test's time limit is the bound.
    func reloaded(_ count: Int = 1) async throws { try await logged("The configuration was reloaded", count) }

    /// Until so many were refused.
    func refused(_ count: Int = 1) async throws { try await logged("the old rules stay in force", count) }

    private func logged(_ text: String, _ count: Int) async throws {
        while canary.lines(with: text).count < count { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// What the admin port tells of the configuration.
    func shown() async throws -> JSONValue { try #require(try await admin("GET", "/api/config").json) }

    /// What strangers are told.
    func notes() async throws -> JSONValue {
        let answer = try await Web.request("GET", "http://127.0.0.1:\(port)/health/ready")
        #expect(answer.status == 200)
        #expect(answer.json?.status == "ok")
        return try #require(answer.json).notes
    }

    /// What comes of a push that was not there before.
    func push(
        numbered number: Int, _ ref: String = "refs/heads/master"
    ) async throws -> JSONValue {
        try #require(try await post(sign(Self.push(number, ref: ref))).json)
    }
}
