package dev.patchbay.app.text;

import dev.patchbay.core.model.Message;

/// What the core says of rules and packets, in the language of the window; commands say it in English.
public final class MessageText {
    private MessageText() {}

    public static String of(Message message) {
        return message.text(Messages.language().locale());
    }
}
