package dev.patchbay.app.cli.command;

import dev.patchbay.core.model.Change;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/// A command that does the same to each of its arguments: the ones that can be done are done and printed, the errors
/// follow.
public abstract class BulkCommand extends ChangeCommand {
    @Parameters(arity = "0..*", hidden = true)
    List<String> names = new ArrayList<>();

    protected BulkCommand(CliSession session) {
        super(session);
    }

    protected abstract Change change(String name);

    protected final List<String> names() {
        return names;
    }

    /// Does it to one of the arguments.
    protected void applyTo(String name) throws EngineException, CommandRefusedException {
        applyChange(change(name));
    }

    /// Docker's sentence for a whole command that failed for some; empty when it has none.
    protected String summary(List<String> refused) {
        return "";
    }

    /// What is printed when one argument was refused; nothing when it is empty.
    protected String errorLine(String name, Refusal refusal) {
        return new CommandRefusedException(refusal).text();
    }

    /// Whether the whole command failed when this was refused.
    protected boolean isFailure(Refusal refusal) {
        return true;
    }

    @Override
    public Integer call() throws EngineException, CommandRefusedException, UsageException {
        ArgumentCount.atLeast(1, names);
        List<String> refused = new ArrayList<>();
        for (String name : names) {
            try {
                applyTo(name);
                if (!dryRun()) {
                    print(name);
                }
            } catch (CommandRefusedException e) {
                String line = errorLine(name, e.refusal());
                if (!line.isEmpty()) {
                    session.err().println(line);
                }
                if (isFailure(e.refusal())) {
                    refused.add(name);
                }
            }
        }
        if (refused.isEmpty()) {
            return ExitCode.DONE;
        }
        String summary = summary(refused);
        if (!summary.isEmpty()) {
            printError(summary);
        }
        return ExitCode.REFUSED;
    }
}
