package dev.patchbay.app.cli.compose;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `export`: what there is, as a Compose file.
@Command(
        name = "export",
        description = "Print what the host has as a Compose file, for 'plan' and 'apply'",
        customSynopsis = "patchbay export [OPTIONS]")
public final class ExportCommand extends CliCommand {
    @Option(
            names = {"-p", "--project-name"},
            paramLabel = "NAME",
            description = "Name of the project that the file is of (default patchbay); other projects are left out")
    String projectName = "patchbay";

    @Parameters(arity = "0..*", hidden = true)
    List<String> arguments = new ArrayList<>();

    public ExportCommand(CliSession session) {
        super(session);
    }

    @Override
    public Integer call() throws EngineException, UsageException {
        ArgumentCount.none(arguments);
        session.out().print(host().exportCompose(projectName));
        return ExitCode.DONE;
    }
}
