import Testing

/// The real service on real ports, one test after the other: dozens of services starting at once on a small machine
/// would measure the machine.
@Suite(.serialized) enum EndToEnd {}
