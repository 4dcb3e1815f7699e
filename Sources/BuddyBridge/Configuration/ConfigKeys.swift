import Bridge

/// The keys of every map of a configuration file whose keys are fixed.
enum ConfigKeys {
    /// By what the map is.
    static let maps: [String: [String]] = [
        "file": ConfigFiles.sections, "included": ConfigFiles.shared, "buddy": ConfigLoader.buddyKeys,
        "workspace": ConfigLoader.workspaceKeys, "listen": ConfigLoader.listenKeys, "admin": ConfigLoader.adminKeys,
        "limits": ConfigLoader.limitKeys, "dispatch": ConfigLoader.dispatchKeys, "retry": ConfigLoader.retryKeys,
        "breaker": ConfigLoader.breakerKeys, "retention": ConfigLoader.retentionKeys, "log": ConfigLoader.logKeys,
        "source": ConfigLoader.sourceKeys + ProviderCatalog.entries.flatMap(\.keys),
        "signature": ConfigLoader.signatureKeys, "timestamp": ConfigLoader.timestampKeys, "id": ConfigLoader.idKeys,
        "event": ConfigLoader.eventKeys, "catch_up": ConfigLoader.catchUpKeys, "app": ConfigLoader.appKeys,
        "route": ConfigLoader.routeKeys, "throttle": ConfigLoader.throttleKeys, "allow": ConfigLoader.allowKeys,
        "operators": ConfigLoader.operatorKeys, "target": ConfigLoader.targetKeys,
        "selector": ConfigLoader.selectorKeys, "window": ConfigLoader.windowKeys, "test": ConfigLoader.testKeys,
        "given": ConfigLoader.givenKeys, "expect": ConfigLoader.expectKeys, "expected_run": ConfigLoader.targetKeys,
    ]

    static let all = Set(maps.values.joined())
}
