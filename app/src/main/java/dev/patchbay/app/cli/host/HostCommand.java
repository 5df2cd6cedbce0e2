package dev.patchbay.app.cli.host;

import dev.patchbay.app.cli.command.CliSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The group of commands for hosts.
@Command(
        name = "host",
        description = "Manage hosts: the Lab, and the engines that can be reached",
        customSynopsis = "patchbay host COMMAND",
        commandListHeading = "%nCommands:%n")
public final class HostCommand {
    @Option(names = "--help", usageHelp = true, description = "Print usage")
    boolean help;

    private HostCommand() {}

    public static CommandLine in(CliSession session) {
        return new CommandLine(new HostCommand())
                .addSubcommand(new HostListCommand(session))
                .addSubcommand(new HostUpCommand(session))
                .addSubcommand(new HostDownCommand(session))
                .addSubcommand(new HostDriverCommand(session));
    }
}
