package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.AbstractInspectCommand;
import dev.patchbay.app.cli.command.CliSession;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `network inspect`.
@Command(
        name = "inspect",
        description = "Display detailed information on one or more networks",
        customSynopsis = "patchbay network inspect [OPTIONS] NETWORK [NETWORK...]")
public final class NetworkInspectCommand extends AbstractInspectCommand {
    @Option(
            names = {"-v", "--verbose"},
            description = "Verbose output for diagnostics")
    boolean verbose;

    NetworkInspectCommand(CliSession session) {
        super(session, "network", List.of((host, name) -> host.inspectNetwork(name)));
    }
}
