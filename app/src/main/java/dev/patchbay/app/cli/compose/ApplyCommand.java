package dev.patchbay.app.cli.compose;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.core.compose.difference.ComposeGoal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `apply`: changes the host to match a Compose file.
@Command(
        name = "apply",
        description = "Make the host what a Compose file says, after showing the difference",
        customSynopsis = "patchbay apply [OPTIONS] [FILE...]")
public final class ApplyCommand extends ComposeChangeCommand {
    @Option(names = "--remove-orphans", description = "Also remove what the project has and the file no longer")
    boolean removeOrphans;

    public ApplyCommand(CliSession session) {
        super(session);
    }

    @Override
    ComposeGoal aim() {
        return removeOrphans ? ComposeGoal.UP_REMOVE_ORPHANS : ComposeGoal.UP;
    }
}
