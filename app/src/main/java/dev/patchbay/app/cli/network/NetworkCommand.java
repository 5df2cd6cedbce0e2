package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The group of network commands.
@Command(
        name = "network",
        description = "Manage networks",
        customSynopsis = "patchbay network COMMAND",
        commandListHeading = "%nCommands:%n")
public final class NetworkCommand {
    @Option(names = "--help", usageHelp = true, description = "Print usage")
    boolean help;

    private NetworkCommand() {}

    public static CommandLine in(Session session) {
        return new CommandLine(new NetworkCommand())
                .addSubcommand(new NetworkConnect(session))
                .addSubcommand(new NetworkCreate(session))
                .addSubcommand(new NetworkDisconnect(session))
                .addSubcommand(new NetworkInspect(session))
                .addSubcommand(new NetworkList(session))
                .addSubcommand(new NetworkPrune(session))
                .addSubcommand(new NetworkRemove(session))
                .addSubcommand(new NetworkUpdate(session));
    }
}
