package dev.patchbay.app.cli.network;

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

/// `network prune`.
@Command(
        name = "prune",
        description = "Remove all unused networks",
        customSynopsis = "patchbay network prune [OPTIONS]")
public final class NetworkPrune extends ChangingVerb {
    private static final String WARNING =
            "WARNING! This will remove all custom networks not used by at least one container.";

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

    NetworkPrune(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws EngineException, RefusedException, UsageException {
        Arguments.none(arguments);
        Map<String, List<String>> wanted = FilterWords.of(filters, "--filter");
        if (!force && !dryRun() && !confirmed()) {
            return ExitCode.DONE;
        }
        String removed = make(new Change.PruneNetworks(wanted));
        if (!removed.isEmpty()) {
            print("Deleted Networks:");
            print(removed);
            print("");
        }
        return ExitCode.DONE;
    }

    private boolean confirmed() {
        print(WARNING);
        session.out().print("Are you sure you want to continue? [y/N] ");
        session.out().flush();
        return session.answer().strip().equalsIgnoreCase("y");
    }
}
