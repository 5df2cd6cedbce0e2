package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `completion bash`.
@Command(
        name = "completion",
        description = "Print a completion script: source <(patchbay completion bash)",
        customSynopsis = "patchbay completion bash|zsh")
public final class CompletionCommand extends CliCommand {
    private final Supplier<CommandLine> commandTree;

    /// @param complete makes the whole tree of commands
    public CompletionCommand(CliSession session, Supplier<CommandLine> complete) {
        super(session);
        this.commandTree = complete;
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(1);
    }

    @Override
    protected int execute() throws UsageException {
        String shell = arguments.getFirst();
        if (!shell.equals("bash") && !shell.equals("zsh")) { // the script serves both: zsh reads it with bashcompinit
            throw new UsageException("no completion for \"" + shell + "\": bash or zsh");
        }
        session.out().print(AutoComplete.bash("patchbay", commandTree.get()));
        return ExitCode.DONE;
    }
}
