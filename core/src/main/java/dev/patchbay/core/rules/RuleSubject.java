package dev.patchbay.core.rules;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.net.Cidr;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The network, container and published port of a rule, found by bridge, address and port.
record RuleSubject(
        @Nullable Network network,
        @Nullable Container container,
        @Nullable PortBinding binding) {

    static RuleSubject of(ParsedRule facts, Topology topology) {
        RuleSubject loopback = loopbackPort(facts, topology);
        if (loopback != null) {
            return loopback;
        }
        Container container = container(facts, topology);
        if (container == null) {
            return new RuleSubject(network(facts, topology), null, null);
        }
        return new RuleSubject(network(facts, topology), container, binding(facts, container));
    }

    /// The port that is published on a loopback address and kept from other links.
    private static @Nullable RuleSubject loopbackPort(ParsedRule facts, Topology topology) {
        Cidr address = facts.destination().cidr();
        if (!facts.isDirectAccessDrop() || address == null || !address.address().isLoopbackAddress()) {
            return null;
        }
        for (Container container : topology.containers()) {
            for (PortBinding port : container.ports()) {
                if (port.hostAddresses().contains(address.address())
                        && port.protocol().toString().equals(facts.protocol())
                        && port.hostPorts().toString().equals(facts.dport().replace(':', '-'))) {
                    return new RuleSubject(networkOf(container, port, topology), container, port);
                }
            }
        }
        return null;
    }

    private static @Nullable Network networkOf(Container container, PortBinding port, Topology topology) {
        return container.endpoints().stream()
                .filter(endpoint -> endpoint.id().equals(port.endpoint()))
                .findFirst()
                .map(endpoint -> topology.network(endpoint.network()))
                .orElse(null);
    }

    boolean isKnown() {
        return network != null || container != null;
    }

    String text() {
        if (container == null) {
            return network == null ? "" : network.name();
        }
        return binding == null ? container.name() : container.name() + " " + binding.containerPortText();
    }

    private static @Nullable Network network(ParsedRule facts, Topology topology) {
        return topology.networks().stream()
                .filter(network -> network.hasBridge() && network.bridge().equals(facts.mainLink()))
                .findFirst()
                .or(() -> networkOf(facts.source().cidr(), topology))
                .or(() -> networkOf(facts.destination().cidr(), topology))
                .or(() -> networkOf(address(facts.natAddress()), topology))
                .orElse(null);
    }

    private static Optional<Network> networkOf(@Nullable Cidr address, Topology topology) {
        return topology.networks().stream()
                .filter(network -> address != null
                        && network.config().pools().stream()
                                .map(Pool::subnet)
                                .anyMatch(subnet -> subnet.contains(address.address())
                                        && subnet.prefixLength() <= address.prefixLength()))
                .findFirst();
    }

    private static @Nullable Container container(ParsedRule facts, Topology topology) {
        Cidr wanted = facts.natArgument().isEmpty() ? facts.destination().cidr() : address(facts.natAddress());
        if (wanted == null || wanted.prefixLength() != wanted.address().getAddress().length * 8) {
            return null;
        }
        return topology.containers().stream()
                .filter(container -> container.endpoints().stream()
                        .flatMap(endpoint -> Stream.of(endpoint.address(), endpoint.address6()))
                        .anyMatch(cidr -> cidr != null && cidr.address().equals(wanted.address())))
                .max(Comparator.comparing(Container::running))
                .orElse(null);
    }

    private static @Nullable PortBinding binding(ParsedRule facts, Container container) {
        String dport = facts.dport().replace(':', '-');
        String to = facts.natPorts().isEmpty() ? dport : facts.natPorts();
        return container.ports().stream()
                .filter(port -> port.protocol().toString().equals(facts.protocol()))
                .filter(port -> port.containerPorts().toString().equals(to))
                .filter(port -> facts.natArgument().isEmpty()
                        || port.hostPorts().toString().equals(dport))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Cidr address(String text) {
        return new ParsedRule.Condition(text, false).cidr();
    }
}
