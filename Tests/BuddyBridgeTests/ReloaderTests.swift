import Bridge
import Dispatch
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing
import UnixSignals

@testable import BuddyBridge

@Suite("Reloading", .timeLimit(.minutes(2)))
struct ReloaderTests {
    private static func yaml(_ route: String = "release", chat: String = "") -> String {
        var variant = Variant("", 8, "  - name: \(route)")
        if chat != "" {
            variant.lines[3] = "  github: {provider: github, secrets: [env:GITHUB_SECRET]}\n  \(chat)"
        }
        return variant.yaml
    }

    private static func rules(_ configuration: Configuration) -> RulesInForce {
        let journal = MemoryJournal()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return RulesInForce(configuration) { configuration in
            Intake(
                rules: configuration.ruleBook(),
                desk: DeliveryDesk(
                    journal: journal, clock: JournalClock(), completions: Completions(), bell: Bell()),
                rejections: RejectionDesk(journal: journal, logger: logger), logger: logger)
        }
    }

    @Test("Signals that come while one is at work are one more reload, never beside it")
    func serial() async throws {
        let folder = try ConfigFolder()
        try folder.write(Self.yaml().utf8)
        let configuration = try #require(folder.load().configuration)
        let loads = Mutex((running: 0, most: 0, all: 0))
        let (began, release) = (AsyncStream.makeStream(of: Void.self), DispatchSemaphore(value: 0))
        let reloader = Reloader(
            Self.rules(configuration),
            load: {
                loads.withLock { loads in
                    loads.running += 1
                    loads.all += 1
                    loads.most = max(loads.most, loads.running)
                }
                began.continuation.yield()
                release.wait()
                loads.withLock { $0.running -= 1 }
                return (configuration, [])
            }, failedTests: { _ in [] }, logger: Canary().logger)
        let signals = AsyncStream.makeStream(of: UnixSignal.self)
        let service = ReloadService(reloader, interval: .milliseconds(1), hangUps: signals.stream)
        let task = Task { try await service.run() }
        var beginnings = began.stream.makeAsyncIterator()
        signals.continuation.yield(.sighup)
        await beginnings.next()
        for _ in 1...5 { signals.continuation.yield(.sighup) }
        release.signal()
        await beginnings.next()
        release.signal()
        // Nothing more comes: many looks later there were two.
        try await Task.sleep(for: .milliseconds(100))
        task.cancel()
        try await task.value
        #expect(loads.withLock { $0.all } == 2)
        #expect(loads.withLock { $0.most } == 1)
    }

    @Test("What is refused once is not loaded again until it changes")
    func refusedOnce() throws {
        let folder = try ConfigFolder()
        try folder.write(Self.yaml().utf8)
        let rules = Self.rules(try #require(folder.load().configuration))
        let canary = Canary()
        let reloader = Reloader(
            rules,
            load: { try ConfigLoader.load(folder.path + "/bridge.yaml", environment: ConfigFolder.environment) },
            failedTests: { _ in [] }, logger: canary.logger)
        reloader.reloadIfNew()
        #expect(rules.lastReload == nil)
        try folder.write("nonsense: true".utf8)
        for _ in 1...3 { reloader.reloadIfNew() }
        #expect(canary.lines(with: "the old rules stay in force").count == 1)
        #expect(rules.lastReload?.last == .refused)
        #expect(rules.current.rules.planner.router.routes[0].name == "release")
        // Back to what was in force, which is no longer refused then.
        try folder.write(Self.yaml().utf8)
        for _ in 1...3 { reloader.reloadIfNew() }
        #expect(rules.lastReload?.last == .applied)
        #expect(rules.notes == [:])
        #expect(canary.lines(with: "The configuration was reloaded").count == 1)
    }

    @Test("A file that a refused one takes a secret from is looked at too")
    func missingSecret() throws {
        let folder = try ConfigFolder()
        try folder.write(Self.yaml().utf8)
        let rules = Self.rules(try #require(folder.load().configuration))
        let reloader = Reloader(
            rules,
            load: { try ConfigLoader.load(folder.path + "/bridge.yaml", environment: ConfigFolder.environment) },
            failedTests: { _ in [] }, logger: Canary().logger)
        try folder.write(Self.yaml("other").replacing("env:GITHUB_SECRET", with: "file:secret").utf8)
        reloader.reloadIfNew()
        #expect(rules.lastReload?.errors.count == 1)
        try folder.write(Canary.github.utf8, to: "secret")
        reloader.reloadIfNew()
        #expect(rules.lastReload?.last == .applied)
        #expect(rules.current.rules.planner.router.routes[0].name == "other")
    }

    @Test("Keys that were fetched stay known to the sources with the same address")
    func publishedKeys() throws {
        func load(_ chat: String) throws -> Configuration {
            let loaded = try Loaded(Self.yaml(chat: chat))
            return try #require(loaded.configuration, "\(loaded.messages)")
        }
        func chat(_ name: String, _ url: String) -> String {
            "\(name): {provider: googlechat, audience: '1234567890', keys: 'https://\(url)'}"
        }
        func keys(_ rules: RulesInForce) -> [PublishedKeys] {
            rules.current.rules.sources.values.sorted { $0.name < $1.name }.compactMap(\.credentials.published)
        }
        let rules = Self.rules(try load(chat("a", "one") + "\n  " + chat("b", "one")))
        let before = keys(rules)
        #expect(before.count == 2 && before[0] === before[1])
        _ = rules.replace(with: try load(chat("a", "two") + "\n  " + chat("c", "one")))
        let after = keys(rules)
        #expect(after.count == 2 && after[0] !== before[0] && after[1] === before[0])
    }
}
