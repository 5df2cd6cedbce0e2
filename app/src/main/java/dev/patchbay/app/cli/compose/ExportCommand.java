package dev.patchbay.app.cli.compose;

import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `export`: writes the topology as a Compose file.
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

    public ExportCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() throws EngineException, RefusedException {
        session.out().print(host().exportCompose(projectName));
        return ExitCode.DONE;
    }
}
