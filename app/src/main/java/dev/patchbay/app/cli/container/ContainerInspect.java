package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.InspectVerb;
import dev.patchbay.app.cli.command.Session;
import java.util.List;
import picocli.CommandLine.Command;

/// `container inspect`.
@Command(
        name = "inspect",
        description = "Display detailed information on one or more containers",
        customSynopsis = "patchbay container inspect [OPTIONS] CONTAINER [CONTAINER...]")
public final class ContainerInspect extends InspectVerb {
    ContainerInspect(Session session) {
        super(session, "container", List.of((host, name) -> host.inspectContainer(name)));
    }
}
