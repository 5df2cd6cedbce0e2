package dev.patchbay.app.cli.command;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import picocli.CommandLine.Option;

/// A command that changes something, or with `--dry-run` prints the steps.
public abstract class ChangeCommand extends CliCommand {
    @Option(names = "--dry-run", description = "Print the steps and the lines that equal them; change nothing")
    boolean dryRun;

    protected ChangeCommand(CliSession session) {
        super(session);
    }

    protected boolean dryRun() {
        return dryRun;
    }

    /// Makes the change, or prints its steps.
    ///
    /// @return what Docker prints on success; empty after a dry run
    protected String applyChange(Change change) throws EngineException, CommandRefusedException {
        return reportOutcome(dryRun ? host().preview(change) : host().apply(change));
    }

    /// Prints the steps of a dry run.
    protected String reportOutcome(Outcome outcome) throws CommandRefusedException {
        return switch (outcome) {
            case Outcome.Refused refused ->
                throw new CommandRefusedException(errorPrefix(), adaptRefusal(refused.refusal()));
            case Outcome.Done done
            when dryRun -> {
                printSteps(done.steps());
                yield "";
            }
            case Outcome.Done done -> done.output();
        };
    }

    @Override
    protected String errorPrefix() {
        return CommandRefusedException.DAEMON_PREFIX;
    }

    /// The refusal in the words of this command.
    protected Refusal adaptRefusal(Refusal refusal) {
        return refusal;
    }

    protected void printIfAny(String subject) {
        if (!subject.isEmpty()) {
            printText(subject);
        }
    }
}
