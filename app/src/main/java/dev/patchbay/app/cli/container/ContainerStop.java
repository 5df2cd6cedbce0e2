package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.verb.EachVerb;
import dev.patchbay.app.cli.verb.Session;
import dev.patchbay.core.Change;
import dev.patchbay.engine.spec.Stopping;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `stop`.
@Command(
        name = "stop",
        description = "Stop one or more running containers",
        customSynopsis = "patchbay stop [OPTIONS] CONTAINER [CONTAINER...]")
public final class ContainerStop extends EachVerb {
    @Option(
            names = {"-t", "--time"},
            paramLabel = "SECONDS",
            description = "Seconds to wait for stop before killing it (default 10)")
    int seconds = Stopping.IN_TIME.graceSeconds();

    public ContainerStop(Session session) {
        super(session);
    }

    @Override
    protected Change change(String name) {
        return new Change.StopContainer(name, new Stopping(Stopping.SIGTERM, seconds));
    }
}
