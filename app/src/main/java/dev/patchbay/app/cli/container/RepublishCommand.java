package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.ChangeCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.core.ports.PortRequests;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `republish`: puts a published port on another port or address of the host, in one step.
@Command(
        name = "republish",
        description = "Publish a port of a container on another port or address of the host, in one step",
        customSynopsis = "patchbay republish [OPTIONS] CONTAINER [IP:][HOST:]PORT[/PROTO]|HOST: [IP:]HOST")
public final class RepublishCommand extends ChangeCommand {
    @Option(
            names = "--recreate",
            description =
                    "Let Docker change it, with a new container in the place of this one (--dry-run shows what stays)")
    boolean recreate;

    public RepublishCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(3);
    }

    @Override
    protected int execute() throws EngineException, CommandRefusedException, UsageException, RefusedException {
        Change.Unpublish published = UnpublishCommand.change(arguments.getFirst(), arguments.get(1));
        PortArgument wanted = hostSide(arguments.get(2));
        Change.Republish republish = PortRequests.republish(
                NameLookup.container(host().topology(), arguments.getFirst()),
                published,
                wanted.hostAddress(),
                wanted.hostPorts());
        printIfAny(applyChange(recreate ? new Change.Recreate(republish) : republish));
        return ExitCode.DONE;
    }

    /// The syntax of `-p` without the container port.
    private static PortArgument hostSide(String text) throws UsageException {
        try {
            PortArgument wanted = PortArgument.parse(text + ":1");
            if (wanted.hostAddress() == null && wanted.hostPorts() == null) {
                throw new UsageException("No host port specified: " + text);
            }
            return wanted;
        } catch (PortArgument.InvalidPortException e) {
            throw new UsageException(e.sentence());
        }
    }
}
