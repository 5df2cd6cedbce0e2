package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.PruneCommand;
import dev.patchbay.core.model.Change;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/// `network prune`.
@Command(
        name = "prune",
        description = "Remove all unused networks",
        customSynopsis = "patchbay network prune [OPTIONS]")
public final class NetworkPruneCommand extends PruneCommand {
    NetworkPruneCommand(CliSession session) {
        super(session, "WARNING! This will remove all custom networks not used by at least one container.");
    }

    @Override
    protected Change change(Map<String, List<String>> filters) {
        return new Change.PruneNetworks(filters);
    }

    @Override
    protected void report(String removed) {
        printRemoved("Deleted Networks:", removed);
    }
}
