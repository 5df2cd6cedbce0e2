package dev.patchbay.app.cli.compose;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.core.compose.difference.ComposeGoal;
import picocli.CommandLine.Command;

/// `down`: removes a project.
@Command(
        name = "down",
        description = "Remove the containers and networks of a Compose file's project",
        customSynopsis = "patchbay down [OPTIONS] [FILE...]")
public final class DownCommand extends ComposeChangeCommand {
    public DownCommand(CliSession session) {
        super(session);
    }

    @Override
    ComposeGoal aim() {
        return ComposeGoal.DOWN;
    }
}
