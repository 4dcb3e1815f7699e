/// What processes that share a journal tell each other.
package enum JournalNews: Sendable, Equatable {
    /// A run may be due.
    case runsDue
    /// A run of this delivery has come to an end.
    case runEnded(String)

    /// - Parameter message: as ``message`` gives it.
    package init(_ message: String) {
        self = message.isEmpty ? .runsDue : .runEnded(message)
    }

    package var message: String {
        switch self {
        case .runsDue: ""
        case .runEnded(let delivery): delivery
        }
    }
}

/// A journal that other processes may share.
package protocol SharedJournal: Sendable {
    /// Tells of what others have done, until the task is cancelled. Some of it may be missed.
    func listen(_ tell: @escaping @Sendable (JournalNews) -> Void) async
}
