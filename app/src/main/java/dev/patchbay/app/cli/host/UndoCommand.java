package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import picocli.CommandLine.Command;

/// `undo`.
@Command(
        name = "undo",
        description = "Take back the newest change that is not undone yet",
        customSynopsis = "patchbay undo [OPTIONS]")
public final class UndoCommand extends HistoryCommand {
    public UndoCommand(CliSession session) {
        super(session);
    }

    @Override
    Outcome preview() throws EngineException {
        return host().previewUndo();
    }

    @Override
    Outcome apply() throws EngineException {
        return host().undo();
    }
}
