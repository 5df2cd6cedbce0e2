package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.AbstractInspectCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.UsageException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `inspect`: a container of that name, otherwise a network, in Docker's order.
@Command(
        name = "inspect",
        description = "Return low-level information on containers and networks",
        customSynopsis = "patchbay inspect [OPTIONS] NAME|ID [NAME|ID...]")
public final class InspectCommand extends AbstractInspectCommand {
    private static final Kind CONTAINER = (host, name) -> host.inspectContainer(name);
    private static final Kind NETWORK = (host, name) -> host.inspectNetwork(name);

    @Option(names = "--type", paramLabel = "TYPE", description = "Return JSON for specified type: container or network")
    String type = "";

    public InspectCommand(CliSession session) {
        super(session, "object", List.of(CONTAINER, NETWORK));
    }

    @Override
    protected List<Kind> kinds() throws UsageException {
        return switch (type) {
            case "" -> super.kinds();
            case "container" -> List.of(CONTAINER);
            case "network" -> List.of(NETWORK);
            default -> throw new UsageException("\"" + type + "\" is not a valid value for --type");
        };
    }

    @Override
    protected String noun() {
        return type.isEmpty() ? super.noun() : type;
    }
}
