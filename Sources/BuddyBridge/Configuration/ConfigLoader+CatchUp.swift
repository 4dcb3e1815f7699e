import Bridge
import GitHubAPI
import Signatures

/// `catch_up`: where GitHub is asked for what it could not deliver to a source.
extension ConfigLoader {
    static let catchUpKeys = ["hook", "token", "app", "url", "since", "most"]
    static let appKeys = ["id", "private_key"]

    /// - Parameter node: one map, or a list of them; nil where nothing is to be caught up with.
    func loadCatchUps(_ node: ConfigNode?, of source: String) {
        guard let node else { return }
        if node.elements().isEmpty { node.error("'catch_up' is empty: without it nothing is asked for again") }
        for element in node.elements() {
            guard let settings = catchUp(element, source) else { continue }
            if configuration.catchUps.contains(where: settings.isSame) {
                element.error("the webhook '\(settings.hook)' is asked for already")
            }
            configuration.catchUps.append(settings)
        }
    }

    private func catchUp(_ node: ConfigNode, _ source: String) -> CatchUpSettings? {
        guard let map = node.mapping("'catch_up'", keys: Self.catchUpKeys) else { return nil }
        let hook = map.required("hook", in: "'catch_up'").flatMap(hook)
        let url = map["url"].flatMap { apiURL($0, like: "https://api.github.com, or https://HOST/api/v3,") }
        let since = map["since"]?.duration("'since'")
        if let since, since > CatchUpSettings.longest {
            map["since"]?.error("'since' is at most 72h: GitHub keeps deliveries no longer")
        }
        let most = map["most"]?.number("'most'", in: 1...5000)
        guard let hook, let credential = hook.isApp ? app(map) : token(map) else { return nil }
        var settings = CatchUpSettings(source: source, hook: hook, credential: credential)
        if let url { settings.url = url }
        if let since { settings.since = since }
        if let most { settings.most = most }
        return settings
    }

    private func hook(_ node: ConfigNode) -> GitHubHook? {
        guard let text = node.text("'hook'") else { return nil }
        let hook = GitHubHook(text)
        if hook == nil {
            node.error("'hook' is repos/OWNER/NAME/hooks/ID, orgs/NAME/hooks/ID, or app, not '\(text)'")
        }
        return hook
    }

    private func token(_ map: ConfigMapping) -> CatchUpSettings.Credential? {
        map["app"]?.error("'app' is for 'hook: app': this hook is asked for with 'token'")
        guard let node = map.required("token", in: "'catch_up'") else { return nil }
        return node.secretReference("'token'").flatMap { readable(.token($0), node) }
    }

    private func app(_ map: ConfigMapping) -> CatchUpSettings.Credential? {
        map["token"]?.error("an app's hook is asked for with the app's own key, 'app', not with a token")
        guard let app = map.required("app", in: "'catch_up'")?.mapping("'app'", keys: Self.appKeys) else {
            return nil
        }
        let id = app.required("id", in: "'app'")?.text("'id'")
        guard let node = app.required("private_key", in: "'app'"), let key = node.secretReference("'private_key'"),
            let id
        else { return nil }
        if id.isEmpty { app["id"]?.error("'id' is the app's id, or its client id") }
        return readable(.app(id: id, key: key), node)
    }

    /// It is read for each call; here it is seen whether it can be.
    private func readable(_ credential: CatchUpSettings.Credential, _ node: ConfigNode) -> CatchUpSettings.Credential {
        guard needs == .all else { return credential }
        do {
            _ = try credential.read(secrets)
        } catch {
            node.error("'catch_up': \(error.message)")
        }
        return credential
    }
}
