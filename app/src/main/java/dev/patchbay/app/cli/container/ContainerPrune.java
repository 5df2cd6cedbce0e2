package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.verb.PruneVerb;
import dev.patchbay.app.cli.verb.Session;
import dev.patchbay.core.Change;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/// `container prune`. What it frees is no space: a Lab keeps no layers.
@Command(
        name = "prune",
        description = "Remove all stopped containers",
        customSynopsis = "patchbay container prune [OPTIONS]")
public final class ContainerPrune extends PruneVerb {
    ContainerPrune(Session session) {
        super(session, "WARNING! This will remove all stopped containers.");
    }

    @Override
    protected Change change(Map<String, List<String>> filters) {
        return new Change.PruneContainers(filters);
    }

    @Override
    protected void report(String removed) {
        list("Deleted Containers:", removed);
        print("Total reclaimed space: 0B");
    }
}
