/// The address of an execution's page, as the browser shows it and Buddy's `html_url` tells it:
/// `https://app.buddy.works/acme/web/pipelines/pipeline/2/execution/56fa386c99f1e121d8b568b5`.
struct ExecutionAddress: Equatable {
    var domain: String
    var project: String
    var pipeline: String
    /// An id of its own kind: which number it is, only the pipeline's list tells.
    var tail: String

    /// Nil for any other address. Whose host it is says nothing: what is asked is the Buddy that knows the domain.
    init?(_ text: String) {
        let address = text.prefix { $0 != "?" && $0 != "#" }
        guard let scheme = address.firstRange(of: "://"), ["https", "http"].contains(address[..<scheme.lowerBound])
        else { return nil }
        let parts = address[scheme.upperBound...].split(separator: "/").dropFirst()
            .map(String.init)
        // The names of workspaces and projects in addresses are plain; one with an escape is none that Buddy made.
        guard parts.count >= 7, !address.contains("%"), parts[2] == "pipelines", parts[3] == "pipeline",
            parts[5] == "execution"
        else {
            return nil
        }
        domain = parts[0]
        project = parts[1]
        pipeline = parts[4]
        tail = parts[6]
    }
}
