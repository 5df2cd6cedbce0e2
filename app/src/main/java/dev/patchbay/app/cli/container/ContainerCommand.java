package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.Session;
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

    public static CommandLine in(Session session) {
        return new CommandLine(new ContainerCommand())
                .addSubcommand(ContainerCreate.in(session))
                .addSubcommand(new ContainerInspect(session))
                .addSubcommand(new ContainerKill(session))
                .addSubcommand(new ContainerLogs(session))
                .addSubcommand("ls", new ContainerList(session), "list", "ps")
                .addSubcommand(new ContainerPort(session))
                .addSubcommand(new ContainerPrune(session))
                .addSubcommand(new Publish(session))
                .addSubcommand(new ContainerRename(session))
                .addSubcommand(new ContainerRestart(session))
                .addSubcommand("rm", new ContainerRemove(session), "remove")
                .addSubcommand(ContainerRun.in(session))
                .addSubcommand(new ContainerStart(session))
                .addSubcommand(new ContainerStop(session))
                .addSubcommand(new Unpublish(session))
                .addSubcommand(new ContainerUpdate(session))
                .addSubcommand(new ContainerWait(session));
    }
}
