package import FoundationEssentials

/// The folder `shared` beside this clone: published signatures and payloads, whose licences keep them out of here.
///
/// A clone has no such folder by itself. Suites that need it are
/// `.enabled(if: SharedFiles.isThere, "…/shared is not beside this clone")`.
package enum SharedFiles {
    package static let isThere = FileManager.default.fileExists(atPath: path("vectors/vectors.json"))

    /// The bytes of a file, by its path within `shared`.
    package static func data(_ file: String) throws -> Data {
        try Data(contentsOf: URL(filePath: path(file)))
    }

    /// The names of what lies in a folder, by its path within `shared`.
    package static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(folder))
    }

    /// The paths of all files below a folder, from there on, in order.
    package static func paths(in folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path(folder)).sorted()
    }

    /// Published requests whose signature is right.
    package static func vectors() throws -> [SignedVector] {
        try JSONDecoder().decode([SignedVector].self, from: data("vectors/vectors.json"))
    }

    /// Requests that a verifier must refuse.
    package static func negatives() throws -> [SignedVector] {
        try JSONDecoder().decode([SignedVector].self, from: data("vectors/negative.json"))
    }

    /// This file lies in `Tests/TestSupport` of the package.
    private static func path(_ file: String) -> String {
        var folder = URL(filePath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        return folder.appending(path: "shared/\(file)").path(percentEncoded: false)
    }
}

/// An entry of `vectors.json` or `negative.json`: `shared/vectors/README.md` tells its keys.
package struct SignedVector: Decodable, Sendable, CustomStringConvertible {
    package var sender: String
    package var source: String
    /// As an operator would type it.
    package var secret: String?
    package var headers: [String: String]
    /// `hmac-sha256` …; negative entries have none.
    package var algorithm: String?
    /// Seconds since 1970 at which it is to be verified, where a time is signed.
    package var now: Double?
    /// Why it must be refused; only negative entries have one.
    package var why: String?
    private var text: String?
    private var file: String?
    private var repeated: Repeated?

    private enum CodingKeys: String, CodingKey {
        case sender, source, secret, headers, now, why
        case algorithm = "alg"
        case text = "body"
        case file = "body_file"
        case repeated = "body_repeat"
    }

    /// `["a", 262144]`.
    private struct Repeated: Decodable {
        var text: String
        var count: Int

        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            text = try container.decode(String.self)
            count = try container.decode(Int.self)
        }
    }

    /// The bytes that were signed, as they lie.
    package func body() throws -> [UInt8] {
        if let file { return Array(try SharedFiles.data(file)) }
        if let repeated { return Array(String(repeating: repeated.text, count: repeated.count).utf8) }
        return Array((text ?? "").utf8)
    }

    package var description: String { why.map { "\(source): \($0)" } ?? source }
}
