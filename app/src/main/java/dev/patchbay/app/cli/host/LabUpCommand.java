package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `lab up`.
@Command(name = "up", description = "Start the Lab, or join it", customSynopsis = "patchbay lab up")
public final class LabUpCommand extends CliCommand {
    @Parameters(arity = "0..*", hidden = true)
    List<String> arguments = new ArrayList<>();

    LabUpCommand(CliSession session) {
        super(session);
    }

    @Override
    public Integer call() throws EngineException, UsageException {
        ArgumentCount.none(arguments);
        host().topology();
        print("The Lab is up.");
        return ExitCode.DONE;
    }
}
