package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.Elevation;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.Machine;
import java.io.Console;
import java.util.Optional;
import picocli.CommandLine.Command;

/// `host up`: starts the helper that reads this machine's rules, and asks for root where that is
/// necessary.
@Command(
        name = "up",
        description = "Start the helper of this machine, which reads its rules; asks for root",
        customSynopsis = "patchbay host up")
public final class HostUpCommand extends CliCommand {
    HostUpCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() throws EngineException, RefusedException {
        Machine machine = Machine.here(HelperCommand.ofThisProgram());
        if (machine.up() instanceof HelperStart.Unavailable(Refusal refusal)) {
            boolean terminal = Optional.ofNullable(System.console())
                    .filter(Console::isTerminal)
                    .isPresent();
            Optional<Elevation> elevation = refusal.code().equals(Refusal.ROOT_NEEDED)
                    ? Elevation.choose(session.environment(), terminal)
                    : Optional.empty();
            if (elevation.isEmpty()) {
                throw new RefusedException(refusal);
            }
            printError(refusal.sentence() + " Patchbay asks for it to start its helper.");
            if (machine.up(elevation.get()) instanceof HelperStart.Unavailable(Refusal declined)) {
                throw new RefusedException(declined);
            }
        }
        print("The helper of this machine answers.");
        return ExitCode.DONE;
    }
}
