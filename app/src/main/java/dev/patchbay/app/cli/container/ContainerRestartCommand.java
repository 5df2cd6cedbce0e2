package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.core.model.Change;
import picocli.CommandLine.Command;

/// `restart`.
@Command(
        name = "restart",
        description = "Restart one or more containers",
        customSynopsis = "patchbay restart [OPTIONS] CONTAINER [CONTAINER...]")
public final class ContainerRestartCommand extends GracefulStopCommand {
    public ContainerRestartCommand(CliSession session) {
        super(session);
    }

    @Override
    protected Change change(String name) {
        return new Change.RestartContainer(name, stopping());
    }
}
