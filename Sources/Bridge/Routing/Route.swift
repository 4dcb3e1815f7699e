/// A rule: which events it is for, who may and when, and what it runs.
package struct Route: Sendable {
    package var name: String
    /// The sources whose events it is for.
    package var sources: Set<String>
    package var when: Condition
    package var allow: Permission
    /// Whom it is not for, though `allow` admits them.
    package var deny: [Permission.Alternative] = []
    package var windows: [TimeWindow] = []
    package var run: [TargetTemplate]
    /// Whether the search goes on after a match.
    package var continues = false
    /// Whether a match is recorded only.
    package var isDryRun = false
    package var storm = StormControl()
    /// What to type, shown to a chat when nothing matched.
    package var usage: String?

    package init(name: String, sources: Set<String>, when: Condition, allow: Permission, run: [TargetTemplate]) {
        self.name = name
        self.sources = sources
        self.when = when
        self.allow = allow
        self.run = run
    }
}
