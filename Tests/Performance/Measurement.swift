/// How long something takes, over many calls.
struct Measurement {
    /// Of a call, in microseconds.
    var median: Double
    var slowest: Double
    var calls: Int

    /// - Parameter work: is called again and again, some dozens of calls between two looks at the clock.
    init(seconds: Double, _ work: () -> Void) {
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(seconds))
        // As many calls in one go as make the clock's own cost nothing.
        let once = clock.measure(work)
        let batch = max(1, Int(.milliseconds(1) / once))
        var times: [Double] = []
        repeat {
            let time = clock.measure { for _ in 0..<batch { work() } }
            times.append(time / .microseconds(batch))
        } while clock.now < end
        times.sort()
        median = times[times.count / 2]
        slowest = times[times.count - 1]
        calls = times.count * batch
    }

    var description: String {
        func text(_ value: Double) -> String { String((value * 10).rounded() / 10) }
        return "\(text(median)) µs (slowest batch \(text(slowest)) µs, \(calls) calls)"
    }
}
