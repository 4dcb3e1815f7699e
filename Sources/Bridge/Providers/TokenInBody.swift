import Signatures

/// Puts the token into the body of a sample, for senders that prove themselves by a field of it.
///
/// A body recorded from a real sender has the real token: a sample has one of its own.
enum TokenInBody {
    /// A JSON object or a form with the secret in a field. Anything else stays as it is: it has no fields.
    static func put(_ secret: Secret, in body: [UInt8], field name: String = "token") -> [UInt8] {
        guard let json = try? JSONDocument(body) else {
            guard let form = Form(encoded: body) else { return body }
            let rest = form.hiding([name]).fields.map { ($0.name, $0.value) }
            return Form([(name, secret.exposedText)] + rest).encoded
        }
        guard json.root.isObject else { return body }
        var members = [WireJSON.encode(name) + [UInt8(ascii: ":")] + WireJSON.encode(secret.exposedText)]
        for (key, _) in json.root.members where key != name {
            members.append(WireJSON.encode(key) + [UInt8(ascii: ":")] + (json.text(of: key) ?? []))
        }
        return [UInt8(ascii: "{")] + members.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "}")]
    }
}
