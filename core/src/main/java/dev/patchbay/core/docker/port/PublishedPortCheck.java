package dev.patchbay.core.docker.port;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.packet.NatTarget;
import dev.patchbay.core.packet.RuleTables;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.rule.RuleOption;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Checks whether the rules of a host send published ports to their containers. When something else may
/// serve a port, as `docker-proxy` or a table of nf_tables, the result is unknown, and never a no.
public final class PublishedPortCheck {
    private static final String NAT = "nat";
    private static final String HOOK = "PREROUTING";

    /// The type of a chain that may translate addresses in nft; only such chains do, and a bridge's
    /// table has none (nft(8)).
    private static final String NAT_CHAIN_TYPE = "type nat ";

    private static final Set<String> JUMPS = Set.of("-j", "-g");

    /// With `--userland-proxy=false` the daemon itself binds each published port without answering on it
    /// (libnetwork's `newDummyProxy`).
    private static final String DOCKERD = "dockerd";

    /// Reads the listening sockets of the host.
    @FunctionalInterface
    public interface Listeners {
        List<Listener> read() throws EngineException;
    }

    /// A rule that translates destinations.
    ///
    /// @param destination null for every address
    private record Dnat(String protocol, @Nullable Cidr destination, PortRange ports, String to) {
        boolean matches(PortBinding port, int hostPort, int containerPort, Set<InetAddress> places) {
            if (!ports.contains(hostPort)
                    || !protocol.equals(port.protocol().toString())
                    || (destination != null && !destination.contains(port.hostAddress()))) {
                return false;
            }
            NatTarget target = NatTarget.of(to, hostPort);
            return target != null && target.port() == containerPort && places.contains(target.address());
        }
    }

    private final Map<Family, Map<Integer, List<Dnat>>> single = new EnumMap<>(Family.class);
    private final Map<Family, List<Dnat>> ranges = new EnumMap<>(Family.class);
    private final boolean readable;
    private final boolean complete;
    private final Listeners listeners;
    private @Nullable List<Listener> knownListeners;

    /// @param rules of the host's firewalls; empty when they cannot be read
    /// @param listeners used only when a rule is missing
    public PublishedPortCheck(HostRules rules, Listeners listeners) {
        this.readable = !rules.firewall().isEmpty();
        this.complete = rules.tables().stream().noneMatch(table -> table.text().contains(NAT_CHAIN_TYPE));
        this.listeners = listeners;
        for (Family family : Family.values()) {
            List<Dnat> found = readable ? dnatRules(new RuleTables(rules, family)) : List.of();
            single.put(
                    family,
                    found.stream()
                            .filter(rule -> rule.ports().first() == rule.ports().last())
                            .collect(Collectors.groupingBy(rule -> rule.ports().first())));
            ranges.put(
                    family,
                    found.stream()
                            .filter(rule -> rule.ports().first() != rule.ports().last())
                            .toList());
        }
    }

    /// Whether a rule is missing for one of the ports that should be in force.
    public static boolean hasMissingRule(Container container) {
        return container.ports().stream().anyMatch(port -> port.ruleState() == PortBinding.RuleState.ABSENT);
    }

    /// The topology with the state of the rules for each port that should be in force.
    ///
    /// @param settled whether the rules of a container with this id must exist by now; for others a
    ///     missing rule means nothing
    public Topology read(Topology topology, Predicate<Id> settled) throws EngineException {
        List<Container> containers = new ArrayList<>();
        for (Container container : topology.containers()) {
            List<PortBinding> ports = new ArrayList<>();
            for (PortBinding port : container.ports()) {
                ports.add(port.inForce() ? port.with(ruleState(port, container, topology, settled)) : port);
            }
            containers.add(container.withPorts(ports));
        }
        return topology.withContainers(containers)
                .with(readable ? Topology.DriftCoverage.PUBLISHED_PORTS : Topology.DriftCoverage.RECORDS);
    }

