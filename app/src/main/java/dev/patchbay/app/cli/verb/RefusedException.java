package dev.patchbay.app.cli.verb;

import dev.patchbay.app.cli.text.TerminalText;
import dev.patchbay.engine.protocol.Refusal;

/// Ends a command that was refused.
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;
    private final String prefix;

    /// @param prefix as Docker's client has it: `Error response from daemon: ` or `Error: `
    public RefusedException(String prefix, Refusal refusal) {
        super(refusal.sentence());
        this.prefix = prefix;
        this.refusal = refusal;
    }

    public RefusedException(Refusal refusal) {
        this("Error response from daemon: ", refusal);
    }

    /// The lines for stderr: the sentence, and the advice when there is one.
    public String text() {
        String sentence = TerminalText.escaped(prefix + refusal.sentence());
        return refusal.advice().isEmpty()
                ? sentence
                : sentence + System.lineSeparator() + TerminalText.escaped(refusal.advice());
    }

    public Refusal refusal() {
        return refusal;
    }
}
