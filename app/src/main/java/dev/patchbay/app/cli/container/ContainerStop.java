package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.verb.EachVerb;
import dev.patchbay.app.cli.verb.RefusedException;
import dev.patchbay.app.cli.verb.Session;
import dev.patchbay.app.cli.verb.UsageException;
import dev.patchbay.core.Change;
import dev.patchbay.engine.EngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `stop`.
@Command(
        name = "stop",
        description = "Stop one or more running containers",
        customSynopsis = "patchbay stop [OPTIONS] CONTAINER [CONTAINER...]")
public final class ContainerStop extends EachVerb {
    /// How long the helper lets a command end by itself.
    private static final int GRACE_SECONDS = 10;

    @Option(
            names = {"-t", "--time"},
            paramLabel = "SECONDS",
            description = "Accepted for Docker's sake: a Lab always waits 10 seconds before it kills")
    int seconds = GRACE_SECONDS;

    public ContainerStop(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws EngineException, RefusedException, UsageException {
        if (seconds != GRACE_SECONDS) {
            session.err().println("WARNING: a Lab waits " + GRACE_SECONDS + " seconds, whatever --time says");
        }
        return super.call();
    }

    @Override
    protected Change change(String name) {
        return new Change.StopContainer(name);
    }
}
