package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import picocli.CommandLine.Command;

/// `redo`.
@Command(name = "redo", description = "Make the newest undone change again", customSynopsis = "patchbay redo [OPTIONS]")
public final class RedoCommand extends HistoryCommand {
    public RedoCommand(CliSession session) {
        super(session);
    }

    @Override
    Outcome preview() throws EngineException {
        return host().previewRedo();
    }

    @Override
    Outcome apply() throws EngineException {
        return host().redo();
    }
}
