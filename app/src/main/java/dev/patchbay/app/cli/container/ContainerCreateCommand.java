package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.engine.EngineException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `create`: as `run`, without the start.
@Command(
        name = "create",
        description = "Create a new container",
        customSynopsis = "patchbay create [OPTIONS] IMAGE [COMMAND] [ARG...]")
public final class ContainerCreateCommand extends AbstractRunCommand {
    private ContainerCreateCommand(CliSession session) {
        super(session);
    }

    /// All words after the image are the container's command with its own options.
    public static CommandLine in(CliSession session) {
        return new CommandLine(new ContainerCreateCommand(session)).setStopAtPositional(true);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException, UsageException {
        printIfAny(applyChange(runChange(false)));
        return ExitCode.DONE;
    }
}
