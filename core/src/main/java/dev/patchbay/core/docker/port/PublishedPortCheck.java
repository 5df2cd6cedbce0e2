package dev.patchbay.core.docker.port;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.packet.HookVerdict;
import dev.patchbay.core.packet.MatchContext;
import dev.patchbay.core.packet.NatTarget;
import dev.patchbay.core.packet.NetfilterHook;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.packet.RuleTables;
import dev.patchbay.core.ports.PortHolder;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.kernel.KernelState.Transport;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Checks whether the rules of a host, of iptables and of nft, send published ports to their containers. When
/// something else may serve a port, as `docker-proxy` or a rule that cannot be evaluated, the result is unknown,
/// and never a no.
public final class PublishedPortCheck {
    private static final String NAT = "nat";
    private static final String HOOK = "PREROUTING";

    /// Addresses of no host (RFC 5737, RFC 3849): a sender, and the receiver of a port of every address.
    private static final Map<Family, InetAddress> SENDER = Map.of(
            Family.IPV4, InetAddress.ofLiteral("203.0.113.9"), Family.IPV6, InetAddress.ofLiteral("2001:db8::9"));

    private static final Map<Family, InetAddress> RECEIVER =
            Map.of(Family.IPV4, InetAddress.ofLiteral("192.0.2.1"), Family.IPV6, InetAddress.ofLiteral("2001:db8::1"));

    private static final Set<String> JUMPS = Set.of("-j", "-g");

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
    private final Map<Family, RuleTables> tables = new EnumMap<>(Family.class);
    private final Listeners listeners;
    private @Nullable List<Listener> knownListeners;

    /// @param rules of the host's firewalls; empty when they cannot be read
    /// @param listeners used only when a rule is missing
    public PublishedPortCheck(HostRules rules, Listeners listeners) {
        this.readable = !rules.firewall().isEmpty();
        this.listeners = listeners;
        for (Family family : Family.values()) {
            RuleTables ofFamily = new RuleTables(rules, family);
            tables.put(family, ofFamily);
            List<Dnat> found = readable ? dnatRules(ofFamily) : List.of();
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
                .with(readable ? Topology.DriftCoverage.ENGINE_RULES : Topology.DriftCoverage.RECORDS);
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
        boolean unknown = false;
        for (int hostPort = host.first(); hostPort <= host.last(); hostPort++) {
            int containerPort = port.containerPorts().first() + hostPort - host.first();
            PortBinding.RuleState state = hasRule(family, port, hostPort, containerPort, places)
                    ? PortBinding.RuleState.PRESENT
                    : evaluate(family, port, hostPort, containerPort, places);
            if (state == PortBinding.RuleState.ABSENT) {
                return canBeMissing(port, container, topology, settled, places)
                        ? PortBinding.RuleState.ABSENT
                        : PortBinding.RuleState.UNKNOWN;
            }
            unknown |= state == PortBinding.RuleState.UNKNOWN;
        }
        return unknown ? PortBinding.RuleState.UNKNOWN : PortBinding.RuleState.PRESENT;
    }

    /// The helper compares Patchbay's own rules with its records, and reports the problems.
    private boolean canBeMissing(
            PortBinding port, Container container, Topology topology, Predicate<Id> settled, Set<InetAddress> places)
            throws EngineException {
        return !port.external()
                && settled.test(container.id())
                && !places.isEmpty()
                && isOnBridges(container, topology)
                && !hasListener(port);
    }

    /// Where all rules of the host send the first packet to a port. Something that leads elsewhere is not judged.
    private PortBinding.RuleState evaluate(
            Family family, PortBinding port, int hostPort, int containerPort, Set<InetAddress> places) {
        RuleTables ofFamily = Objects.requireNonNull(tables.get(family));
        if (!ofFamily.unreadable().isEmpty()) {
            return PortBinding.RuleState.UNKNOWN;
        }
        InetAddress receiver = port.hostAddress().isAnyLocalAddress()
                ? Objects.requireNonNull(RECEIVER.get(family))
                : port.hostAddress();
        HookVerdict verdict = ofFamily.translate(
                NetfilterHook.PREROUTING,
                Packet.first(port.protocol(), Objects.requireNonNull(SENDER.get(family)), receiver, hostPort),
                new MatchContext(Set.of(receiver), Transport.DEFAULT.ephemeralPorts(), null));
        return switch (verdict.kind()) {
            case ACCEPTED -> PortBinding.RuleState.ABSENT;
            case DNAT -> {
                NatTarget to = NatTarget.of(verdict.natArgument(), hostPort);
                yield to != null && to.port() == containerPort && places.contains(to.address())
                        ? PortBinding.RuleState.PRESENT
                        : PortBinding.RuleState.UNKNOWN;
            }
            case DROPPED, REJECTED, REDIRECTED, SNAT, MASQUERADED, UNKNOWN -> PortBinding.RuleState.UNKNOWN;
        };
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
                        && !PortHolder.onlyReserves(listener));
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
