package import Bridge
package import Foundation
import Signatures

extension TestSender {
    /// A sample as this sender would send it, with one proof in it only.
    package func sign(
        _ sample: Sample = Sample(), as source: Source, at time: Date = Date()
    ) -> Bridge.Request? {
        source.sign(sample, with: privateKey, at: time).map(withoutOther)
    }

    /// The same under another key.
    package func forge(as source: Source) -> Bridge.Request {
        withoutOther(source.provider.sign(Sample(), with: otherKey, at: Date()))
    }

    private func withoutOther(_ request: Bridge.Request) -> Bridge.Request {
        other.map { request.with([], in: $0) } ?? request
    }
}

extension Bridge.Request {
    package func value(of proof: TestSender.Proof) -> String {
        switch proof {
        case .header(let name): head.headers.first(name) ?? ""
        case .field(let name):
            JSONValue(String(decoding: body, as: UTF8.self))?[name].string ?? Form(encoded: body)?.first(name) ?? ""
        }
    }

    /// The same with other values where the proof was.
    package func with(_ values: [String], in proof: TestSender.Proof) -> Bridge.Request {
        var request = self
        switch proof {
        case .header(let name):
            let others = head.headers.fields.filter { $0.name.lowercased() != name.lowercased() }
            request.head.headers = Headers(others.map { ($0.name, $0.value) } + values.map { (name, $0) })
        case .field(let name) where head.mediaType == "application/x-www-form-urlencoded":
            let others = Form(encoded: body)?.fields.filter { $0.name != name } ?? []
            request.body = Form(others.map { ($0.name, $0.value) } + values.map { (name, $0) }).encoded
        case .field(let name):
            // Samples are JSON objects, in which the proof is one text.
            let text = String(decoding: body, as: UTF8.self)
            let fields = values.isEmpty ? ["\"none\":1"] : values.map { "\"\(name)\":\"\($0)\"" }
            request.body = Array(
                text.replacingOccurrences(
                    of: "\"\(name)\":\"\(value(of: proof))\"", with: fields.joined(separator: ",")
                ).utf8)
        }
        return request
    }
}
