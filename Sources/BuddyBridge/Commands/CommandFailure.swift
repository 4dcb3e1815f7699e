/// Why a command ends with another code than 0.
struct CommandFailure: Error {
    var code: Int32
    var message: String

    /// The command did its work, and the answer is no.
    static let answeredNo = CommandFailure(code: 1, message: "")

    static func failed(_ message: String) -> CommandFailure { CommandFailure(code: 1, message: message) }

    static func wrongUse(_ message: String) -> CommandFailure { CommandFailure(code: 2, message: message) }
}
