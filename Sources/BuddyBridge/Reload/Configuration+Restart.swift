import Bridge
import BridgeServer
import Foundation

extension Configuration {
    /// This configuration beside a process that runs: what only a start can change is as it was.
    ///
    /// - Returns: what can be in force, and the keys whose values wait for a restart.
    func beside(_ running: Configuration) -> (inForce: Configuration, waiting: [String]) {
        var next = self
        var waiting = next.keepBuddies(of: running)
        func keep<Value: Equatable>(_ key: String, _ path: WritableKeyPath<Configuration, Value>) {
            guard next[keyPath: path] != running[keyPath: path] else { return }
            next[keyPath: path] = running[keyPath: path]
            waiting.append(key)
        }
        keep("buddy.ca", \.buddy.certificateAuthority)
        keep("buddy.timeout", \.dispatch.callTimeout)
        keep("listen.host", \.listen.host)
        keep("listen.port", \.listen.port)
        keep("listen.trusted_proxies", \.listen.trustedProxies)
        keep("limits.header", \.listen.headerLimit)
        keep("limits.body_time", \.listen.bodyTime)
        keep("limits.connections", \.listen.connections)
        keep("limits.in_flight", \.listen.inFlight)
        keep("limits.shutdown_time", \.shutdownTime)
        keep("admin", \.admin)
        keep("journal", \.journal)
        keep("dispatch", \.dispatch)
        keep("catch_up", \.catchUps)
        keep("log", \.log)
        return (next, waiting)
    }

    /// Runs that are under way name the Buddy that they are for: a token that is for another one would leave them
    /// without, so that both stay together until a restart. New workspaces, and new tokens, take hold at once.
    private mutating func keepBuddies(of running: Configuration) -> [String] {
        var waiting: [String] = []
        if running.buddy.token != nil, running.buddy.url != buddy.url {
            buddy.url = running.buddy.url
            buddy.token = running.buddy.token
            waiting.append("buddy.url")
        }
        for (name, workspace) in running.buddy.workspaces.sorted(by: { $0.key < $1.key }) {
            guard let new = buddy.workspaces[name], new.url != workspace.url else { continue }
            buddy.workspaces[name] = workspace
            waiting.append("buddy.workspaces.\(name).url")
        }
        return waiting
    }
}
