package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.Arguments;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.Session;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.app.cli.command.Verb;
import dev.patchbay.app.hosts.Labs;
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
public final class LabDown extends Verb {
    @Parameters(arity = "0..*", hidden = true)
    List<String> arguments = new ArrayList<>();

    LabDown(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws EngineException, UsageException {
        Arguments.none(arguments);
        Labs.down(session.environment());
        print("The Lab is down.");
        return ExitCode.DONE;
    }
}
