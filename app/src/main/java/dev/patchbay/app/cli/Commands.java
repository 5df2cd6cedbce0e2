package dev.patchbay.app.cli;

import dev.patchbay.app.cli.command.Session;
import dev.patchbay.app.cli.compose.Apply;
import dev.patchbay.app.cli.compose.Down;
import dev.patchbay.app.cli.compose.Export;
import dev.patchbay.app.cli.compose.Plan;
import dev.patchbay.app.cli.container.ContainerCommand;
import dev.patchbay.app.cli.container.ContainerCreate;
import dev.patchbay.app.cli.container.ContainerKill;
import dev.patchbay.app.cli.container.ContainerList;
import dev.patchbay.app.cli.container.ContainerLogs;
import dev.patchbay.app.cli.container.ContainerPort;
import dev.patchbay.app.cli.container.ContainerRemove;
import dev.patchbay.app.cli.container.ContainerRename;
import dev.patchbay.app.cli.container.ContainerRestart;
import dev.patchbay.app.cli.container.ContainerRun;
import dev.patchbay.app.cli.container.ContainerStart;
import dev.patchbay.app.cli.container.ContainerStop;
import dev.patchbay.app.cli.container.ContainerUpdate;
import dev.patchbay.app.cli.container.ContainerWait;
import dev.patchbay.app.cli.container.Inspect;
import dev.patchbay.app.cli.container.Publish;
import dev.patchbay.app.cli.container.Unpublish;
import dev.patchbay.app.cli.host.Completion;
import dev.patchbay.app.cli.host.Doctor;
import dev.patchbay.app.cli.host.Events;
import dev.patchbay.app.cli.host.Explain;
import dev.patchbay.app.cli.host.HostCommand;
import dev.patchbay.app.cli.host.LabCommand;
import dev.patchbay.app.cli.host.Picture;
import dev.patchbay.app.cli.host.Redo;
import dev.patchbay.app.cli.host.Repair;
import dev.patchbay.app.cli.host.Rules;
import dev.patchbay.app.cli.host.Status;
import dev.patchbay.app.cli.host.Tour;
import dev.patchbay.app.cli.host.Undo;
import dev.patchbay.app.cli.host.VersionCommand;
import dev.patchbay.app.cli.network.NetworkCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/// The commands by their first word.
final class Commands {
    private static final Map<String, Function<Session, Object>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("network", NetworkCommand::in);
        ALL.put("container", ContainerCommand::in);
        ALL.put("run", ContainerRun::in);
        ALL.put("ps", ContainerList::new);
        ALL.put("inspect", Inspect::new);
        ALL.put("create", ContainerCreate::in);
        ALL.put("start", ContainerStart::new);
        ALL.put("stop", ContainerStop::new);
        ALL.put("restart", ContainerRestart::new);
        ALL.put("kill", ContainerKill::new);
        ALL.put("rename", ContainerRename::new);
        ALL.put("update", ContainerUpdate::new);
        ALL.put("wait", ContainerWait::new);
        ALL.put("logs", ContainerLogs::new);
        ALL.put("events", Events::new);
        ALL.put("rm", ContainerRemove::new);
        ALL.put("port", ContainerPort::new);
        ALL.put("publish", Publish::new);
        ALL.put("unpublish", Unpublish::new);
        ALL.put("plan", Plan::new);
        ALL.put("apply", Apply::new);
        ALL.put("down", Down::new);
        ALL.put("export", Export::new);
        ALL.put("rules", Rules::new);
        ALL.put("explain", Explain::new);
        ALL.put("undo", Undo::new);
        ALL.put("redo", Redo::new);
        ALL.put("repair", Repair::new);
        ALL.put("host", HostCommand::in);
        ALL.put("status", Status::ofChosen);
        ALL.put("lab", LabCommand::in);
        ALL.put("tour", session -> new Tour(session, words -> Cli.run(session.another(), words)));
        ALL.put("picture", Picture::new);
        ALL.put("doctor", Doctor::new);
        ALL.put("completion", session -> new Completion(session, () -> Cli.complete(session)));
        ALL.put("version", VersionCommand::new);
    }

    private Commands() {}

    /// Adds the command of this name alone, since picocli reads every class that it is given; all of them when there
    /// is no such command.
    static void addTo(CommandLine line, String first, Session session) {
        Function<Session, Object> only = ALL.get(first);
        if (only != null) {
            line.addSubcommand(first, only.apply(session));
            return;
        }
        ALL.forEach((name, command) -> line.addSubcommand(name, command.apply(session)));
    }
}
