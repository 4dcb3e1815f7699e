import Foundation
import Glibc
import Synchronization

/// Notices that files have changed, by asking now and then what `stat` says of them: that sees through editors that
/// rename, bind mounts, NFS, and the links that Kubernetes swaps.
final class FileWatch: Sendable {
    /// What tells one state of a file from another. Links are followed.
    private struct Stamp: Equatable {
        var device: UInt
        var inode: UInt
        var size: Int
        var modified: [Int]
        var changed: [Int]

        /// Nil when there is no file.
        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = UInt(status.st_dev)
            inode = UInt(status.st_ino)
            size = Int(status.st_size)
            modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
            changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
        }
    }

    private struct State {
        var seen: [String: Stamp?]?
        var settled: [String: Stamp?]?
    }

    private let state = Mutex(State())

    /// Asks once. True when what is seen is new, and was the same the last time: nobody is writing it at the moment, and
    /// what is gone is not only being replaced.
    func hasSettledAnew(_ paths: some Collection<String>) -> Bool {
        let now = Dictionary(uniqueKeysWithValues: paths.map { ($0, Stamp($0)) })
        return state.withLock { state in
            defer { state.seen = now }
            guard state.seen == now, state.settled != now else { return false }
            state.settled = now
            return true
        }
    }

    /// What stands in the files now, as ``FilesRead`` has it.
    static func contents(of paths: some Collection<String>) -> [String: String] {
        let read = FilesRead()
        for path in paths { read.note(path, FileManager.default.contents(atPath: path)) }
        return read.all
    }
}
