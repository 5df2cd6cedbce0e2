package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.BulkCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.core.model.Change;
import java.util.List;
import picocli.CommandLine.Command;

/// `start`.
@Command(
        name = "start",
        description = "Start one or more stopped containers",
        customSynopsis = "patchbay start [OPTIONS] CONTAINER [CONTAINER...]")
public final class ContainerStartCommand extends BulkCommand {
    public ContainerStartCommand(CliSession session) {
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
