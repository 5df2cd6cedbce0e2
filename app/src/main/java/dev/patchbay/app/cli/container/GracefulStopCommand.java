package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.BulkCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.engine.container.StopMode;
import picocli.CommandLine.Option;

/// A command that stops containers and gives them time to end.
abstract class GracefulStopCommand extends BulkCommand {
    @Option(
            names = {"-t", "--time"},
            paramLabel = "SECONDS",
            description = "Seconds to wait for stop before killing the container (default 10)")
    int seconds = StopMode.GRACEFUL.graceSeconds();

    GracefulStopCommand(CliSession session) {
        super(session);
    }

    final StopMode stopping() {
        return new StopMode(StopMode.SIGTERM, seconds);
    }
}
