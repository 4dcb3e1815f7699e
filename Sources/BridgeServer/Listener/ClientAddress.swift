import Bridge

extension [AddressRange] {
    /// The address of who sent a request: the peer, or, where that is a trusted proxy, the last address named in
    /// `Forwarded` (RFC 7239) or `X-Forwarded-For` that is none. What stands before it was written by strangers.
    ///
    /// A proxy writes one of the two and passes the other on as it came. So where both are there and do not agree,
    /// neither is believed, and the peer is the answer.
    func client(peer: String, forwarded: [String], forwardedFor: [String]) -> String {
        let byList = forwardedFor.isEmpty ? nil : walk(peer, forwardedFor.flatMap(Self.elements).map(Self.host))
        let byParameters = forwarded.isEmpty ? nil : walk(peer, forwarded.flatMap(Self.elements).map(Self.node))
        switch (byList, byParameters) {
        case (let client?, nil), (nil, let client?): return client
        case (let one?, let other?) where one == other: return one
        default: return peer
        }
    }

    /// From the right, for as long as what was reached is a trusted proxy.
    private func walk(_ peer: String, _ named: [String]) -> String {
        var client = peer
        for address in named.reversed() {
            guard contains(where: { $0.contains(client) }) else { break }
            client = address
        }
        return client
    }

    private static func elements(_ value: String) -> [String] {
        value.split(separator: ",", omittingEmptySubsequences: false).map { $0.filter { $0 != " " && $0 != "\t" } }
    }

    /// The address in `for="[2001:db8::1]:4711";proto=https`. What has none, or hides it (`for=_gateway`), is no
    /// address, and so no trusted proxy.
    private static func node(_ element: String) -> String {
        let value = element.split(separator: ";").first { $0.lowercased().hasPrefix("for=") }
        return host(value.map { $0.dropFirst(4).filter { $0 != "\"" } } ?? "")
    }

    /// Without brackets and port.
    private static func host(_ text: String) -> String {
        if text.hasPrefix("[") { return String(text.dropFirst().prefix { $0 != "]" }) }
        return text.count { $0 == ":" } == 1 ? String(text.prefix { $0 != ":" }) : text
    }
}
