/// Gogs: see ``GiteaFamily``.
package struct Gogs: GiteaFamily {
    package init() {}

    package static let headerWord = "Gogs"

    /// Gogs gives up after 15 s, does not send again by itself and shows the status in its delivery log.
    package let traits = ProviderTraits(
        name: "gogs", replyWithin: .seconds(9), failureStatus: 502, dedupe: .body, provingHeaders: [Self.tag.name],
        gives: .git)
}
