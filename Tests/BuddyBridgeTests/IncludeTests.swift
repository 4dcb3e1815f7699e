import Bridge
import Foundation
import Signatures
import TestSupport
import Testing

@testable import BuddyBridge

@Suite("Files that a configuration includes")
struct IncludeTests {
    static let main = """
        include: [routes/web.yaml, routes/shop.yaml]
        buddy: {token: env:BUDDY_TOKEN}
        sources:
          github: {provider: github, secrets: [env:GITHUB_SECRET]}
        routes:
          - name: first
            source: github
            when: {event: ping}
            run: {domain: acme, project: web, pipeline: "{{ repository.path | map: shops }}"}

        """
    static let web = """
        routes:
          - {name: web, source: hooks, when: {branch: {in: shops}}, run: {domain: acme, project: web, pipeline: 1}}
          - name: chat
            source: slack
            allow: {groups: admins}
            run: {domain: acme, project: web, pipeline: 2}

        """
    static let shop = """
        sources:
          hooks: {provider: github, secrets: [env:HMAC_SECRET]}
          slack: {provider: slack, secrets: [file:slack.secret]}
        groups: {admins: [U1]}
        maps: {shops: {acme/web: 41}}
        routes:
          - {name: shop, source: github, when: {event: push}, run: {domain: acme, project: shop, pipeline: 3}}

        """

    /// The three files, some of them with another text.
    static func folder(main: String = main, web: String = web, shop: String = shop) throws -> ConfigFolder {
        let folder = try ConfigFolder()
        try folder.write(main.utf8)
        try folder.write(web.utf8, to: "routes/web.yaml")
        try folder.write(shop.utf8, to: "routes/shop.yaml")
        try folder.write(Canary.slack.utf8, to: "slack.secret")
        return folder
    }

    @Test("They are one configuration: references go either way, routes come in the order of the list")
    func together() throws {
        let folder = try Self.folder()
        let loaded = folder.load()
        #expect(loaded.messages == [])
        let configuration = try #require(loaded.configuration)
        #expect(configuration.routes.map(\.name) == ["first", "web", "chat", "shop"])
        #expect(configuration.sources.map(\.name) == ["github", "hooks", "slack"])
    }

    @Test("A secret's relative path is relative to the main file's folder")
    func secrets() throws {
        let folder = try Self.folder()
        let slack = try #require(folder.load().configuration?.sources.last)
        #expect(slack.credentials.secrets.map(\.exposedText) == [Canary.slack])
    }

