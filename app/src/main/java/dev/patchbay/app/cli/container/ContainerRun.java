package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.verb.Arguments;
import dev.patchbay.app.cli.verb.ChangingVerb;
import dev.patchbay.app.cli.verb.ExitCode;
import dev.patchbay.app.cli.verb.Pairs;
import dev.patchbay.app.cli.verb.RefusedException;
import dev.patchbay.app.cli.verb.Session;
import dev.patchbay.app.cli.verb.UsageException;
import dev.patchbay.core.Change;
import dev.patchbay.core.EndpointRequest;
import dev.patchbay.core.PortMapping;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Refusal;
import dev.patchbay.engine.spec.ExposedPort;
import dev.patchbay.engine.spec.HostSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `run`: always in the background.
@Command(
        name = "run",
        description = "Run a command in a new container",
        customSynopsis = "patchbay run [OPTIONS] IMAGE [COMMAND] [ARG...]")
public final class ContainerRun extends ChangingVerb {
    @Option(
            names = {"-d", "--detach"},
            description = "Run container in background and print container ID")
    boolean detach;

    @Option(
            names = {"-i", "--interactive"},
            description = "Keep STDIN open even if not attached")
    boolean interactive;

    @Option(
            names = {"-t", "--tty"},
            description = "Allocate a pseudo-TTY")
    boolean tty;

    @Option(names = "--name", paramLabel = "NAME", description = "Assign a name to the container")
    @Nullable
    String name;

    @Option(
            names = {"-p", "--publish"},
            paramLabel = "PORT",
            description = "Publish a container's port(s) to the host: [ip:][host:]container[/proto][,from=network]")
    List<String> ports = new ArrayList<>();

    @Option(
            names = {"-P", "--publish-all"},
            description = "Publish all exposed ports to random ports")
    boolean publishAll;

    @Option(names = "--expose", paramLabel = "PORT", description = "Expose a port or a range of ports")
    List<String> exposed = new ArrayList<>();

    @Option(
            names = {"--network", "--net"},
            paramLabel = "NETWORK",
            description = "Connect a container to a network")
    @Nullable
    String network;

    @Option(
            names = {"--network-alias", "--net-alias"},
            paramLabel = "NAME",
            description = "Add network-scoped alias for the container")
    List<String> aliases = new ArrayList<>();

    @Option(names = "--ip", paramLabel = "ADDRESS", description = "IPv4 address (e.g., 172.30.100.104)")
    @Nullable
    String address;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=VALUE",
            description = "Set environment variables")
    List<String> environment = new ArrayList<>();

    @Option(
            names = {"-h", "--hostname"},
            paramLabel = "NAME",
            description = "Container host name")
    @Nullable
    String hostname;

    @Option(
            names = {"-l", "--label"},
            paramLabel = "KEY=VALUE",
            description = "Set meta data on a container")
    List<String> labels = new ArrayList<>();

    @Parameters(arity = "0..*", hidden = true)
    List<String> arguments = new ArrayList<>();

    private ContainerRun(Session session) {
        super(session);
    }

    /// What follows the image is the container's command, with its own options.
    public static CommandLine in(Session session) {
        return new CommandLine(new ContainerRun(session)).setStopAtPositional(true);
    }

    @Override
    public Integer call() throws EngineException, RefusedException, UsageException {
        Arguments.atLeast(1, arguments);
        List<PortMapping> mappings = mappings();
        if (!detach) {
            throw new UsageException("patchbay run starts containers in the background: add -d (or -dit).");
        }
        if ("host".equals(network) && (publishAll || !mappings.isEmpty())) {
            session.err().println("WARNING: Published ports are discarded when using host network mode");
        }
        printIfAny(make(new Change.RunContainer(
                name,
                arguments.getFirst(),
                arguments.subList(1, arguments.size()),
                network == null && address == null && aliases.isEmpty()
                        ? List.of()
                        : List.of(new EndpointRequest(
                                network == null ? "default" : network, address, null, null, aliases, 0)),
                mappings,
                exposed(),
                environment(),
                Pairs.of(labels),
                hostname,
                "",
                tty,
                interactive,
                publishAll ? HostSettings.DEFAULT.publishingAll() : HostSettings.DEFAULT,
                true)));
        return ExitCode.DONE;
    }

    @Override
    protected String errorPrefix() {
        return "patchbay: " + super.errorPrefix();
    }

    /// Docker ends the sentences of `run`, and of no other command, with a full stop.
    @Override
    protected Refusal worded(Refusal refusal) {
        return refusal.sentence().endsWith(".")
                ? refusal
                : new Refusal(refusal.code(), refusal.sentence() + ".", refusal.advice());
    }

    private List<PortMapping> mappings() throws UsageException {
        List<PortMapping> mappings = new ArrayList<>();
        for (String port : ports) {
            try {
                mappings.add(PortArgument.mapping(port));
            } catch (PortArgument.Invalid e) {
                throw new UsageException("patchbay: " + e.sentence() + ".");
            }
        }
        return mappings;
    }

    private List<ExposedPort> exposed() throws UsageException {
        List<ExposedPort> ports = new ArrayList<>();
        for (String port : exposed) {
            try {
                ports.addAll(PortArgument.exposed(port));
            } catch (PortArgument.Invalid e) {
                throw new UsageException("patchbay: " + e.sentence() + ".");
            }
        }
        return ports;
    }

    /// A name without a value takes the value that this command has, or is left out.
    private List<String> environment() throws UsageException {
        List<String> lines = new ArrayList<>();
        for (String word : environment) {
            if (word.isEmpty() || word.startsWith("=")) {
                throw new UsageException("invalid argument \"" + word
                        + "\" for \"-e, --env\" flag: invalid environment variable: " + word);
            }
            String own = session.environment().get(word);
            if (word.contains("=")) {
                lines.add(word);
            } else if (own != null) {
                lines.add(word + "=" + own);
            }
        }
        return lines;
    }
}
