package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.hosts.LabConnector;
import dev.patchbay.engine.EngineException;
import picocli.CommandLine.Command;

/// `lab down`.
@Command(
        name = "down",
        description = "End the Lab and all that runs in it; its records stay",
        customSynopsis = "patchbay lab down")
public final class LabDownCommand extends CliCommand {
    LabDownCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() throws EngineException {
        LabConnector.down(session.environment());
        print("The Lab is down.");
        return ExitCode.DONE;
    }
}
