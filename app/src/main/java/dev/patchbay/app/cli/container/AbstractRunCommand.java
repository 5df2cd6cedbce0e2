package dev.patchbay.app.cli.container;

import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.ChangeCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.CommandRefusedException;
import dev.patchbay.app.cli.command.KeyValuePairs;
import dev.patchbay.app.cli.command.LabelOptions;
import dev.patchbay.app.cli.command.UsageException;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.container.HostSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that `run` and `create` share.
abstract class AbstractRunCommand extends ChangeCommand {
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

    @Option(names = "--expose", paramLabel = "PORT", description = "Expose a port or a range of ports")
    List<String> exposed = new ArrayList<>();

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

    @Option(names = "--domainname", paramLabel = "NAME", description = "Container NIS domain name")
    String domainname = "";

    @Option(
            names = {"-l", "--label"},
            paramLabel = "KEY=VALUE",
            description = "Set meta data on a container")
    List<String> labels = new ArrayList<>();

    @Mixin
    EndpointOptions endpointOptions = new EndpointOptions();

    @Mixin
    RuntimeOptions runtimeOptions = new RuntimeOptions();

    AbstractRunCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.atLeast(1);
    }

    Change.RunContainer runChange(boolean start) throws CommandRefusedException, UsageException {
        LabelOptions.check("-l, --label", labels);
        List<PortMapping> mappings = mappings();
        List<EndpointRequest> wanted = endpointOptions.endpoints();
        boolean onHost = !wanted.isEmpty() && wanted.getFirst().network().equals("host");
        HostSettings settings = settings();
        if (onHost && (!mappings.isEmpty() || settings.publishAll())) {
            session.err().println("WARNING: Published ports are discarded when using host network mode");
        }
        return new Change.RunContainer(
                name,
                arguments.getFirst(),
                arguments.subList(1, arguments.size()),
                wanted,
                mappings,
                exposed(),
                environment(),
                KeyValuePairs.of(labels),
                hostname,
                domainname,
                tty,
                interactive,
                settings,
                start);
    }

    private HostSettings settings() throws UsageException, CommandRefusedException {
        try {
            return runtimeOptions.settings();
        } catch (CommandRefusedException e) {
            throw new CommandRefusedException(errorPrefix(), adaptRefusal(e.refusal()));
        }
    }

    private List<PortMapping> mappings() throws UsageException {
        List<PortMapping> mappings = new ArrayList<>();
        for (String port : ports) {
            try {
                mappings.add(PortArgument.mapping(port));
            } catch (PortArgument.InvalidPortException e) {
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
            } catch (PortArgument.InvalidPortException e) {
                throw new UsageException("patchbay: " + e.sentence() + ".");
            }
        }
        return ports;
    }

    /// Of several lines with one name the last counts. A name without a value takes the value from this
    /// command's environment, or is left out.
    private List<String> environment() throws UsageException {
        SequencedMap<String, String> lines = new LinkedHashMap<>();
        for (String word : environment) {
            if (word.isEmpty() || word.startsWith("=")) {
                throw new UsageException("invalid argument \"" + word
                        + "\" for \"-e, --env\" flag: invalid environment variable: " + word);
            }
            String own = session.environment().get(word);
            if (word.contains("=")) {
                lines.put(word.substring(0, word.indexOf('=')), word);
            } else if (own != null) {
                lines.put(word, word + "=" + own);
            }
        }
        return List.copyOf(lines.values());
    }
}
