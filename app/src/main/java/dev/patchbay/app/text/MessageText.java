package dev.patchbay.app.text;

import dev.patchbay.core.model.Message;

/// Messages of the core about rules and packets in the language of the window. Commands print them in
/// English.
public final class MessageText {
    private MessageText() {}

    public static String of(Message message) {
        return message.text(Messages.language().locale());
    }
}
