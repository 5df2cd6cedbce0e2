package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.PruneCommand;
import dev.patchbay.app.cli.text.GoText;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.ContainerSize;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/// `container prune`. In a Lab it frees no space, because a Lab has no layers.
@Command(
        name = "prune",
        description = "Remove all stopped containers",
        customSynopsis = "patchbay container prune [OPTIONS]")
public final class ContainerPruneCommand extends PruneCommand {
    private Map<Id, ContainerSize> sizes = Map.of();

    ContainerPruneCommand(CliSession session) {
        super(session, "WARNING! This will remove all stopped containers.");
    }

    @Override
    protected Change change(Map<String, List<String>> filters) {
        return new Change.PruneContainers(filters);
    }

    @Override
    protected void prepare() throws EngineException {
        sizes = host().containerSizes();
    }

    @Override
    protected void report(String removed) {
        printRemoved("Deleted Containers:", removed);
        Set<String> ids = removed.lines().collect(Collectors.toSet());
        long freed = sizes.entrySet().stream()
                .filter(size -> ids.contains(size.getKey().value()))
                .mapToLong(size -> size.getValue().writableBytes())
                .sum();
        print("Total reclaimed space: " + GoText.size(freed));
    }
}
