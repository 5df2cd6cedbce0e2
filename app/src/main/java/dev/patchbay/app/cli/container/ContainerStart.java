package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.EachVerb;
import dev.patchbay.app.cli.command.Session;
import dev.patchbay.core.model.Change;
import java.util.List;
import picocli.CommandLine.Command;

/// `start`.
@Command(
        name = "start",
        description = "Start one or more stopped containers",
        customSynopsis = "patchbay start [OPTIONS] CONTAINER [CONTAINER...]")
public final class ContainerStart extends EachVerb {
    public ContainerStart(Session session) {
        super(session);
    }

    @Override
    protected Change change(String name) {
        return new Change.StartContainer(name);
    }

    @Override
    protected String summary(List<String> refused) {
        return "Error: failed to start containers: " + String.join(", ", refused);
    }
}
