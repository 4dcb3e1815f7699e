import Dispatch
import Glibc
import Synchronization

/// The processes that were started: none of them outlives this one when it is told to end.
enum Brood {
    private static let members = Mutex<Set<Int32>>([])

    static func add(_ process: Int32) {
        members.withLock { _ = $0.insert(process) }
    }

    static func remove(_ process: Int32) {
        members.withLock { _ = $0.remove(process) }
    }

    /// Kills them all when this process gets a signal that ends it, for as long as what is returned is kept.
    static func endWithUs() -> [any DispatchSourceSignal] {
        [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                members.withLock { for process in $0 { kill(process, SIGKILL) } }
                _exit(128 + number)
            }
            source.resume()
            return source
        }
    }
}
