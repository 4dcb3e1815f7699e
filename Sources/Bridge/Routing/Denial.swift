import FoundationEssentials

// Why somebody may not use a route, in the words of the configuration.

extension Route {
    /// What refused the event, and who may use the route or when, in one sentence; nil where nothing refused it.
    ///
    /// `deny` is asked first: whom it names is not told who may, nor whom else it names.
    func denial(of event: Event) -> String? {
        if let denied = deny.first(where: { $0.names(event) }) {
            return "'\(name)' is denied: its 'deny' names \(denied.whatItNames)"
        }
        if !allow.admits(event), case .oneOf(let alternatives) = allow {
            let words = alternatives.map(\.words).joined(separator: "; or for ")
            return "'\(name)' is for \(words.isEmpty ? "nobody" : words)"
        }
        return windows.admit(event.receivedAt) ? nil : "'\(name)' is \(windows.words(at: event.receivedAt))"
    }
}

extension Permission.Alternative {
    /// `users of the group qa in the channel C0RELEASE`.
    fileprivate var words: String {
        let commits = authors.map { $0.isEmpty ? "commits by nobody" : "commits by \(Self.list($0))" }
        var words = people ?? commits ?? "everybody"
        if let channels { words += " in " + Self.named(channels, "channel") }
        if let teams { words += " in " + Self.named(teams, "team") }
        if people != nil, let commits { words += " with " + commits }
        return words
    }

    private var people: String? {
        guard users != nil || groups != nil else { return nil }
        let users = (users ?? []).isEmpty ? [] : [Self.named(users ?? [], "user")]
        let groups = (groups ?? []).isEmpty ? [] : ["users of " + Self.named((groups ?? []).map(\.name), "group")]
        return users.isEmpty && groups.isEmpty ? "nobody" : (users + groups).joined(separator: " and ")
    }

    /// What it is about, without any names.
    fileprivate var whatItNames: String {
        let parts = [
            users == nil && groups == nil ? nil : "the caller", channels.map { _ in "the channel" },
            teams.map { _ in "the team" }, authors.map { _ in "the author" },
        ]
        return parts.compactMap(\.self).joined(separator: " and ")
    }

    private static func named(_ names: [String], _ noun: String) -> String {
        names.isEmpty ? "no \(noun)" : "the \(noun)\(names.count == 1 ? "" : "s") \(list(names))"
    }

    /// The first ten: it is a sentence.
    private static func list(_ names: [String]) -> String {
        names.prefix(10).joined(separator: ", ") + (names.count > 10 ? " and \(names.count - 10) more" : "")
    }
}

extension [TimeWindow] {
    /// `open mon-thu 09:00-17:00 Europe/Warsaw, and closed …; it was fri 18:03 there`.
    fileprivate func words(at time: Date) -> String {
        let open = filter { !$0.isClosed }.map(\.words)
        let closed = filter(\.isClosed).map(\.words)
        let when = [("open ", open), ("closed ", closed)].filter { !$0.1.isEmpty }
            .map { $0.0 + $0.1.joined(separator: " or ") }
        var zones: [String] = []
        for window in self where !zones.contains(window.zoneName) { zones.append(window.zoneName) }
        let clocks = zones.compactMap { zone in
            first { $0.zoneName == zone }.map { (zone, $0.wallClock(time)) }
        }.map { zone, clock in
            "\(clock.day.name) \(TimeWindow.text(clock.minute)) \(zones.count == 1 ? "there" : "in \(zone)")"
        }
        return when.joined(separator: ", and ") + "; it was " + clocks.joined(separator: " and ")
    }
}

extension TimeWindow {
    /// `mon-thu 09:00-17:00 Europe/Warsaw`; without the days where it is every day, without hours that are whole days.
    fileprivate var words: String {
        let times = hours == [.wholeDay] ? nil : hours.map { "\(Self.text($0.start))-\(Self.text($0.end))" }
        let parts = [days.count == 7 ? nil : dayWords, times?.joined(separator: ", "), zoneName]
        return parts.compactMap(\.self).joined(separator: " ")
    }

    /// `mon-wed, fri`.
    private var dayWords: String {
        var runs: [[Day]] = []
        for day in Day.allCases where days.contains(day) {
            if runs.last?.last == day.advanced(by: -1) { runs[runs.count - 1].append(day) } else { runs.append([day]) }
        }
        return runs.map { run in
            run.count > 2 ? "\(run[0].name)-\(run[run.count - 1].name)" : run.map(\.name).joined(separator: ", ")
        }.joined(separator: ", ")
    }

    /// `09:05`.
    fileprivate static func text(_ minute: Int) -> String {
        [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
