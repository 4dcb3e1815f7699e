/// Forgejo: see ``GiteaFamily``.
package struct Forgejo: GiteaFamily {
    package init() {}

    package static let headerWord = "Forgejo"

    /// Forgejo gives up after 5 s unless its `DELIVER_TIMEOUT` says otherwise, does not send again by itself and shows the
    /// status in its delivery log.
    package let traits = ProviderTraits(
        name: "forgejo", methods: ["POST", "GET"], replyWithin: .milliseconds(4500), failureStatus: 502, dedupe: .body,
        provingHeaders: [Self.tag.name], gives: .git)
}
