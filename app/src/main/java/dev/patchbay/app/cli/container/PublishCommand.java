package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.ChangeCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.ports.ContainerPortCheck;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `publish`: publishes a port of an existing container. Docker can do this only for a new container.
@Command(
        name = "publish",
        description = "Publish a port of a container that is there already",
        customSynopsis = "patchbay publish [OPTIONS] CONTAINER [IP:][HOST:]PORT[/PROTO][,from=NETWORK]")
public final class PublishCommand extends ChangeCommand {
    @Option(
            names = "--from",
            paramLabel = "NETWORK",
            description = "Let only this network use the port, e.g. 192.0.2.0/24 (several times for several)")
    List<String> sources = new ArrayList<>();

    @Option(
            names = "--recreate",
            description =
                    "Let Docker publish it, with a new container in the place of this one (--dry-run shows what stays)")
    boolean recreate;

    public PublishCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.exactly(2);
    }

    // Prints the host address and port if the host chose them, or the id of a new container.
    @Override
    protected int execute() throws EngineException, CommandRefusedException, UsageException {
        Change.Publish publish = new Change.Publish(arguments.getFirst(), mapping());
        printIfAny(applyChange(recreate ? new Change.Recreate(publish) : publish));
        if (!recreate) {
            printIfSilent(publish);
        }
        return ExitCode.DONE;
    }

    /// A container of a recreation has just been started, and may not listen yet.
    private void printIfSilent(Change.Publish publish) throws EngineException {
        Optional<Container> container = NameLookup.matching(
                        host().topology().containers(),
                        publish.container(),
                        candidate -> List.of(candidate.id().value()),
                        Container::name)
                .stream()
                .findFirst();
        if (container.isPresent()) {
            host().listeners(container.get().id())
                    .flatMap(
                            listeners -> ContainerPortCheck.note(container.get().name(), publish.mapping(), listeners))
                    .ifPresent(this::printError);
        }
    }

    private PortMapping mapping() throws UsageException {
        try {
            PortMapping mapping = PortArgument.mapping(arguments.get(1));
            List<Cidr> allowed = new ArrayList<>(mapping.allowed());
            for (String source : sources) {
                allowed.add(PortArgument.network(source));
            }
            return mapping.withAllowed(allowed);
        } catch (PortArgument.InvalidPortException e) {
            throw new UsageException(e.sentence());
        }
    }
}
