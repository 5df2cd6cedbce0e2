package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.AbstractInspectCommand;
import dev.patchbay.app.cli.command.CliSession;
import java.util.List;
import picocli.CommandLine.Command;

/// `container inspect`.
@Command(
        name = "inspect",
        description = "Display detailed information on one or more containers",
        customSynopsis = "patchbay container inspect [OPTIONS] CONTAINER [CONTAINER...]")
public final class ContainerInspectCommand extends AbstractInspectCommand {
    ContainerInspectCommand(CliSession session) {
        super(session, "container", List.of((host, name) -> host.inspectContainer(name)));
    }
}
