package dev.patchbay.app.cli.command;

import dev.patchbay.app.cli.text.TerminalText;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.status.PlannedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A command. [#call] returns an [ExitCode], or throws one of [UsageException], [CommandRefusedException] and
/// [EngineException], which the command line turns into a sentence and an exit code.
public abstract class CliCommand implements Callable<Integer> {
    protected final CliSession session;

    @Option(names = "--help", usageHelp = true, description = "Print usage")
    boolean help;

    @Parameters(arity = "0..*", hidden = true)
    protected List<String> arguments = new ArrayList<>();

    protected CliCommand(CliSession session) {
        this.session = session;
    }

    @Override
    public final Integer call() throws EngineException, CommandRefusedException, UsageException {
        argumentCount().check(arguments);
        try {
            return execute();
        } catch (RefusedException refused) {
            throw new CommandRefusedException(errorPrefix(), refused.refusal());
        }
    }

    /// Runs with as many arguments as it takes.
    protected abstract int execute() throws EngineException, RefusedException, CommandRefusedException, UsageException;

    /// What stands before the sentence of a refusal, as Docker's client has it for this command.
    protected String errorPrefix() {
        return "Error: ";
    }

    protected ArgumentCount argumentCount() {
        return ArgumentCount.NONE;
    }

    protected ConnectedHost host() throws EngineException {
        return session.host();
    }

    /// Prints one line: a line break or a tab in it is part of a name or a label, and is escaped.
    protected void print(String line) {
        session.out().println(TerminalText.escape(line));
    }

    /// Prints text that has its line breaks already.
    protected void printText(String text) {
        session.out().println(text);
    }

    /// Prints one line to stderr, as [#print].
    protected void printError(String line) {
        session.err().println(TerminalText.escape(line));
    }

    protected void printSteps(List<PlannedStep> steps) {
        if (steps.isEmpty()) {
            print("Nothing to do.");
        }
        for (PlannedStep step : steps) {
            print(step.name());
            step.lines().forEach(line -> print("    " + line));
        }
    }
}
