package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.BulkCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.core.model.Change;
import dev.patchbay.engine.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `network rm`.
@Command(
        name = "rm",
        aliases = "remove",
        description = "Remove one or more networks",
        customSynopsis = "patchbay network rm [OPTIONS] NETWORK [NETWORK...]")
public final class NetworkRemoveCommand extends BulkCommand {
    @Option(
            names = {"-f", "--force"},
            description = "Do not error if the network does not exist")
    boolean force;

    NetworkRemoveCommand(CliSession session) {
        super(session);
    }

    @Override
    protected Change change(String name) {
        return new Change.RemoveNetwork(name);
    }

    @Override
    protected boolean isFailure(Refusal refusal) {
        return !isIgnored(refusal);
    }

    private boolean isIgnored(Refusal refusal) {
        return force && refusal.code().equals("network-not-found");
    }

    @Override
    protected String errorLine(String name, Refusal refusal) {
        if (isIgnored(refusal)) {
            return "";
        }
        return refusal.code().equals("network-not-found")
                ? "Error: No such network: " + name
                : super.errorLine(name, refusal);
    }
}
