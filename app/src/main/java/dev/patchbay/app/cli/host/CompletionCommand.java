package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `completion bash`.
@Command(
        name = "completion",
        description = "Print a completion script: source <(patchbay completion bash)",
        customSynopsis = "patchbay completion bash|zsh")
public final class CompletionCommand extends CliCommand {
    private final Supplier<CommandLine> commandTree;

    @Parameters(arity = "0..*", hidden = true)
    List<String> arguments = new ArrayList<>();

    /// @param complete makes the whole tree of commands
    public CompletionCommand(CliSession session, Supplier<CommandLine> complete) {
        super(session);
        this.commandTree = complete;
    }

    @Override
    public Integer call() throws UsageException {
        ArgumentCount.exactly(1, arguments);
        String shell = arguments.getFirst();
        if (!shell.equals("bash") && !shell.equals("zsh")) { // the script serves both: zsh reads it by bashcompinit
            throw new UsageException("no completion for \"" + shell + "\": bash or zsh");
        }
        session.out().print(AutoComplete.bash("patchbay", commandTree.get()));
        return ExitCode.DONE;
    }
}
