package dev.patchbay.core.docker.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads the published ports of one container: those in force while it runs, otherwise the requested
/// ones.
///
/// @param endpoint the endpoint that packets are sent to; null for none
record EnginePortReader(JsonNode container, @Nullable Id endpoint) {
    private static final InetAddress ANY_IPV4 = Addresses.of(new byte[4]);
    private static final InetAddress ANY_IPV6 = Addresses.of(new byte[16]);

    /// Container ports, as `80/tcp` or `8000-8009/udp`.
    record ContainerPorts(PortRange ports, Protocol protocol) {
        static @Nullable ContainerPorts of(String text) {
            String[] parts = text.split("/", 2);
            try {
                return new ContainerPorts(
                        PortRange.of(parts[0]),
                        parts.length == 1 ? Protocol.TCP : Protocol.valueOf(parts[1].toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        IntStream numbers() {
            return IntStream.rangeClosed(ports.first(), ports.last());
        }
    }

    private record SinglePort(
            Protocol protocol, InetAddress address, int hostPort, int containerPort, boolean alsoIpv6) {
        private static final Comparator<SinglePort> ORDER = Comparator.comparing(SinglePort::protocol)
                .thenComparing(one -> Addresses.format(one.address))
                .thenComparingInt(SinglePort::containerPort)
                .thenComparingInt(SinglePort::hostPort);

        boolean isFollowedBy(SinglePort next) {
            return next.protocol == protocol
                    && next.address.equals(address)
                    && next.alsoIpv6 == alsoIpv6
                    && next.hostPort == hostPort + 1
                    && next.containerPort == containerPort + 1;
        }
    }

    List<PortBinding> bindings(boolean runs) {
        JsonNode published = runs ? container.at("/NetworkSettings/Ports") : container.at("/HostConfig/PortBindings");
        List<SinglePort> ones = mergeFamilies(published.properties().stream()
                .flatMap(entry -> singlePorts(entry).stream())
                .sorted(SinglePort.ORDER)
                .toList());
        List<PortBinding> bindings = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < ones.size(); i++) {
            if (i + 1 == ones.size() || !ones.get(i).isFollowedBy(ones.get(i + 1))) {
                bindings.add(binding(ones.get(start), ones.get(i), runs));
                start = i + 1;
            }
        }
        return bindings;
    }

    private static List<SinglePort> singlePorts(Map.Entry<String, JsonNode> entry) {
        ContainerPorts inside = ContainerPorts.of(entry.getKey());
        List<SinglePort> ones = new ArrayList<>();
        if (inside == null) {
            return ones;
        }
        for (JsonNode binding : entry.getValue()) {
            String host = binding.path("HostPort").asText("");
            // A host port that is chosen at each start is unknown now.
            if (host.matches("[1-9]\\d{0,4}")) {
                InetAddress address = JsonValues.address(binding.path("HostIp"));
                ones.add(new SinglePort(
                        inside.protocol(),
                        Objects.requireNonNullElse(address, ANY_IPV4),
                        Integer.parseInt(host),
                        inside.ports().first(),
                        false));
            }
        }
        return ones;
    }

    /// Newer engines list every IPv6 address beside every IPv4 one.
    private static List<SinglePort> mergeFamilies(List<SinglePort> ones) {
        List<SinglePort> merged = new ArrayList<>();
        for (SinglePort one : ones) {
            SinglePort other = new SinglePort(
                    one.protocol,
                    one.address.equals(ANY_IPV4) ? ANY_IPV6 : ANY_IPV4,
                    one.hostPort,
                    one.containerPort,
                    false);
            if (one.address.equals(ANY_IPV4)) {
                merged.add(
                        new SinglePort(one.protocol, ANY_IPV4, one.hostPort, one.containerPort, ones.contains(other)));
            } else if (!one.address.equals(ANY_IPV6) || !ones.contains(other)) {
                merged.add(one);
            }
        }
        return merged;
    }

    private PortBinding binding(SinglePort first, SinglePort last, boolean runs) {
        return new PortBinding(
                JsonValues.id(container.path("Id").asText() + " publishes " + first.hostPort + " " + first.address + " "
                        + first.containerPort + first.protocol),
                endpoint,
                first.protocol,
                first.address,
                first.alsoIpv6,
                new PortRange(first.hostPort, last.hostPort),
                new PortRange(first.containerPort, last.containerPort),
                List.of(),
                runs);
    }
}
