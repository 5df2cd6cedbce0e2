package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.Machine;
import java.util.Optional;
import picocli.CommandLine.Command;

/// `host down`: ends the helper that reads this machine's rules.
@Command(
        name = "down",
        description = "End the helper of this machine; what is there stays as it is",
        customSynopsis = "patchbay host down")
public final class HostDownCommand extends CliCommand {
    HostDownCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() throws EngineException, RefusedException {
        Optional<Refusal> refusal = Machine.here(HelperCommand.ofThisProgram()).down();
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
        return ExitCode.DONE;
    }
}
