package dev.patchbay.app.cli.command;

import dev.patchbay.core.model.Change;
import dev.patchbay.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// Removes all unused objects of a kind. It asks first, unless `--force` is given.
public abstract class PruneCommand extends ChangeCommand {
    @Option(
            names = {"-f", "--force"},
            description = "Do not prompt for confirmation")
    boolean force;

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "Provide filter values (e.g. 'until=<timestamp>', 'label=<key>', 'label!=<key>=<value>')")
    List<String> filters = new ArrayList<>();

    private final String warning;

    /// @param warning the question, in Docker's words
    protected PruneCommand(CliSession session, String warning) {
        super(session);
        this.warning = warning;
    }

    /// @param filters values by name
    protected abstract Change change(Map<String, List<String>> filters);

    /// Called before anything is removed.
    protected void prepare() throws EngineException {}

    /// @param removed one line for each removed object; empty when there was none
    protected abstract void report(String removed);

    @Override
    protected final int execute() throws EngineException, CommandRefusedException, UsageException {
        Map<String, List<String>> wanted = FilterOptions.of(filters, "--filter");
        if (!force && !dryRun() && !confirmed()) {
            report("");
            return ExitCode.DONE;
        }
        if (!dryRun()) {
            prepare();
        }
        String removed = applyChange(change(wanted));
        if (!dryRun()) {
            report(removed);
        }
        return ExitCode.DONE;
    }

    protected final void printRemoved(String title, String removed) {
        if (!removed.isEmpty()) {
            print(title);
            printText(removed);
            print("");
        }
    }

    private boolean confirmed() {
        print(warning);
        session.out().print("Are you sure you want to continue? [y/N] ");
        session.out().flush();
        return session.readLine().strip().equalsIgnoreCase("y");
    }
}
