package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.verb.ExitCode;
import dev.patchbay.app.cli.verb.RefusedException;
import dev.patchbay.app.cli.verb.Session;
import dev.patchbay.app.cli.verb.UsageException;
import dev.patchbay.core.Change;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Refusal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `run`: always in the background.
@Command(
        name = "run",
        description = "Run a command in a new container",
        customSynopsis = "patchbay run [OPTIONS] IMAGE [COMMAND] [ARG...]")
public final class ContainerRun extends NewContainer {
    @Option(
            names = {"-d", "--detach"},
            description = "Run container in background and print container ID")
    boolean detach;

    private ContainerRun(Session session) {
        super(session);
    }

    /// What follows the image is the container's command, with its own options.
    public static CommandLine in(Session session) {
        return new CommandLine(new ContainerRun(session)).setStopAtPositional(true);
    }

    @Override
    public Integer call() throws EngineException, RefusedException, UsageException {
        Change wanted = wanted(true);
        if (!detach) {
            throw new UsageException("patchbay run starts containers in the background: add -d (or -dit).");
        }
        printIfAny(make(wanted));
        return ExitCode.DONE;
    }

    @Override
    protected String errorPrefix() {
        return "patchbay: " + super.errorPrefix();
    }

    /// Docker ends the sentences of `run`, and of no other command, with a full stop.
    @Override
    protected Refusal worded(Refusal refusal) {
        return refusal.sentence().endsWith(".")
                ? refusal
                : new Refusal(refusal.code(), refusal.sentence() + ".", refusal.advice());
    }
}
