import Bridge
import Glibc

/// Keeps a second process from serving the same journal. The system lets go of it when the process ends, however.
///
/// The lock is on the journal's file itself, so that another name of it is no way round. SQLite's own locks are of another
/// kind (fcntl), which closing any descriptor of the file would drop: this one is closed last.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// Opens the file, or makes it, for this user alone.
    ///
    /// - Throws: ``JournalUnavailable`` when another process holds the lock.
    init(path: String) throws(JournalUnavailable) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw JournalUnavailable("cannot open \(path): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw JournalUnavailable("another 'serve' is using this journal (\(path) is locked)")
        }
        self.descriptor = descriptor
    }

    deinit {
        // A child that another thread is just starting has a copy of the descriptor until it is another program: closing
        // ours alone would leave the lock with it.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
