import Bridge
import Foundation
import TestSupport
import Testing

@testable import BuddyBridge

/// A body that a Git host sent, and every field that all hosts have: what it tells of it, or why it does not.
struct HostSample: Sendable, CustomTestStringConvertible {
    /// What was done, which is the same whatever the host.
    enum Kind: String, Sendable, CaseIterable {
        /// Commits pushed to a branch, also by force, or to a new one.
        case branch
        /// The same, with changes under `app/`, as far as the host lists what changed.
        case app
        /// The same, by a robot.
        case robot
        case tag
        /// A branch or tag that was created, and nothing told of its commit.
        case nameOnly
        case deletion
        /// Opened, edited or merged, also from a fork.
        case pullRequest
        /// One with labels.
        case labelled
    }

    var host: String
    var file: String
    /// The name that the host's header has for it.
    var event: String
    var kind: Kind
    var tells: [GitField: [String]]
    var not: [GitField: String]

    init(
        _ host: String, _ file: String, _ event: String, _ kind: Kind, tells: [GitField: [String]],
        not: [[GitField: String]]
    ) {
        self.host = host
        self.file = file
        self.event = event
        self.kind = kind
        self.tells = tells
        self.not = not.reduce(into: [:]) { $0.merge($1) { one, _ in one } }
    }

    static let all = gitHub + gitLab + giteaAndForgejo + gogsAndAzureDevOps + bitbucket

    var testDescription: String { "\(host): \(file)" }

    /// The event that the host's source makes of the body, signed as the host would.
    func read(by configuration: Configuration) throws -> Event {
        try Self.event(host, event, Array(try SharedFiles.data("payloads/\(file).json")), by: configuration)
    }

    /// The event that a host's source makes of a body, signed as the host would.
    static func event(
        _ host: String, _ event: String, _ body: [UInt8], by configuration: Configuration
    ) throws -> Event {
        let source = try #require(configuration.sources.first { $0.name == host })
        let request = try #require(source.sign(Sample(event: event, payload: body), at: Date()))
        let claim = try source.provider.claim(in: request.head, tolerance: source.tolerance)
        let verified = try Verifier(source.credentials).verify(claim, request)
        let event: Event? =
            if case .event(let event) = try source.provider.understand(verified, source: host) { event } else { nil }
        return try #require(event)
    }
}

/// Why a field is not told, where the reason is the kind of event.
enum Silence {
    static let noPullRequest: [GitField: String] = [
        .pullRequestNumber: "a push is no pull request", .pullRequestSourceBranch: "a push is no pull request",
        .pullRequestTargetBranch: "a push is no pull request", .pullRequestLabels: "a push is no pull request",
    ]

    static let noPush: [GitField: String] = [
        .branch: "a pull request is no push", .tag: "a pull request is no push",
        .paths: "no host lists what a pull request changes",
    ]

    static let gone: [GitField: String] = [
        .branch: "what is gone has no name", .tag: "what is gone has no name", .commit: "what is gone is no commit",
        .authorName: "nobody wrote a deletion", .authorEmail: "nobody wrote a deletion",
        .paths: "nothing was committed",
    ]
}
