package dev.patchbay.app.cli.network;

import dev.patchbay.app.cli.command.CliSession;
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

    public static CommandLine in(CliSession session) {
        return new CommandLine(new NetworkCommand())
                .addSubcommand(new NetworkAddressesCommand(session))
                .addSubcommand(new NetworkConnectCommand(session))
                .addSubcommand(new NetworkCreateCommand(session))
                .addSubcommand(new NetworkDisconnectCommand(session))
                .addSubcommand(new NetworkGatewayCommand(session))
                .addSubcommand(new NetworkInspectCommand(session))
                .addSubcommand(new NetworkListCommand(session))
                .addSubcommand(new NetworkMoveCommand(session))
                .addSubcommand(new NetworkPruneCommand(session))
                .addSubcommand(new NetworkRemoveCommand(session))
                .addSubcommand(new NetworkSubnetCommand(session))
                .addSubcommand(new NetworkUpdateCommand(session));
    }
}
