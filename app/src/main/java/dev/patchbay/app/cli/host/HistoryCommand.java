package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.ChangeCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import picocli.CommandLine.Command;

/// `undo` and `redo`: no arguments, and the command that it is about is printed.
public abstract sealed class HistoryCommand extends ChangeCommand {
    private final HistoryAction action;

    private HistoryCommand(CliSession session, HistoryAction action) {
        super(session);
        this.action = action;
    }

    /// `undo`.
    @Command(
            name = "undo",
            description = "Take back the newest change that is not undone yet",
            customSynopsis = "patchbay undo [OPTIONS]")
    public static final class Undo extends HistoryCommand {
        public Undo(CliSession session) {
            super(session, HistoryAction.UNDO);
        }
    }

    /// `redo`.
    @Command(
            name = "redo",
            description = "Make the newest undone change again",
            customSynopsis = "patchbay redo [OPTIONS]")
    public static final class Redo extends HistoryCommand {
        public Redo(CliSession session) {
            super(session, HistoryAction.REDO);
        }
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException {
        Outcome outcome = dryRun() ? host().preview(action) : host().apply(action);
        if (outcome instanceof Outcome.Done done) {
            print(done.title());
        }
        reportOutcome(outcome);
        return ExitCode.DONE;
    }

    @Override
    protected String errorPrefix() {
        return "Error: ";
    }
}
