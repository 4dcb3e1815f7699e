/// Gitea: see ``GiteaFamily``.
package struct Gitea: GiteaFamily {
    package init() {}

    package static let headerWord = "Gitea"

    /// Gitea gives up after 5 s unless its `DELIVER_TIMEOUT` says otherwise, does not send again by itself and shows the
    /// status in its delivery log.
    package let traits = ProviderTraits(
        name: "gitea", methods: ["POST", "GET"], replyWithin: .milliseconds(4500), failureStatus: 502, dedupe: .body,
        provingHeaders: [Self.tag.name], gives: .git)
}
