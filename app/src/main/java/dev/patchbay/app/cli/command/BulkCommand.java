package dev.patchbay.app.cli.command;

import dev.patchbay.core.model.Change;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.util.ArrayList;
import java.util.List;

/// A command that does the same for each of its arguments. It does all that are possible and prints
/// them; the errors follow.
public abstract class BulkCommand extends ChangeCommand {
    protected BulkCommand(CliSession session) {
        super(session);
    }

    protected abstract Change change(String name);

    /// Applies the command to one argument.
    protected void applyTo(String name) throws EngineException, CommandRefusedException {
        applyChange(change(name));
    }

    /// Docker's sentence for a command that failed for some arguments; empty when it has none.
    protected String summary(List<String> refused) {
        return "";
    }

    /// The line for an argument that was refused; nothing is printed when it is empty.
    protected String errorLine(String name, Refusal refusal) {
        return new CommandRefusedException(refusal).text();
    }

    /// Whether the command fails because of this refusal.
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
