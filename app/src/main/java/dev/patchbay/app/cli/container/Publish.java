package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.text.PortArgument;
import dev.patchbay.app.cli.verb.Arguments;
import dev.patchbay.app.cli.verb.ChangingVerb;
import dev.patchbay.app.cli.verb.ExitCode;
import dev.patchbay.app.cli.verb.RefusedException;
import dev.patchbay.app.cli.verb.Session;
import dev.patchbay.app.cli.verb.UsageException;
import dev.patchbay.core.Change;
import dev.patchbay.core.PortMapping;
import dev.patchbay.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `publish`: Docker can only do this when a container is made.
@Command(
        name = "publish",
        description = "Publish a port of a container that is there already",
        customSynopsis = "patchbay publish [OPTIONS] CONTAINER [IP:][HOST:]PORT[/PROTO]")
public final class Publish extends ChangingVerb {
    @Parameters(arity = "0..*", hidden = true)
    List<String> arguments = new ArrayList<>();

    public Publish(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws EngineException, RefusedException, UsageException {
        Arguments.exactly(2, arguments);
        for (PortMapping mapping : mappings(arguments.get(1))) {
            printIfAny(make(new Change.Publish(arguments.getFirst(), mapping)));
        }
        return ExitCode.DONE;
    }

    private static List<PortMapping> mappings(String text) throws UsageException {
        try {
            return PortArgument.mappings(text);
        } catch (PortArgument.Invalid e) {
            throw new UsageException(e.sentence());
        }
    }
}
