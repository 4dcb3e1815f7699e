import Bridge
import Signatures

/// A token at one Buddy: what answers alike for every workspace that it is configured for.
struct BuddyAccess: Hashable {
    var url: String
    var token: SecretReference
}

extension Configuration.Buddy {
    /// The access that is used for a workspace; nil where no token is configured for it.
    func access(of domain: String) -> BuddyAccess? {
        guard let url = directory.base(of: domain), let token = tokenReference(of: domain) else { return nil }
        return BuddyAccess(url: url, token: token)
    }

    /// Every access once, by the words of the file for it, with a workspace that it is used for.
    var accesses: [(access: BuddyAccess, name: String, domain: String)] {
        var all: [(access: BuddyAccess, name: String, domain: String)] = []
        if let token {
            // A workspace has a name, so this one is never listed by itself.
            all.append((BuddyAccess(url: url, token: token), "the token of 'buddy'", ""))
        }
        for (domain, workspace) in workspaces.sorted(by: { $0.key < $1.key }) {
            let access = BuddyAccess(url: workspace.url, token: workspace.token)
            if !all.contains(where: { $0.access == access }) {
                all.append((access, "the token of the workspace '\(domain)'", domain))
            }
        }
        return all
    }
}
