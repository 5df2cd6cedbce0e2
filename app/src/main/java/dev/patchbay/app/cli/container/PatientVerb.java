package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.EachVerb;
import dev.patchbay.app.cli.command.Session;
import dev.patchbay.engine.spec.StopMode;
import picocli.CommandLine.Option;

/// A command that gives the commands of containers time to end.
abstract class PatientVerb extends EachVerb {
    @Option(
            names = {"-t", "--time"},
            paramLabel = "SECONDS",
            description = "Seconds to wait for stop before killing the container (default 10)")
    int seconds = StopMode.GRACEFUL.graceSeconds();

    PatientVerb(Session session) {
        super(session);
    }

    final StopMode stopping() {
        return new StopMode(StopMode.SIGTERM, seconds);
    }
}
