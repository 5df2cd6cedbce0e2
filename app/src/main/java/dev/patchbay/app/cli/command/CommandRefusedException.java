package dev.patchbay.app.cli.command;

import dev.patchbay.app.cli.text.TerminalText;
import dev.patchbay.engine.Refusal;
import java.util.Set;

/// Ends a command that was refused.
public final class CommandRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /// Codes of the refusals that come from Patchbay itself, not from an engine.
    private static final Set<String> PATCHBAY_CODES = Set.of(
            Refusal.ROOT_NEEDED,
            "docker-cannot",
            "engine-elsewhere",
            "engine-rootless",
            "engine-unproved",
            "foreign-proc",
            "helper-ended",
            "helper-not-installed",
            "helper-not-started",
            "helper-not-trusted",
            "program-missing",
            "root-declined");

    /// Before what the engine itself says.
    public static final String DAEMON_PREFIX = "Error response from daemon: ";

    private final transient Refusal refusal;
    private final String prefix;

    /// @param prefix as Docker's client has it: `Error response from daemon: ` or `Error: `
    public CommandRefusedException(String prefix, Refusal refusal) {
        super(refusal.sentence());
        this.prefix = PATCHBAY_CODES.contains(refusal.code()) ? prefix.replace(DAEMON_PREFIX, "Error: ") : prefix;
        this.refusal = refusal;
    }

    public CommandRefusedException(Refusal refusal) {
        this(DAEMON_PREFIX, refusal);
    }

    /// The lines for stderr: the sentence, and the advice when there is one.
    public String text() {
        String sentence = TerminalText.escape(prefix + refusal.sentence());
        return refusal.advice().isEmpty()
                ? sentence
                : sentence + System.lineSeparator() + TerminalText.escape(refusal.advice());
    }

    public Refusal refusal() {
        return refusal;
    }
}
