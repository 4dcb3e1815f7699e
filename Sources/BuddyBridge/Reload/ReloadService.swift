import Bridge
import Dispatch
import Glibc
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Reloads the configuration when it is told to, and when its files change: one after the other, never two at once.
struct ReloadService: Service, CustomStringConvertible {
    private let reloader: Reloader
    /// Between two looks at the files.
    private let interval: Duration
    private let hangUps: HangUps?
    private let watch = FileWatch()
    /// Files may hang, and large ones take their time: not on a thread that answers requests.
    private let queue = DispatchQueue(label: "buddy-bridge.reload")

    typealias HangUps = any AsyncSequence<UnixSignal, Never> & Sendable

    /// - Parameter hangUps: nil where no signal is taken.
    init(_ reloader: Reloader, interval: Duration, hangUps: HangUps?) {
        self.reloader = reloader
        self.interval = interval
        self.hangUps = hangUps
    }

    var description: String { "ReloadService" }

    func run() async throws {
        let bell = Bell()
        let isAsked = Flag()
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask {
                    guard let hangUps else { return }
                    for await _ in hangUps {
                        isAsked.raise()
                        bell.ring()
                    }
                }
                while !Task.isCancelled {
                    await bell.wait(atMost: interval)
                    guard !Task.isCancelled else { break }
                    await aside { [reloader, watch] in
                        // What is asked for meanwhile is done in the next round.
                        if isAsked.lower() {
                            reloader.reload(.signal)
                        } else if watch.hasSettledAnew(reloader.files) {
                            reloader.reloadIfNew()
                        }
                    }
                }
            }
        }
        if hangUps != nil { HangUp.ignore() }
    }

    private func aside(_ work: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            queue.async {
                work()
                continuation.resume()
            }
        }
    }
}

/// SIGHUP, which ends a process that does not say otherwise.
enum HangUp {
    static func ignore() { signal(SIGHUP, SIG_IGN) }
}

private final class Flag: Sendable {
    private let isRaised = Atomic(false)

    func raise() { isRaised.store(true, ordering: .releasing) }

    /// Whether it was raised.
    func lower() -> Bool { isRaised.exchange(false, ordering: .acquiring) }
}
