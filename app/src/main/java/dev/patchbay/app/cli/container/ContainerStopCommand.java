package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.core.model.Change;
import picocli.CommandLine.Command;

/// `stop`.
@Command(
        name = "stop",
        description = "Stop one or more running containers",
        customSynopsis = "patchbay stop [OPTIONS] CONTAINER [CONTAINER...]")
public final class ContainerStopCommand extends GracefulStopCommand {
    public ContainerStopCommand(CliSession session) {
        super(session);
    }

    @Override
    protected Change change(String name) {
        return new Change.StopContainer(name, stopping());
    }
}
