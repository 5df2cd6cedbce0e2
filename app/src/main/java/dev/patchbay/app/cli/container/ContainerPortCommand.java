package dev.patchbay.app.cli.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.text.PortsColumn;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;

/// `port`: the published ports of Docker's inspect document, one per line.
@Command(
        name = "port",
        description = "List port mappings or a specific mapping for the container",
        customSynopsis = "patchbay port CONTAINER [PRIVATE_PORT[/PROTO]]")
public final class ContainerPortCommand extends CliCommand {
    public ContainerPortCommand(CliSession session) {
        super(session);
    }

    @Override
    protected ArgumentCount argumentCount() {
        return ArgumentCount.between(1, 2);
    }

    @Override
    protected int execute() throws EngineException, RefusedException {
        String container = arguments.getFirst();
        JsonNode ports = ports(container);
        if (arguments.size() == 1) {
            ports.properties().stream()
                    .sorted(Map.Entry.comparingByKey(Comparator.comparingInt(ContainerPortCommand::number)))
                    .forEach(port ->
                            port.getValue().forEach(binding -> print(port.getKey() + " -> " + hostSide(binding))));
            return ExitCode.DONE;
        }
        String wanted = arguments.get(1).contains("/") ? arguments.get(1) : arguments.get(1) + "/tcp";
        JsonNode bindings = ports.path(wanted);
        if (bindings.isEmpty()) {
            throw RefusedException.of("not-published", "No public port '" + wanted + "' published for " + container);
        }
        bindings.forEach(binding -> print(hostSide(binding)));
        return ExitCode.DONE;
    }

    private JsonNode ports(String container) throws EngineException, RefusedException {
        return host().inspectContainer(container).path("NetworkSettings").path("Ports");
    }

    private static int number(String port) {
        return Integer.parseInt(port.substring(0, port.indexOf('/')));
    }

    private static String hostSide(JsonNode binding) {
        return binding.path("HostIp").asText() + ":"
                + binding.path("HostPort").asText()
                + PortsColumn.allowedSuffix(
                        StreamSupport.stream(binding.path("From").spliterator(), false)
                                .map(JsonNode::asText)
                                .toList());
    }
}
