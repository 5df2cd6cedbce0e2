package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.core.model.Change;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `run`: in the background with `-d`, otherwise attached to this terminal until the command ends.
@Command(
        name = "run",
        description = "Run a command in a new container",
        customSynopsis = "patchbay run [OPTIONS] IMAGE [COMMAND] [ARG...]")
public final class ContainerRunCommand extends AbstractRunCommand {
    @Option(
            names = {"-d", "--detach"},
            description = "Run container in background and print container ID")
    boolean detach;

    private ContainerRunCommand(CliSession session) {
        super(session);
    }

    /// All words after the image are the container's command with its own options.
    public static CommandLine in(CliSession session) {
        return new CommandLine(new ContainerRunCommand(session)).setStopAtPositional(true);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException, UsageException {
        Change.RunContainer wanted = runChange(true);
        if (detach) {
            printIfAny(applyChange(wanted));
            return ExitCode.DONE;
        }
        if (interactive) {
            throw new UsageException(
                    "patchbay: the command of a container reads nothing here: leave -i out, or add -d.");
        }
        return inForeground(wanted);
    }

    /// The exit code is that of the container's command, so a failure before its start has a code that
    /// few commands use.
    private int inForeground(Change.RunContainer wanted) throws EngineException {
        try {
            // A container that removes itself takes its log with it, and the end of the output would be
            // lost.
            boolean remove = wanted.settings().autoRemove();
            String id =
                    applyChange(remove ? wanted.withSettings(wanted.settings().withAutoRemove(false)) : wanted);
            return id.isEmpty() ? ExitCode.DONE : new AttachedContainer(session, id, remove).waitForExit();
        } catch (CommandRefusedException e) {
            session.err().println(e.text());
            return AttachedContainer.exitCode(e.refusal());
        }
    }

    @Override
    protected String errorPrefix() {
        return "patchbay: " + super.errorPrefix();
    }

    /// Docker ends the sentences of `run`, and of no other command, with a full stop.
    @Override
    protected Refusal adaptRefusal(Refusal refusal) {
        return refusal.sentence().endsWith(".")
                ? refusal
                : new Refusal(refusal.code(), refusal.sentence() + ".", refusal.advice());
    }
}
