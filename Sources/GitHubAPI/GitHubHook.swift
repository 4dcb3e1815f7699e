/// A webhook at GitHub: a repository's, an organisation's, or an app's.
package struct GitHubHook: Sendable, Equatable, CustomStringConvertible {
    /// As an operator writes it: `repos/acme/web/hooks/12345678`, `orgs/acme/hooks/1234`, `app`.
    package let description: String
    /// The API's path for its deliveries.
    let deliveries: String

    /// Nil when the text is none of the three.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        switch parts.first {
        case "app" where parts.count == 1:
            deliveries = "/app/hook/deliveries"
        case "repos" where parts.count == 5 && parts[3] == "hooks",
            "orgs" where parts.count == 4 && parts[2] == "hooks":
            guard parts.allSatisfy(Self.isName), parts.last.flatMap({ UInt64($0) }) != nil else { return nil }
            deliveries = "/\(text)/deliveries"
        default: return nil
        }
        description = text
    }

    /// Whether the app itself asks, with its key, and not a user or an installation with a token.
    package var isApp: Bool { description == "app" }

    /// Names at GitHub need no escaping in a path.
    private static func isName(_ part: Substring) -> Bool {
        !part.isEmpty && part != "." && part != ".."
            && part.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
