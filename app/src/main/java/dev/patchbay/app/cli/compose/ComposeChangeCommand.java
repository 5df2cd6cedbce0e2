package dev.patchbay.app.cli.compose;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.io.Console;
import java.util.Locale;
import picocli.CommandLine.Option;

/// Shows the difference, asks, and applies all of it or nothing.
abstract class ComposeChangeCommand extends ComposeCommand {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask")
    boolean yes;

    ComposeChangeCommand(CliSession session) {
        super(session);
    }

    abstract ComposeGoal aim();

    @Override
    protected int execute() throws EngineException, RefusedException, UsageException {
        ProjectDifference difference = difference(project(), aim());
        show(difference);
        if (difference.isEmpty()) {
            return ExitCode.DONE;
        }
        show(preview(difference));
        if (!yes && !confirmed()) {
            print("Nothing is changed.");
            return ExitCode.REFUSED;
        }
        try {
            done(host().apply(difference.change()));
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.OUTCOME_UNKNOWN) {
                session.err().println("What was done of it is taken back.");
            }
            throw e;
        }
        print(
                switch (difference.undo()) {
                    case WHOLE -> "Done. 'patchbay undo' takes all of it back.";
                    case WITHOUT_FILES ->
                        "Done. 'patchbay undo' takes it back, except the files of removed containers.";
                    case NONE -> "Done. It cannot be undone.";
                });
        return ExitCode.DONE;
    }

    private boolean confirmed() throws RefusedException {
        Console console = session.attached() ? System.console() : null;
        if (console == null || !console.isTerminal()) {
            throw new RefusedException(new Refusal(
                    "nobody-to-ask",
                    "there is no terminal to ask on before anything is changed",
                    "Add --yes to change it without being asked."));
        }
        String answer = console.readLine("Do this? [y/N] ");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
