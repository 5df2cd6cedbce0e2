package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.ChangeCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.core.model.Change;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `rename`.
@Command(
        name = "rename",
        description = "Rename a container",
        customSynopsis = "patchbay rename [OPTIONS] CONTAINER NEW_NAME")
public final class ContainerRenameCommand extends ChangeCommand {
    @Parameters(arity = "0..*", hidden = true)
    List<String> arguments = new ArrayList<>();

    public ContainerRenameCommand(CliSession session) {
        super(session);
    }

    @Override
    public Integer call() throws EngineException, CommandRefusedException, UsageException {
        ArgumentCount.exactly(2, arguments);
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
