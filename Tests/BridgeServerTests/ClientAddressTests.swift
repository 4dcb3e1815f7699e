import Bridge
import Testing

@testable import BridgeServer

@Suite("Who sent a request that a proxy handed on")
struct ForwardedForTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var trusted = ["127.0.0.0/8", "10.0.0.0/8"]
        var peer = "127.0.0.1"
        var forwarded: [String] = []
        /// RFC 7239's header.
        var parameters: [String] = []
        var client: String
    }

    @Test(
        "Proxies are believed from the right, strangers never",
        arguments: [
            Case(testDescription: "no proxy", client: "127.0.0.1"),
            Case(testDescription: "nobody is trusted", trusted: [], forwarded: ["203.0.113.7"], client: "127.0.0.1"),
            Case(
                testDescription: "the peer is a stranger, whatever it says", peer: "198.51.100.1",
                forwarded: ["203.0.113.7"], client: "198.51.100.1"),
            Case(testDescription: "one proxy", forwarded: ["203.0.113.7"], client: "203.0.113.7"),
            Case(
                testDescription: "a stranger wrote a part of it", forwarded: ["1.1.1.1, 203.0.113.7"],
                client: "203.0.113.7"),
            Case(
                testDescription: "a stranger wrote a trusted address", forwarded: ["10.0.0.9, 203.0.113.7"],
                client: "203.0.113.7"),
            Case(
                testDescription: "two proxies", forwarded: ["1.1.1.1, 203.0.113.7, 10.0.0.2"], client: "203.0.113.7"),
            Case(
                testDescription: "two proxies, a line each", forwarded: ["1.1.1.1", "203.0.113.7,10.0.0.2"],
                client: "203.0.113.7"),
            Case(
                testDescription: "two lines, of which the last decides", forwarded: ["203.0.113.7", "198.51.100.1"],
                client: "198.51.100.1"),
            Case(
                testDescription: "blanks and tabs", forwarded: [" 1.1.1.1 ,\t 203.0.113.7 \t"], client: "203.0.113.7"),
            Case(
                testDescription: "proxies all the way", forwarded: ["10.0.0.3, 10.0.0.2"], client: "10.0.0.3"),
            Case(
                testDescription: "IPv6", trusted: ["::1"], peer: "::1", forwarded: ["2001:db8::7"],
                client: "2001:db8::7"),
            Case(
                testDescription: "an IPv4 proxy in IPv6 form", peer: "::ffff:127.0.0.1", forwarded: ["203.0.113.7"],
                client: "203.0.113.7"),
            Case(testDescription: "no peer", peer: "", forwarded: ["203.0.113.7"], client: ""),
            Case(testDescription: "with ports", forwarded: ["203.0.113.7:4711"], client: "203.0.113.7"),
            Case(
                testDescription: "Forwarded", parameters: ["for=1.1.1.1, for=203.0.113.7;proto=https;by=10.0.0.2"],
                client: "203.0.113.7"),
            Case(
                testDescription: "Forwarded, with ports and IPv6",
                parameters: [#"For="[2001:db8::7]:4711";proto=http"#],
                client: "2001:db8::7"),
            Case(
                testDescription: "Forwarded over two proxies", parameters: [#"for="203.0.113.7:80""#, "for=10.0.0.2"],
                client: "203.0.113.7"),
            Case(testDescription: "Forwarded that hides it", parameters: ["for=_hidden"], client: "_hidden"),
            Case(testDescription: "Forwarded without a node", parameters: ["proto=https"], client: ""),
            Case(
                testDescription: "Forwarded by a stranger", peer: "198.51.100.1", parameters: ["for=203.0.113.7"],
                client: "198.51.100.1"),
            Case(
                testDescription: "both agree", forwarded: ["203.0.113.7"], parameters: ["for=203.0.113.7"],
                client: "203.0.113.7"),
            Case(
                testDescription: "both disagree: one of them was passed on as a stranger wrote it",
                forwarded: ["203.0.113.7"], parameters: ["for=192.0.2.1"], client: "127.0.0.1"),
        ])
    func client(_ example: Case) {
        let trusted = example.trusted.compactMap(AddressRange.init)
        #expect(trusted.count == example.trusted.count)
        let client = trusted.client(
            peer: example.peer, forwarded: example.parameters, forwardedFor: example.forwarded)
        #expect(client == example.client)
    }
}
