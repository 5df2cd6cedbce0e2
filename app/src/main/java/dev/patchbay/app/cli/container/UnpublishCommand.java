package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.ChangeCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.EngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `unpublish`, with both ports, with only the container port, or with only the host port.
@Command(
        name = "unpublish",
        description = "Take back a published port of a container",
        customSynopsis = "patchbay unpublish [OPTIONS] CONTAINER [IP:][HOST:]PORT[/PROTO]|HOST:")
public final class UnpublishCommand extends ChangeCommand {
    @Option(
            names = "--recreate",
            description = "Let Docker take it back, with a new container in the place of this one (--dry-run shows what"
                    + " stays)")
    boolean recreate;

    public UnpublishCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(2);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException, UsageException {
        Change.Unpublish unpublish = change(arguments.getFirst(), arguments.get(1));
        printIfAny(applyChange(recreate ? new Change.Recreate(unpublish) : unpublish));
        return ExitCode.DONE;
    }

    /// @param text the published port as typed
    static Change.Unpublish change(String container, String text) throws UsageException {
        PortArgument port = port(text);
        return new Change.Unpublish(
                container, port.hostAddress(), port.hostPorts(), port.containerPorts(), port.protocol());
    }

    private static PortArgument port(String text) throws UsageException {
        try {
            PortArgument port = PortArgument.parse(text);
            if (port.hostPorts() == null && port.containerPorts() == null) {
                throw new UsageException("No port specified: " + text + "<empty>");
            }
            return port;
        } catch (PortArgument.InvalidPortException e) {
            throw new UsageException(e.sentence());
        }
    }
}