    private PortBinding.RuleState ruleState(
            PortBinding port, Container container, Topology topology, Predicate<Id> settled) throws EngineException {
        if (!readable) {
            return PortBinding.RuleState.UNKNOWN;
        }
        Family family = Family.of(port.hostAddress());
        Set<InetAddress> places = container.endpoints().stream()
                .flatMap(endpoint -> Stream.of(endpoint.address(), endpoint.address6()))
                .filter(Objects::nonNull)
                .map(Cidr::address)
                .filter(family::includes)
                .collect(Collectors.toSet());
        PortRange host = port.hostPorts();
        boolean present = IntStream.rangeClosed(host.first(), host.last())
                .allMatch(hostPort -> hasRule(
                        family, port, hostPort, port.containerPorts().first() + hostPort - host.first(), places));
        if (present) {
            return PortBinding.RuleState.PRESENT;
        }
        // The helper compares Patchbay's own rules with its records, and reports the problems.
        return !port.external()
                        && complete
                        && settled.test(container.id())
                        && !places.isEmpty()
                        && isOnBridges(container, topology)
                        && !hasListener(port)
                ? PortBinding.RuleState.ABSENT
                : PortBinding.RuleState.UNKNOWN;
    }

    private boolean hasRule(Family family, PortBinding port, int hostPort, int containerPort, Set<InetAddress> places) {
        return Stream.concat(
                        single.getOrDefault(family, Map.of()).getOrDefault(hostPort, List.of()).stream(),
                        ranges.getOrDefault(family, List.of()).stream())
                .anyMatch(rule -> rule.matches(port, hostPort, containerPort, places));
    }

    /// Ports on networks of other drivers are not checked.
    private static boolean isOnBridges(Container container, Topology topology) {
        return container.endpoints().stream()
                .map(Endpoint::network)
                .map(topology::network)
                .allMatch(network -> network instanceof Network known
                        && known.driver().equals(NetworkDriver.BRIDGE)
                        && !known.attached());
    }

    private boolean hasListener(PortBinding port) throws EngineException {
        if (knownListeners == null) {
            knownListeners = listeners.read();
        }
        return knownListeners.stream()
                .anyMatch(listener -> listener.protocol() == port.protocol()
                        && port.hostPorts().contains(listener.port())
                        && !listener.process().equals(DOCKERD));
    }

    private static List<Dnat> dnatRules(RuleTables tables) {
        Map<String, List<KernelRule>> chains = tables.rules().stream()
                .filter(rule -> rule.table().equals(NAT))
                .collect(Collectors.groupingBy(KernelRule::chain));
        List<Dnat> found = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(HOOK));
        Deque<String> next = new ArrayDeque<>(seen);
        while (!next.isEmpty()) {
            for (KernelRule rule : chains.getOrDefault(next.remove(), List.of())) {
                List<RuleOption> options = RuleOption.parse(rule.specification());
                String target = options.stream()
                        .filter(option -> JUMPS.contains(option.name()))
                        .map(RuleOption::value)
                        .findFirst()
                        .orElse("");
                if (target.equals("DNAT")) {
                    dnat(options, found);
                } else if (chains.containsKey(target) && seen.add(target)) {
                    next.add(target);
                }
            }
        }
        return found;
    }

    private static void dnat(List<RuleOption> options, List<Dnat> found) {
        String protocol = value(options, "-p");
        String ports = value(options, "--dport");
        String to = value(options, "--to-destination");
        String destination = value(options, "-d");
        try {
            found.add(new Dnat(
                    protocol,
                    destination.isEmpty() ? null : Cidr.of(destination),
                    PortRange.of(ports.replace(':', '-')),
                    to));
        } catch (IllegalArgumentException otherKind) {
            // A rule for all ports, or for a list of them, is not an engine's.
        }
    }

    private static String value(List<RuleOption> options, String name) {
        return options.stream()
                .filter(option -> option.name().equals(name) && !option.negated())
                .map(RuleOption::value)
                .findFirst()
                .orElse("");
    }
}
