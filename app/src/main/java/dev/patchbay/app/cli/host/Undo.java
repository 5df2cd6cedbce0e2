package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.verb.Arguments;
import dev.patchbay.app.cli.verb.ChangingVerb;
import dev.patchbay.app.cli.verb.ExitCode;
import dev.patchbay.app.cli.verb.RefusedException;
import dev.patchbay.app.cli.verb.Session;
import dev.patchbay.app.cli.verb.UsageException;
import dev.patchbay.core.Outcome;
import dev.patchbay.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `undo`: prints the command that it is about.
@Command(
        name = "undo",
        description = "Take back the newest change that is not undone yet",
        customSynopsis = "patchbay undo [OPTIONS]")
public final class Undo extends ChangingVerb {
    @Parameters(arity = "0..*", hidden = true)
    List<String> arguments = new ArrayList<>();

    public Undo(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws EngineException, RefusedException, UsageException {
        Arguments.none(arguments);
        Outcome outcome = dryRun() ? host().previewUndo() : host().undo();
        if (outcome instanceof Outcome.Done done) {
            print(done.title());
        }
        done(outcome);
        return ExitCode.DONE;
    }

    @Override
    protected String errorPrefix() {
        return "Error: ";
    }
}
