package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.app.hosts.LabConnector;
import dev.patchbay.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `lab down`.
@Command(
        name = "down",
        description = "End the Lab and all that runs in it; its records stay",
        customSynopsis = "patchbay lab down")
public final class LabDownCommand extends CliCommand {
    @Parameters(arity = "0..*", hidden = true)
    List<String> arguments = new ArrayList<>();

    LabDownCommand(CliSession session) {
        super(session);
    }

    @Override
    public Integer call() throws EngineException, UsageException {
        ArgumentCount.none(arguments);
        LabConnector.down(session.environment());
        print("The Lab is down.");
        return ExitCode.DONE;
    }
}
