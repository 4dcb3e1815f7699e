import Testing

@testable import Bridge

@Suite("Ranges of addresses")
struct AddressRangeTests {
    @Test(
        "A range holds its addresses and no others",
        arguments: [
            ("10.0.0.0/8", "10.0.0.0", true), ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
            ("10.0.0.0/8", "9.255.255.255", false), ("10.0.0.0/8", "1.0.0.0", false),
            ("192.168.16.0/20", "192.168.31.255", true), ("192.168.16.0/20", "192.168.32.0", false),
            ("192.168.16.0/20", "192.168.15.255", false), ("192.0.2.0/25", "192.0.2.127", true),
            ("192.0.2.0/25", "192.0.2.128", false), ("192.0.2.0/31", "192.0.2.1", true),
            ("192.0.2.0/31", "192.0.2.2", false), ("0.0.0.0/0", "203.0.113.7", true),
            // Bits after the length do not count.
            ("10.1.2.3/8", "10.9.9.9", true), ("10.1.2.3/32", "10.1.2.3", true), ("10.1.2.3/32", "10.1.2.2", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
            ("fe80::/10", "febf::1", true), ("fe80::/10", "fec0::1", false), ("::/0", "2001:db8::1", true),
            ("2001:db8::/33", "2001:db8:7fff::", true), ("2001:db8::/33", "2001:db8:8000::", false),
        ])
    func ranges(_ range: String, _ address: String, _ isWithin: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == isWithin)
    }

    @Test(
        "A single address holds itself, however it is written",
        arguments: [
            ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false), ("::1", "0:0:0:0:0:0:0:1", true),
            ("2001:DB8::A", "2001:db8:0:0::a", true), ("::1", "::2", false),
        ])
    func single(_ range: String, _ address: String, _ isWithin: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == isWithin)
    }

    @Test(
        "An IPv4 address in IPv6 form is the IPv4 address",
        arguments: [
            ("10.0.0.0/8", "::ffff:10.1.2.3", true), ("10.0.0.0/8", "::ffff:a01:203", true),
            ("10.0.0.0/8", "::ffff:11.1.2.3", false), ("::ffff:10.1.2.3", "10.1.2.3", true),
            ("::ffff:10.1.2.3", "10.1.2.4", false),
            // Only ::ffff:0:0/96 is that form.
            ("10.0.0.0/8", "::10.1.2.3", false), ("10.0.0.0/8", "::fffe:10.1.2.3", false),
            ("10.0.0.0/8", "::ff:10.1.2.3", false),
            ("10.0.0.0/8", "1::ffff:10.1.2.3", false),
        ])
    func mapped(_ range: String, _ address: String, _ isWithin: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == isWithin)
    }

    @Test(
        "The two families do not hold each other",
        arguments: [
            ("0.0.0.0/0", "::1"), ("0.0.0.0/0", "2001:db8::1"), ("::/0", "192.0.2.7"), ("::/0", "::ffff:192.0.2.7"),
        ])
    func families(_ range: String, _ address: String) throws {
        #expect(!(try #require(AddressRange(range)).contains(address)))
    }

    @Test(
        "What is no address is no range",
        arguments: [
            "", "/", "/8", "10", "10.0.0", "10.0.0.0.0", "10.0.0.256", "010.0.0.1", "10.0.0.0/", "10.0.0.0/33",
            "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/a", "10.0.0.0 /8", " 10.0.0.0", "10.0.0.0/255.0.0.0", "::/129",
            ":::",
            "2001:db8::g", "[::1]", "fe80::1%eth0", "localhost", "*", "10.0.0.*",
        ])
    func bad(_ text: String) { #expect(AddressRange(text) == nil) }

    @Test(
        "What is no address is in no range", arguments: ["", "unknown", "10.0.0.1:80", "10.0.0.1, 10.0.0.2", "[::1]"])
    func notWithin(_ address: String) throws {
        #expect(!(try #require(AddressRange("0.0.0.0/0")).contains(address)))
        #expect(!(try #require(AddressRange("::/0")).contains(address)))
    }
}
