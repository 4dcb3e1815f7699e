import FoundationEssentials

/// How an event is read of senders that nobody knew beforehand: the source's settings say where its name and id are.
struct GenericEvent: Sendable {
    let idHeader: String?
    private let name: ProviderSettings.EventName?

    init(_ settings: ProviderSettings) {
        idHeader = settings.idHeader
        name = settings.event
    }

    func read(_ request: Request, provider: String, source: String) throws(NotUnderstood) -> Event {
        let payload = try BodyReader.jsonOrFields(request)
        let headers = request.head.headers
        let name: String? =
            switch name {
            case .header(let header): headers.first(header)
            case .payload(let path): payload.scalars(at: path).first
            case nil: nil
            }
        return Event(
            source: source, provider: provider, name: name ?? "webhook", request: request, payload: payload,
            senderID: idHeader.flatMap { headers.first($0) })
    }

    func body(of sample: Sample) -> [UInt8] { sample.payload ?? Array(#"{"type":"sample"}"#.utf8) }

    /// The headers of a sample, but for what proves it.
    func headers(of sample: Sample) -> Headers {
        var headers = Headers([("Content-Type", BodyReader.json)])
        if case .header(let name) = name { headers.add(name, sample.event ?? "sample") }
        for field in sample.headers.fields { headers.set(field.name, field.value) }
        if let idHeader, headers.first(idHeader) == nil { headers.add(idHeader, UUID().uuidString.lowercased()) }
        return headers
    }
}
