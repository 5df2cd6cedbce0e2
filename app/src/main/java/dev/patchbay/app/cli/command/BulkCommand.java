package dev.patchbay.app.cli.command;

import dev.patchbay.core.model.Change;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.util.ArrayList;
import java.util.List;

/// A command that does the same to each of its arguments: the ones that can be done are done and printed, the errors
/// follow.
public abstract class BulkCommand extends ChangeCommand {
    protected BulkCommand(CliSession session) {
        super(session);
    }

    protected abstract Change change(String name);

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
    protected ArgumentCount argumentCount() {
        return ArgumentCount.atLeast(1);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException, UsageException {
        List<String> refused = new ArrayList<>();
        for (String name : arguments) {
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
