package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.Session;
import dev.patchbay.app.cli.command.Verb;
import dev.patchbay.engine.Version;
import picocli.CommandLine.Command;

/// `version`.
@Command(name = "version", description = "Show the version", customSynopsis = "patchbay version")
public final class VersionCommand extends Verb {
    public VersionCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        print("Patchbay version " + Version.current());
        return ExitCode.DONE;
    }
}
