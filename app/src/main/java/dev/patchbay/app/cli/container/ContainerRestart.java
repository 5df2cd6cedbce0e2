package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.verb.EachVerb;
import dev.patchbay.app.cli.verb.Session;
import dev.patchbay.core.Change;
import dev.patchbay.engine.spec.Stopping;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `restart`.
@Command(
        name = "restart",
        description = "Restart one or more containers",
        customSynopsis = "patchbay restart [OPTIONS] CONTAINER [CONTAINER...]")
public final class ContainerRestart extends EachVerb {
    @Option(
            names = {"-t", "--time"},
            paramLabel = "SECONDS",
            description = "Seconds to wait for stop before killing the container (default 10)")
    int seconds = Stopping.IN_TIME.graceSeconds();

    public ContainerRestart(Session session) {
        super(session);
    }

    @Override
    protected Change change(String name) {
        return new Change.RestartContainer(name, new Stopping(Stopping.SIGTERM, seconds));
    }
}
