package dev.patchbay.app.cli.text;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Protocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The PORTS column of `ps`, by Docker's rules: neighbouring ports that keep their number become a
/// range.
public final class PortsColumn {
    private static final String BY_PATCHBAY = " (by Patchbay)";

    private PortsColumn() {}

    /// @param address empty for a port that is exposed but not published
    /// @param suffix allowed sources and publisher; empty for all sources and the engine
    private record Port(int containerPort, String address, int hostPort, Protocol protocol, String suffix) {
        private static final Comparator<Port> ORDER = Comparator.comparingInt(Port::containerPort)
                .thenComparing(Port::address)
                .thenComparingInt(Port::hostPort)
                .thenComparing(Port::protocol);

        boolean keepsNumber() {
            return address.isEmpty() || containerPort == hostPort;
        }

        String rangeKey() {
            return address.isEmpty() ? protocol.toString() : address + "/" + protocol + suffix;
        }
    }

    private record Range(Port first, int last) {
        String text() {
            String ports = first.containerPort() == last ? "" + last : first.containerPort() + "-" + last;
            String mapping = first.address().isEmpty() ? ports : first.address() + ":" + ports + "->" + ports;
            return mapping + "/" + first.protocol() + first.suffix();
        }
    }

    /// Published and exposed ports of a running container; empty for a stopped one. A container without
    /// a network has no exposed ports.
    public static String of(Container container) {
        return container.running() ? text(ports(container)) : "";
    }

    private static List<Port> ports(Container container) {
        List<PortBinding> inForce =
                container.ports().stream().filter(PortBinding::inForce).toList();
        Stream<Port> published = inForce.stream().flatMap(PortsColumn::ports);
        Stream<Port> exposed = container.exposed().stream()
                .filter(port -> !container.endpoints().isEmpty()
                        && inForce.stream().noneMatch(binding -> binding.publishes(port.port(), port.protocol())))
                .map(port -> new Port(port.port(), "", 0, port.protocol(), ""));
        return Stream.concat(published, exposed).sorted(Port.ORDER).toList();
    }

    private static Stream<Port> ports(PortBinding binding) {
        int shift = binding.hostPorts().first() - binding.containerPorts().first();
        return binding.hostAddresses().stream()
                .flatMap(address -> IntStream.rangeClosed(
                                binding.containerPorts().first(),
                                binding.containerPorts().last())
                        .mapToObj(port -> new Port(
                                port, Addresses.format(address), port + shift, binding.protocol(), suffix(binding))));
    }

    /// Who may use the port, and that Patchbay publishes it; empty for a port of everybody and of the engine.
    public static String suffix(PortBinding binding) {
        return allowedSuffix(binding.allowed().stream().map(Cidr::toString).toList())
                + (binding.external() ? BY_PATCHBAY : "");
    }

    /// ` (from 192.0.2.0/24)` after a port that is limited to these sources.
    public static String allowedSuffix(List<String> allowed) {
        return allowed.isEmpty() ? "" : " (from " + String.join(", ", allowed) + ")";
    }

    private static String text(List<Port> ports) {
        List<String> texts = new ArrayList<>();
        List<String> mappings = new ArrayList<>();
        SequencedMap<String, Range> open = new LinkedHashMap<>();
        for (Port port : ports) {
            if (!port.keepsNumber()) {
                mappings.add("%s:%d->%d/%s%s"
                        .formatted(
                                port.address(), port.hostPort(), port.containerPort(), port.protocol(), port.suffix()));
                continue;
            }
            Range range = open.get(port.rangeKey());
            if (range != null && port.containerPort() == range.last() + 1) {
                open.put(port.rangeKey(), new Range(range.first(), port.containerPort()));
                continue;
            }
            if (range != null) {
                texts.add(range.text());
            }
            open.put(port.rangeKey(), new Range(port, port.containerPort()));
        }
        open.values().forEach(range -> texts.add(range.text()));
        texts.addAll(mappings);
        return String.join(", ", texts);
    }
}
