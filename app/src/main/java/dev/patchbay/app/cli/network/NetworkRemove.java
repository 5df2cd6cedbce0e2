package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.verb.EachVerb;
import dev.patchbay.app.cli.verb.Session;
import dev.patchbay.core.Change;
import dev.patchbay.engine.protocol.Refusal;
import picocli.CommandLine.Command;

/// `network rm`.
@Command(
        name = "rm",
        aliases = "remove",
        description = "Remove one or more networks",
        customSynopsis = "patchbay network rm [OPTIONS] NETWORK [NETWORK...]")
public final class NetworkRemove extends EachVerb {
    NetworkRemove(Session session) {
        super(session);
    }

    @Override
    protected Change change(String name) {
        return new Change.RemoveNetwork(name);
    }

    @Override
    protected String errorLine(String name, Refusal refusal) {
        return refusal.code().equals("network-not-found")
                ? "Error: No such network: " + name
                : super.errorLine(name, refusal);
    }
}
