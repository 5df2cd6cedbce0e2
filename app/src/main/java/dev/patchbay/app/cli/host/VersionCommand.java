package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.engine.Version;
import picocli.CommandLine.Command;

/// `version`.
@Command(name = "version", description = "Show the version", customSynopsis = "patchbay version")
public final class VersionCommand extends CliCommand {
    public VersionCommand(CliSession session) {
        super(session);
    }

    @Override
    protected int execute() {
        print("Patchbay version " + Version.current());
        return ExitCode.DONE;
    }
}
