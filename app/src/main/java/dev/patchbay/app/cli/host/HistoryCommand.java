package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.ChangeCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;

/// What `undo` and `redo` share: no arguments, and the command that it is about is printed.
abstract class HistoryCommand extends ChangeCommand {
    HistoryCommand(CliSession session) {
        super(session);
    }

    abstract Outcome preview() throws EngineException;

    abstract Outcome apply() throws EngineException;

    @Override
    protected int execute() throws EngineException, CommandRefusedException {
        Outcome outcome = dryRun() ? preview() : apply();
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
