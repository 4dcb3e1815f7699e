import CoreMetrics
import Testing

@testable import BridgeServer

@Suite("Metrics in the Prometheus text format")
struct PrometheusMetricsTests {
    private let metrics = PrometheusMetrics()

    @Test("Nothing measured, nothing written")
    func empty() { #expect(metrics.exposition() == "") }

    @Test("Families are sorted, each with its type, and each line ends")
    func families() {
        metrics.makeMeter(label: "b_level", dimensions: []).set(2.5)
        metrics.makeCounter(label: "c_total", dimensions: [("source", "slack")]).increment(by: 3)
        metrics.makeCounter(label: "c_total", dimensions: [("source", "github")]).increment(by: 4)
        metrics.makeCounter(label: "a_total", dimensions: []).increment(by: 1)
        #expect(
            metrics.exposition() == """
                # TYPE a_total counter
                a_total 1
                # TYPE b_level gauge
                b_level 2.5
                # TYPE c_total counter
                c_total{source="github"} 4
                c_total{source="slack"} 3

                """)
    }

    @Test("The same name and labels are the same series")
    func same() {
        metrics.makeCounter(label: "x_total", dimensions: [("a", "1"), ("b", "2")]).increment(by: 1)
        metrics.makeCounter(label: "x_total", dimensions: [("a", "1"), ("b", "2")]).increment(by: 2)
        #expect(metrics.exposition() == "# TYPE x_total counter\nx_total{a=\"1\",b=\"2\"} 3\n")
    }

    @Test("A gauge that is destroyed vanishes, and makes room for another")
    func destroyed() {
        for version in 1...2000 {
            let gauge = metrics.makeRecorder(label: "info", dimensions: [("v", "\(version)")], aggregate: false)
            gauge.record(Int64(1))
            if version < 2000 { metrics.destroyRecorder(gauge) }
        }
        #expect(metrics.exposition() == "# TYPE info gauge\ninfo{v=\"2000\"} 1.0\n")
    }

    @Test("A gauge goes up and down, and can be set")
    func gauge() {
        let gauge = metrics.makeMeter(label: "g", dimensions: [])
        gauge.set(Int64(7))
        gauge.increment(by: 1.5)
        gauge.decrement(by: 10)
        #expect(metrics.exposition() == "# TYPE g gauge\ng -1.5\n")
    }

    @Test("A recorder that does not aggregate is a gauge")
    func lastValue() {
        let gauge = metrics.makeRecorder(label: "g", dimensions: [("a", "b")], aggregate: false)
        gauge.record(Int64(7))
        gauge.record(2.5)
        #expect(metrics.exposition() == "# TYPE g gauge\ng{a=\"b\"} 2.5\n")
    }

    @Test("A histogram's buckets hold all that is smaller, bounds included")
    func histogram() {
        let timer = metrics.makeTimer(label: "t_seconds", dimensions: [("op", "patch")])
        for milliseconds in [5, 6, 250, 2_000, 60_000] as [Int64] {
            timer.recordNanoseconds(milliseconds * 1_000_000)
        }
        #expect(
            metrics.exposition() == """
                # TYPE t_seconds histogram
                t_seconds_bucket{op="patch",le="0.005"} 1
                t_seconds_bucket{op="patch",le="0.01"} 2
                t_seconds_bucket{op="patch",le="0.025"} 2
                t_seconds_bucket{op="patch",le="0.05"} 2
                t_seconds_bucket{op="patch",le="0.1"} 2
                t_seconds_bucket{op="patch",le="0.25"} 3
                t_seconds_bucket{op="patch",le="0.5"} 3
                t_seconds_bucket{op="patch",le="1.0"} 3
                t_seconds_bucket{op="patch",le="2.5"} 4
                t_seconds_bucket{op="patch",le="5.0"} 4
                t_seconds_bucket{op="patch",le="10.0"} 4
                t_seconds_bucket{op="patch",le="30.0"} 4
                t_seconds_bucket{op="patch",le="+Inf"} 5
                t_seconds_sum{op="patch"} 62.261
                t_seconds_count{op="patch"} 5

                """)
    }

    @Test("A recorder is a histogram too, without labels without braces")
    func recorder() {
        let recorder = metrics.makeRecorder(label: "r", dimensions: [], aggregate: true)
        recorder.record(Int64(2))
        recorder.record(0.5)
        let lines = metrics.exposition().split(separator: "\n")
        #expect(lines.first == "# TYPE r histogram")
        #expect(lines.contains("r_bucket{le=\"0.25\"} 0"))
        #expect(lines.contains("r_bucket{le=\"0.5\"} 1"))
        #expect(lines.suffix(3) == ["r_bucket{le=\"+Inf\"} 2", "r_sum 2.5", "r_count 2"])
    }

    @Test(
        "Label values are escaped, so that none ends its line or its quotes",
        arguments: [
            ("plain", "plain"), ("a\"b", #"a\"b"#), (#"a\b"#, #"a\\b"#), ("a\nb", #"a\nb"#), ("\\n", #"\\n"#),
            ("é {},=", "é {},="),
            // A quote and a line end that are one character with what is next to them.
            ("a\r\nb", "a\r\\nb"), ("a\"\u{301}", "a\\\"\u{301}"), ("a\\\u{301}", "a\\\\\u{301}"),
        ])
    func escaping(_ value: String, _ written: String) {
        metrics.makeCounter(label: "x", dimensions: [("l", value)]).increment(by: 1)
        #expect(Array(metrics.exposition().utf8) == Array("# TYPE x counter\nx{l=\"\(written)\"} 1\n".utf8))
    }

    @Test(
        "Names hold only what the format allows",
        arguments: [
            ("a.b-c/d e", "a_b_c_d_e"), ("ns:x_1", "ns:x_1"), ("grö\u{df}e", "gr__e"),
        ])
    func names(_ label: String, _ written: String) {
        metrics.makeCounter(label: label, dimensions: [(label, "v")]).increment(by: 1)
        #expect(metrics.exposition() == "# TYPE \(written) counter\n\(written){\(written)=\"v\"} 1\n")
    }

    @Test("Beyond 500 label sets of a metric, the others share one")
    func cap() {
        for number in 0..<700 {
            metrics.makeCounter(label: "x", dimensions: [("n", "\(number)")]).increment(by: 1)
        }
        metrics.makeCounter(label: "x", dimensions: [("n", "3")]).increment(by: 10)
        metrics.makeCounter(label: "y", dimensions: [("n", "700")]).increment(by: 1)
        let lines = metrics.exposition().split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("x{n=") } == 500)
        #expect(lines.contains("x{n=\"3\"} 11"))
        #expect(lines.contains("x{n=\"499\"} 1"))
        #expect(lines.contains("x{overflow=\"true\"} 200"))
        #expect(lines.contains("y{n=\"700\"} 1"))
        #expect(lines.count == 504)
    }

    @Test("Many tasks may count at once")
    func concurrent() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask { [metrics] in
                    for _ in 0..<100 {
                        metrics.makeCounter(label: "x", dimensions: []).increment(by: 1)
                        metrics.makeTimer(label: "t", dimensions: []).recordNanoseconds(1)
                    }
                }
            }
        }
        let lines = metrics.exposition().split(separator: "\n")
        #expect(lines.contains("x 5000"))
        #expect(lines.contains("t_count 5000"))
    }
}
