package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.verb.Arguments;
import dev.patchbay.app.cli.verb.ChangingVerb;
import dev.patchbay.app.cli.verb.ExitCode;
import dev.patchbay.app.cli.verb.FilterWords;
import dev.patchbay.app.cli.verb.RefusedException;
import dev.patchbay.app.cli.verb.Session;
import dev.patchbay.app.cli.verb.UsageException;
import dev.patchbay.core.Change;
import dev.patchbay.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `container prune`. What it frees is no space: a Lab keeps no layers.
@Command(
        name = "prune",
        description = "Remove all stopped containers",
        customSynopsis = "patchbay container prune [OPTIONS]")
public final class ContainerPrune extends ChangingVerb {
    @Option(
            names = {"-f", "--force"},
            description = "Do not prompt for confirmation")
    boolean force;

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "Provide filter values (e.g. 'until=<timestamp>', 'label=<key>', 'label!=<key>=<value>')")
    List<String> filters = new ArrayList<>();

    @Parameters(arity = "0..*", hidden = true)
    List<String> arguments = new ArrayList<>();

    ContainerPrune(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws EngineException, RefusedException, UsageException {
        Arguments.none(arguments);
        Map<String, List<String>> wanted = FilterWords.of(filters, "--filter");
        if (!force && !dryRun() && !confirmed()) {
            return ExitCode.DONE;
        }
        String removed = make(new Change.PruneContainers(wanted));
        if (!dryRun()) {
            if (!removed.isEmpty()) {
                print("Deleted Containers:");
                print(removed);
                print("");
            }
            print("Total reclaimed space: 0B");
        }
        return ExitCode.DONE;
    }

    private boolean confirmed() {
        print("WARNING! This will remove all stopped containers.");
        session.out().print("Are you sure you want to continue? [y/N] ");
        session.out().flush();
        return session.answer().strip().equalsIgnoreCase("y");
    }
}