    @Test("The files are told, absolute, and one hash over what they hold")
    func version() throws {
        let folder = try Self.folder()
        let configuration = try #require(folder.load().configuration)
        #expect(
            configuration.files
                == ["bridge.yaml", "routes/web.yaml", "routes/shop.yaml"].map { folder.path + "/" + $0 })
        #expect(configuration.version == Fingerprint.sha256(Array((Self.main + Self.web + Self.shop).utf8)))
        try folder.write((Self.shop + "# changed\n").utf8, to: "routes/shop.yaml")
        #expect(folder.load().configuration?.version != configuration.version)
    }

    @Test("What is wrong with them is told at its place, file by file")
    func places() throws {
        let folder = try Self.folder(
            main: Self.main.replacingOccurrences(of: "event: ping", with: "evnt: ping"),
            web: Self.web.replacingOccurrences(of: "source: slack", with: "source: slak"),
            shop: "limits: {}\ninclude: []\nsource: {}\n" + Self.shop.replacingOccurrences(of: "U1", with: "~"))
        let loaded = folder.load()
        let holds = "is for the main file: a file that is included holds sources, groups, maps, routes and tests only"
        #expect(
            loaded.messages == [
                "bridge.yaml:8:12: error: unknown field 'evnt'; did you mean 'event'?",
                "routes/web.yaml:4:13: error: there is no source 'slak'; did you mean 'slack'?",
                "routes/shop.yaml:1:1: error: 'limits' \(holds)",
                "routes/shop.yaml:2:1: error: 'include' \(holds)",
                "routes/shop.yaml:3:1: error: unknown key 'source' in a file that is included; did you mean 'sources'?",
                "routes/shop.yaml:6:3: warning: no route is for the source 'slack'",
                "routes/shop.yaml:7:19: error: a member of the group 'admins' has no value",
            ])
    }

    @Test("A name is unique over all files, and the other place is told")
    func names() throws {
        let folder = try Self.folder(
            web: Self.web + """
                sources:
                  github: {provider: github, secrets: [env:GITHUB_SECRET]}
                maps: {shops: {acme/web: 41}}
                groups:
                  admins: [U2]

                """,
            shop: Self.shop.replacingOccurrences(of: "name: shop", with: "name: first"))
        #expect(
            folder.load().messages
                == [
                    "routes/web.yaml:8:3: error: there is another source 'github' in bridge.yaml:4",
                    "routes/shop.yaml:4:10: error: there is another group 'admins' in routes/web.yaml:11",
                    "routes/shop.yaml:5:8: error: there is another map 'shops' in routes/web.yaml:9",
                    "routes/shop.yaml:7:12: error: there is another route 'first' in bridge.yaml:6",
                ].map { $0.replacingOccurrences(of: folder.path + "/", with: "") })
    }

    @Test(
        "Lists that are no lists of files",
        arguments: [
            ("include: routes/web.yaml", "1:10: error: 'include' is a list of files"),
            ("include: {a: b}", "1:10: error: 'include' is a list of files"),
            ("include: [routes/none.yaml]", "1:11: error: the file 'routes/none.yaml' cannot be read"),
            ("include: [routes]", "1:11: error: the file 'routes' cannot be read"),
            (
                "include: [routes/*.yaml]",
                "1:11: error: 'include' names files one by one: 'routes/*.yaml' is no name of a file"
            ),
            (
                "include: [routes/we?.yaml]",
                "1:11: error: 'include' names files one by one: 'routes/we?.yaml' is no name of a file"
            ),
            ("include: ['']", "1:11: error: 'include' names files one by one: '' is no name of a file"),
            ("include: [~]", "1:11: error: a file of 'include' has no value"),
            ("include: [[routes/more.yaml]]", "1:11: error: a file of 'include' is a text, not a list"),
            ("include: [routes/more.yaml, routes/more.yaml]", "1:29: error: the file 'routes/more.yaml' is here twice"),
            (
                "include: [routes/more.yaml, ./routes/../routes/more.yaml]",
                "1:29: error: the file './routes/../routes/more.yaml' is here twice"
            ),
            ("include: [routes/more.yaml, linked.yaml]", "1:29: error: the file 'linked.yaml' is here twice"),
            ("include: [bridge.yaml]", "1:11: error: the file 'bridge.yaml' is here twice"),
        ])
    func lists(_ include: String, _ message: String) throws {
        let folder = try ConfigFolder()
        try folder.write((include + "\n" + Variant.base.joined(separator: "\n")).utf8)
        try folder.write("maps: {}\n".utf8, to: "routes/more.yaml")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/linked.yaml", withDestinationPath: "routes/more.yaml")
        #expect(folder.load().messages == ["bridge.yaml:" + message])
    }

    @Test("At most 100 files", arguments: [100, 101])
    func most(_ count: Int) throws {
        let folder = try ConfigFolder()
        let names = (1...count).map { "part\($0).yaml" }
        for name in names { try folder.write("groups: {\(name.dropLast(5)): [U1]}\n".utf8, to: name) }
        try folder.write(("include: [\(names.joined(separator: ", "))]\n" + Variant.base.joined(separator: "\n")).utf8)
        let errors = folder.load().messages.filter { $0.contains(": error: ") }
        #expect(errors == (count == 100 ? [] : ["bridge.yaml:1:10: error: 'include' names more than 100 files"]))
    }

    @Test(
        "Included files that are none",
        arguments: [
            ("", ": error: the file is empty"), ("just text", ":1:1: error: the file is a map, not a text"),
            ("- a\n", ":1:1: error: the file is a map, not a list"),
            ("maps: [a\n", ":2:1: error: not YAML: did not find expected ',' or ']'"),
            ("maps: {a: &one {x: y}}\n", ":1:11: error: YAML anchors and aliases are not taken here: write it out"),
        ])
    func files(_ text: String, _ message: String) throws {
        let folder = try ConfigFolder()
        try folder.write(("include: [more.yaml]\n" + Variant.base.joined(separator: "\n")).utf8)
        try folder.write(text.utf8, to: "more.yaml")
        #expect(folder.load().messages == ["more.yaml" + message])
    }

    @Test("An included file that is not UTF-8, or larger than 1 MiB")
    func bytes() throws {
        let folder = try ConfigFolder()
        try folder.write(("include: [more.yaml]\n" + Variant.base.joined(separator: "\n")).utf8)
        try folder.write([0xE9], to: "more.yaml")
        #expect(folder.load().messages == ["more.yaml: error: the file is not UTF-8"])
        let hash = UInt8(ascii: "#")
        try folder.write([UInt8](repeating: hash, count: (1 << 20) + 1), to: "more.yaml")
        #expect(folder.load().messages == ["more.yaml: error: the file is larger than 1 MiB"])
    }

    @Test("All of the sources and routes may be in included files, but there must be some")
    func elsewhere() throws {
        let folder = try ConfigFolder()
        try folder.write("buddy: {token: env:BUDDY_TOKEN}\ninclude: [more.yaml]\n".utf8)
        try folder.write("groups: {}\n".utf8, to: "more.yaml")
        #expect(
            folder.load().messages == [
                "bridge.yaml:1:1: error: the file needs 'sources'", "bridge.yaml:1:1: error: the file needs 'routes'",
            ])
        try folder.write(Variant.base.dropFirst().joined(separator: "\n").utf8, to: "more.yaml")
        #expect(folder.load().messages == [])
    }

    @Test("What cannot be used tells its files too, so that a change of any of them can be seen")
    func brokenFiles() throws {
        let folder = try Self.folder(web: "routes: {}")
        let error = #expect(throws: InvalidConfiguration.self) {
            try ConfigLoader.load(folder.path + "/bridge.yaml", environment: ConfigFolder.environment)
        }
        let names = (error?.filesRead ?? [:]).keys.map { URL(fileURLWithPath: $0).lastPathComponent }
        #expect(Set(names) == ["bridge.yaml", "web.yaml", "shop.yaml", "slack.secret"])
    }
}
