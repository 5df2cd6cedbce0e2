package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.engine.EngineException;
import picocli.CommandLine.Command;

/// `lab up`.
@Command(name = "up", description = "Start the Lab, or join it", customSynopsis = "patchbay lab up")
public final class LabUpCommand extends CliCommand {
    LabUpCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() throws EngineException {
        host().topology();
        print("The Lab is up.");
        return ExitCode.DONE;
    }
}
