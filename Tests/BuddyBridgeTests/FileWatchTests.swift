import Foundation
import Signatures
import Testing

@testable import BuddyBridge

@Suite("Noticing that files have changed")
struct FileWatchTests {
    private let folder: ConfigFolder
    private let watch = FileWatch()
    private let file: String

    init() throws {
        folder = try ConfigFolder()
        file = folder.path + "/bridge.yaml"
        try folder.write("one".utf8)
    }

    private var looks: [Bool] { (1...4).map { _ in watch.hasSettledAnew([file]) } }

    /// The file again, as another one of the same name.
    private func replace(_ text: String) throws {
        try Data(text.utf8).write(to: folder.url.appendingPathComponent("bridge.yaml"), options: .atomic)
    }

    @Test("A state is told once, when it has been seen twice")
    func settled() throws {
        #expect(looks == [false, true, false, false])
        try replace("two")
        #expect(looks == [false, true, false, false])
    }

    @Test("What is written all the time is not told until it rests")
    func busy() throws {
        _ = looks
        for number in 1...5 {
            try folder.write(String(repeating: "x", count: number).utf8)
            #expect(!watch.hasSettledAnew([file]))
        }
        #expect(watch.hasSettledAnew([file]))
    }

    @Test("What is gone for a moment is not told; what stays away is, and its return too")
    func gone() throws {
        _ = looks
        let aside = folder.path + "/aside"
        try FileManager.default.moveItem(atPath: file, toPath: aside)
        #expect(!watch.hasSettledAnew([file]))
        try FileManager.default.moveItem(atPath: aside, toPath: file)
        // Moving changes its change time, but not what it is: one look that differs, then what it is.
        #expect(!watch.hasSettledAnew([file]))
        _ = looks
        try FileManager.default.removeItem(atPath: file)
        #expect(looks == [false, true, false, false])
        try folder.write("one".utf8)
        #expect(looks == [false, true, false, false])
    }

    @Test("The same text in another file is another state, but not other contents")
    func same() throws {
        _ = looks
        let before = FileWatch.contents(of: [file])
        try replace("one")
        #expect(looks == [false, true, false, false])
        #expect(FileWatch.contents(of: [file]) == before)
        #expect(before == [file: Fingerprint.sha256("one".utf8)])
        try replace("two")
        #expect(FileWatch.contents(of: [file]) != before)
        #expect(FileWatch.contents(of: [file + "-none"]) == [file + "-none": FilesRead.nothing])
    }

    @Test("A link on the way that leads elsewhere is a change")
    func link() throws {
        let manager = FileManager.default
        for (name, text) in [("v1", "one"), ("v2", "two")] {
            try manager.createDirectory(atPath: folder.path + "/\(name)", withIntermediateDirectories: true)
            try folder.write(text.utf8, to: "\(name)/rules")
        }
        let data = folder.path + "/..data"
        try manager.createSymbolicLink(atPath: data, withDestinationPath: "v1")
        let watched = folder.path + "/rules"
        try manager.createSymbolicLink(atPath: watched, withDestinationPath: "..data/rules")
        #expect((1...2).map { _ in watch.hasSettledAnew([watched]) } == [false, true])
        try manager.removeItem(atPath: data)
        try manager.createSymbolicLink(atPath: data, withDestinationPath: "v2")
        #expect((1...2).map { _ in watch.hasSettledAnew([watched]) } == [false, true])
    }
}
