/// What a message to a Google Chat app says: developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages.
struct GoogleChatText {
    let command: ChatCommand?
    /// Whether somebody typed `/name`, be the command one that the app has told Google of or not.
    let isSlashCommand: Bool

    init(_ payload: Payload) {
        // Without the mention of the app, and without a command that Google knows.
        let argument = payload.scalar("message", "argumentText") ?? ""
        let typed = payload.scalar("message", "text") ?? ""
        if payload.has("message", "slashCommand") {
            let known = payload.each("message", "annotations", "*", "slashCommand", "commandName").first
            let name = known ?? ChatCommand(saying: typed)?.command ?? "/"
            command = ChatCommand(command: name.hasPrefix("/") ? name : "/\(name)", text: argument.withoutBlanks)
            isSlashCommand = true
        } else {
            command = ChatCommand(saying: argument.isEmpty ? typed : argument)
            isSlashCommand = command?.command.hasPrefix("/") == true
        }
    }
}
