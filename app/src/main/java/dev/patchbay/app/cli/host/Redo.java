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

/// `redo`: prints the command that it is about.
@Command(name = "redo", description = "Make the newest undone change again", customSynopsis = "patchbay redo [OPTIONS]")
public final class Redo extends ChangingVerb {
    @Parameters(arity = "0..*", hidden = true)
    List<String> arguments = new ArrayList<>();

    public Redo(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws EngineException, RefusedException, UsageException {
        Arguments.none(arguments);
        Outcome outcome = dryRun() ? host().previewRedo() : host().redo();
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
