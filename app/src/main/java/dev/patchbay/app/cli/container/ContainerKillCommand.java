package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.BulkCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.StopMode;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `kill`: `SIGKILL` is a change like any other; another signal is sent to the command, which may handle
/// it.
@Command(
        name = "kill",
        description = "Kill one or more running containers",
        customSynopsis = "patchbay kill [OPTIONS] CONTAINER [CONTAINER...]")
public final class ContainerKillCommand extends BulkCommand {
    private static final List<String> SIGNAL_NAMES = List.of(
            "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN"
                    .concat(" TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS")
                    .split(" "));
    private static final int LAST_SIGNAL = 64;

    @Option(
            names = {"-s", "--signal"},
            paramLabel = "SIGNAL",
            description = "Signal to send to the container (default \"KILL\")")
    String signal = "KILL";

    public ContainerKillCommand(CliSession session) {
        super(session);
    }

    @Override
    protected Change change(String name) {
        return new Change.StopContainer(name, StopMode.KILL);
    }

    @Override
    protected void applyTo(String name) throws EngineException, CommandRefusedException {
        int number = signalNumber(signal);
        if (number == StopMode.SIGKILL || dryRun()) {
            super.applyTo(name);
            return;
        }
        if (number == 0) {
            throw new CommandRefusedException(Refusal.of("invalid-signal", invalidSignalMessage(name)));
        }
        try {
            host().signal(name, number);
        } catch (RefusedException refused) {
            throw new CommandRefusedException(refused.refusal());
        }
    }

    @Override
    protected String errorLine(String name, Refusal refusal) {
        String sentence = refusal.sentence();
        return new CommandRefusedException(
                        sentence.startsWith("Cannot kill") || sentence.startsWith("Invalid signal")
                                ? refusal
                                : Refusal.of(refusal.code(), "Cannot kill container: " + name + ": " + sentence))
                .text();
    }

    private String invalidSignalMessage(String name) {
        return signal.matches("[0-9]+")
                ? "Cannot kill container: " + name + ": The linux daemon does not support signal " + signal
                : "Invalid signal: " + signal;
    }

    /// The number of a signal; 0 for an unknown one.
    private static int signalNumber(String typed) {
        String name = typed.toUpperCase(Locale.ROOT);
        int number = SIGNAL_NAMES.indexOf(name.startsWith("SIG") ? name.substring("SIG".length()) : name) + 1;
        if (number == 0 && typed.matches("[0-9]{1,2}")) {
            number = Integer.parseInt(typed);
        }
        return number <= LAST_SIGNAL ? number : 0;
    }
}
