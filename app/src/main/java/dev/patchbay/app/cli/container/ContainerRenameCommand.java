package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.ChangeCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.core.model.Change;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import picocli.CommandLine.Command;

/// `rename`.
@Command(
        name = "rename",
        description = "Rename a container",
        customSynopsis = "patchbay rename [OPTIONS] CONTAINER NEW_NAME")
public final class ContainerRenameCommand extends ChangeCommand {
    public ContainerRenameCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(2);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException {
        if (arguments.stream().anyMatch(String::isBlank)) {
            throw new CommandRefusedException(
                    "Error: ", Refusal.of("invalid-name", "Neither old nor new names may be empty"));
        }
        try {
            printIfAny(applyChange(new Change.RenameContainer(arguments.get(0), arguments.get(1))));
            return ExitCode.DONE;
        } catch (CommandRefusedException e) {
            session.err().println(e.text());
            printError("Error: failed to rename container named " + arguments.getFirst());
            return ExitCode.REFUSED;
        }
    }
}
