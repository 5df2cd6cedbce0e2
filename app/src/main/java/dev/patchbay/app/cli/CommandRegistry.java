package dev.patchbay.app.cli;

import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.compose.ApplyCommand;
import dev.patchbay.app.cli.compose.DownCommand;
import dev.patchbay.app.cli.compose.ExportCommand;
import dev.patchbay.app.cli.compose.PlanCommand;
import dev.patchbay.app.cli.container.ContainerCommand;
import dev.patchbay.app.cli.container.ContainerCreateCommand;
import dev.patchbay.app.cli.container.ContainerKillCommand;
import dev.patchbay.app.cli.container.ContainerListCommand;
import dev.patchbay.app.cli.container.ContainerLogsCommand;
import dev.patchbay.app.cli.container.ContainerPortCommand;
import dev.patchbay.app.cli.container.ContainerRemoveCommand;
import dev.patchbay.app.cli.container.ContainerRenameCommand;
import dev.patchbay.app.cli.container.ContainerRestartCommand;
import dev.patchbay.app.cli.container.ContainerRunCommand;
import dev.patchbay.app.cli.container.ContainerStartCommand;
import dev.patchbay.app.cli.container.ContainerStopCommand;
import dev.patchbay.app.cli.container.ContainerUpdateCommand;
import dev.patchbay.app.cli.container.ContainerWaitCommand;
import dev.patchbay.app.cli.container.InspectCommand;
import dev.patchbay.app.cli.container.PublishCommand;
import dev.patchbay.app.cli.container.RepublishCommand;
import dev.patchbay.app.cli.container.UnpublishCommand;
import dev.patchbay.app.cli.host.CompletionCommand;
import dev.patchbay.app.cli.host.DoctorCommand;
import dev.patchbay.app.cli.host.EventsCommand;
import dev.patchbay.app.cli.host.ExplainCommand;
import dev.patchbay.app.cli.host.HistoryCommand;
import dev.patchbay.app.cli.host.HostCommand;
import dev.patchbay.app.cli.host.LabCommand;
import dev.patchbay.app.cli.host.PictureCommand;
import dev.patchbay.app.cli.host.RepairCommand;
import dev.patchbay.app.cli.host.RulesCommand;
import dev.patchbay.app.cli.host.StatusCommand;
import dev.patchbay.app.cli.host.TourCommand;
import dev.patchbay.app.cli.host.VersionCommand;
import dev.patchbay.app.cli.network.NetworkCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/// The commands by their first word.
final class CommandRegistry {
    private static final Map<String, Function<CliSession, Object>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("network", NetworkCommand::in);
        ALL.put("container", ContainerCommand::in);
        ALL.put("run", ContainerRunCommand::in);
        ALL.put("ps", ContainerListCommand::new);
        ALL.put("inspect", InspectCommand::new);
        ALL.put("create", ContainerCreateCommand::in);
        ALL.put("start", ContainerStartCommand::new);
        ALL.put("stop", ContainerStopCommand::new);
        ALL.put("restart", ContainerRestartCommand::new);
        ALL.put("kill", ContainerKillCommand::new);
        ALL.put("rename", ContainerRenameCommand::new);
        ALL.put("update", ContainerUpdateCommand::new);
        ALL.put("wait", ContainerWaitCommand::new);
        ALL.put("logs", ContainerLogsCommand::new);
        ALL.put("events", EventsCommand::new);
        ALL.put("rm", ContainerRemoveCommand::new);
        ALL.put("port", ContainerPortCommand::new);
        ALL.put("publish", PublishCommand::new);
        ALL.put("unpublish", UnpublishCommand::new);
        ALL.put("republish", RepublishCommand::new);
        ALL.put("plan", PlanCommand::new);
        ALL.put("apply", ApplyCommand::new);
        ALL.put("down", DownCommand::new);
        ALL.put("export", ExportCommand::new);
        ALL.put("rules", RulesCommand::new);
        ALL.put("explain", ExplainCommand::new);
        ALL.put("undo", HistoryCommand.Undo::new);
        ALL.put("redo", HistoryCommand.Redo::new);
        ALL.put("repair", RepairCommand::new);
        ALL.put("host", HostCommand::in);
        ALL.put("status", StatusCommand::ofSelectedHost);
        ALL.put("lab", LabCommand::in);
        ALL.put("tour", session -> new TourCommand(session, words -> Cli.run(session.fork(), words)));
        ALL.put("picture", PictureCommand::new);
        ALL.put("doctor", DoctorCommand::new);
        ALL.put("completion", session -> new CompletionCommand(session, () -> Cli.commandTree(session)));
        ALL.put("version", VersionCommand::new);
    }

    private CommandRegistry() {}

    /// Adds only the command of this name, since picocli inspects every class that it gets; adds all
    /// commands when there is none of this name.
    static void addTo(CommandLine line, String first, CliSession session) {
        Function<CliSession, Object> only = ALL.get(first);
        if (only != null) {
            line.addSubcommand(first, only.apply(session));
            return;
        }
        ALL.forEach((name, command) -> line.addSubcommand(name, command.apply(session)));
    }
}
