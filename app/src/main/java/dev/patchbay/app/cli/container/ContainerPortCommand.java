package dev.patchbay.app.cli.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.app.cli.command.ArgumentCount;
import dev.patchbay.app.cli.command.CliCommand;
import dev.patchbay.app.cli.command.CliSession;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.cli.text.PortsColumn;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
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
        Map<String, Set<String>> ports = ports(container);
        if (arguments.size() == 1) {
            ports.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(Comparator.comparingInt(ContainerPortCommand::number)))
                    .forEach(port -> port.getValue().forEach(hostSide -> print(port.getKey() + " -> " + hostSide)));
            return ExitCode.DONE;
        }
        String wanted = arguments.get(1).contains("/") ? arguments.get(1) : arguments.get(1) + "/tcp";
        Set<String> hostSides = ports.getOrDefault(wanted, Set.of());
        if (hostSides.isEmpty()) {
            throw RefusedException.of("not-published", "No public port '" + wanted + "' published for " + container);
        }
        hostSides.forEach(this::print);
        return ExitCode.DONE;
    }

    /// The host's sides of each port of the container, as `80/tcp`. An engine does not tell those that Patchbay
    /// publishes, so they follow the engine's.
    private Map<String, Set<String>> ports(String name) throws EngineException, RefusedException {
        Map<String, Set<String>> ports = new LinkedHashMap<>();
        JsonNode document = host().inspectContainer(name);
        document.at("/NetworkSettings/Ports")
                .properties()
                .forEach(port -> port.getValue().forEach(binding -> add(ports, port.getKey(), hostSide(binding))));
        host().topology().containers().stream()
                .filter(container ->
                        container.id().value().equals(document.path("Id").asText()))
                .flatMap(container -> container.ports().stream())
                .filter(PortBinding::inForce)
                .forEach(binding -> addAll(ports, binding));
        return ports;
    }

    private static void addAll(Map<String, Set<String>> ports, PortBinding binding) {
        PortRange inside = binding.containerPorts();
        int shift = binding.hostPorts().first() - inside.first();
        for (int port = inside.first(); port <= inside.last(); port++) {
            for (InetAddress address : binding.hostAddresses()) {
                add(
                        ports,
                        port + "/" + binding.protocol(),
                        Addresses.format(address) + ":" + (port + shift) + PortsColumn.suffix(binding));
            }
        }
    }

    private static void add(Map<String, Set<String>> ports, String port, String hostSide) {
        ports.computeIfAbsent(port, _ -> new LinkedHashSet<>()).add(hostSide);
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
