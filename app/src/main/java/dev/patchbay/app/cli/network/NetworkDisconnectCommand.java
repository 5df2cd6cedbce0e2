package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.ChangeCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.core.model.Change;
import dev.patchbay.engine.EngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `network disconnect`.
@Command(
        name = "disconnect",
        description = "Disconnect a container from a network",
        customSynopsis = "patchbay network disconnect [OPTIONS] NETWORK CONTAINER")
public final class NetworkDisconnectCommand extends ChangeCommand {
    /// Docker needs this when its daemon has lost a container; Patchbay accepts and ignores it.
    @Option(
            names = {"-f", "--force"},
            description = "Accepted for Docker's sake: disconnecting never needs force here")
    boolean force;

    NetworkDisconnectCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(2);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException {
        applyChange(new Change.Disconnect(arguments.get(0), arguments.get(1)));
        return ExitCode.DONE;
    }
}
