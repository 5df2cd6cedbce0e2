package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.CliSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The group of container commands.
@Command(
        name = "container",
        description = "Manage containers",
        customSynopsis = "patchbay container COMMAND",
        commandListHeading = "%nCommands:%n")
public final class ContainerCommand {
    @Option(names = "--help", usageHelp = true, description = "Print usage")
    boolean help;

    private ContainerCommand() {}

    public static CommandLine in(CliSession session) {
        return new CommandLine(new ContainerCommand())
                .addSubcommand(ContainerCreateCommand.in(session))
                .addSubcommand(new ContainerInspectCommand(session))
                .addSubcommand(new ContainerKillCommand(session))
                .addSubcommand(new ContainerLogsCommand(session))
                .addSubcommand("ls", new ContainerListCommand(session), "list", "ps")
                .addSubcommand(new ContainerPortCommand(session))
                .addSubcommand(new ContainerPruneCommand(session))
                .addSubcommand(new PublishCommand(session))
                .addSubcommand(new ContainerRenameCommand(session))
                .addSubcommand(new ContainerRestartCommand(session))
                .addSubcommand("rm", new ContainerRemoveCommand(session), "remove")
                .addSubcommand(ContainerRunCommand.in(session))
                .addSubcommand(new ContainerStartCommand(session))
                .addSubcommand(new ContainerStopCommand(session))
                .addSubcommand(new UnpublishCommand(session))
                .addSubcommand(new ContainerUpdateCommand(session))
                .addSubcommand(new ContainerWaitCommand(session));
    }
}
