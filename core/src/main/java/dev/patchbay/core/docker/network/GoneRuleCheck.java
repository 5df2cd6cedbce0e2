package dev.patchbay.core.docker.network;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.kernel.GoneRule;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.rule.RuleOption;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tells which rules of Docker that are gone Docker would still write for what it has now. A rule of a container
/// that was removed, or that names the address of another one now, is not among them, nor is a rule that Docker 20.10
/// to 28 do not write into its chain, or one of those that stood there twice.
public final class GoneRuleCheck {
    private static final String ICC = "com.docker.network.bridge.enable_icc";
    private static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";
    private static final String FORWARD = "FORWARD";
    private static final String FORWARD_CHAIN = "DOCKER-FORWARD";
    private static final String ISOLATION_STAGE_1 = "DOCKER-ISOLATION-STAGE-1";
    private static final String LINK_LOCAL = "fe80::/10";

    private final Topology topology;
    private final Map<RuleChain, Set<String>> inForce;
    private final Set<Family> withForwardChain;
    /// Of published ports, also of those whose rule is gone.
    private final Set<InetAddress> destinations = new HashSet<>();

    private record RuleChain(Family family, String table, String name) {}

    /// @param topology what Docker has now
    /// @param rules that are in force
    /// @param gone all rules that are gone
    public GoneRuleCheck(Topology topology, HostRules rules, List<GoneRule> gone) {
        this.topology = topology;
        this.inForce = rules.rules().stream()
                .collect(Collectors.groupingBy(
                        rule -> new RuleChain(rule.family(), rule.table(), rule.chain()),
                        Collectors.mapping(KernelRule::specification, Collectors.toSet())));
        this.withForwardChain = new HashSet<>();
        rules.chains().stream()
                .filter(chain -> chain.name().equals(FORWARD_CHAIN))
                .forEach(chain -> withForwardChain.add(chain.family()));
        Stream.concat(
                        rules.rules().stream()
                                .filter(rule -> rule.chain().equals("DOCKER"))
                                .map(KernelRule::specification),
                        gone.stream()
                                .filter(rule -> rule.chain().equals("DOCKER"))
                                .map(GoneRule::specification))
                .flatMap(specification -> RuleOption.parse(specification).stream())
                .filter(option -> option.name().equals("--to-destination")
                        && option.value().contains(":"))
                .map(option -> cidr(destination(option.value())))
                .filter(Objects::nonNull)
                .forEach(to -> destinations.add(to.address()));
        gone.stream()
                .filter(rule -> rule.chain().equals(FORWARD_CHAIN))
                .forEach(rule -> withForwardChain.add(rule.family()));
    }

    /// One rule by its options.
    ///
    /// @param options by name, without those that only name a module
    private record Parts(GoneRule rule, Map<String, RuleOption> options) {
        static @Nullable Parts of(GoneRule rule) {
            Map<String, RuleOption> options = new HashMap<>();
            for (RuleOption option : RuleOption.parse(rule.specification())) {
                if (!option.name().equals("-m") && options.put(option.name(), option) != null) {
                    return null;
                }
            }
            return new Parts(rule, options);
        }

        String value(String name) {
            RuleOption option = options.get(name);
            return option == null ? "" : option.value();
        }

        /// Whether it has just these options, a target aside: `!` before the name of a negated one.
        boolean has(String... names) {
            Set<String> actual = new HashSet<>();
            options.values().stream()
                    .filter(option -> !option.name().equals("-j"))
                    .forEach(option -> actual.add((option.negated() ? "!" : "") + option.name()));
            return actual.equals(Set.of(names));
        }

        boolean isIn(String... chains) {
            return List.of(chains).contains(rule.chain());
        }

        /// Whether it is a jump that names no link: Docker writes one to each of its chains.
        boolean isUnconditional() {
            return value("-j").startsWith("DOCKER") && !options.containsKey("-i") && !options.containsKey("-o");
        }

        boolean sameLinks() {
            return value("-i").equals(value("-o"));
        }
    }

    /// Whether Docker would write this rule now.
    public boolean isWanted(GoneRule rule) {
        Parts parts = Parts.of(rule);
        if (parts == null || isReplaced(parts)) {
            return false;
        }
        String target = parts.value("-j");
        if (parts.isIn(FORWARD) && !parts.isUnconditional() && withForwardChain.contains(rule.family())) {
            // An older release wrote it.
            return false;
        }
        return switch (target) {
            case "RETURN" ->
                parts.has()
                        || (parts.has("-i") && network(parts.value("-i")) != null)
                        || (parts.has("-o") && parts.isIn(ISOLATION_STAGE_1) && isOpen(network(parts.value("-o"))));
            case "ACCEPT" -> isWantedAccept(parts);
            case "DROP" -> rule.table().equals("raw") ? isWantedInRaw(parts) : isWantedDrop(parts);
            case "MASQUERADE" -> isWantedMasquerade(parts);
            case "DNAT" -> isWantedDnat(parts);
            default -> target.startsWith("DOCKER") && isWantedJump(parts);
        };
    }

    /// Whether the chain has the same rule, or a jump of another form to the same chain.
    private boolean isReplaced(Parts rule) {
        Set<String> present = inForce.getOrDefault(
                new RuleChain(
                        rule.rule().family(), rule.rule().table(), rule.rule().chain()),
                Set.of());
        return present.contains(rule.rule().specification())
                || (rule.isUnconditional()
                        && present.stream().anyMatch(specification -> jumpsTo(rule.value("-j"), specification)));
    }

    private static boolean jumpsTo(String target, String specification) {
        List<RuleOption> options = RuleOption.parse(specification);
        return options.stream()
                        .anyMatch(option ->
                                option.name().equals("-j") && option.value().equals(target))
                && options.stream().noneMatch(option -> Set.of("-s", "-i", "-o").contains(option.name()));
    }

    private boolean isWantedJump(Parts rule) {
        if (rule.has() || rule.has("--dst-type")) {
            return true;
        }
        if (rule.has("!-d", "--dst-type")) {
            Cidr except = cidr(rule.value("-d"));
            return except != null && except.address().isLoopbackAddress();
        }
        return (rule.has("-o") && isOpen(network(rule.value("-o"))))
                || (rule.has("-i", "!-o") && rule.sameLinks() && isOpen(network(rule.value("-i"))));
    }

    private boolean isWantedAccept(Parts rule) {
        if (rule.has("-d", "!-i", "-o", "-p", "--dport")) {
            Network network = network(rule.value("-o"));
            return rule.isIn("DOCKER")
                    && rule.sameLinks()
                    && network != null
                    && hasPort(rule, rule.value("-d"), rule.value("--dport"), network, _ -> true);
        }
        if (rule.has("-i", "-o")) {
            return rule.isIn(FORWARD, FORWARD_CHAIN) && rule.sameLinks() && isIcc(rule, true);
        }
        if (rule.has("-o", "--ctstate")) {
            return rule.isIn(FORWARD, "DOCKER-CT") && isOpen(network(rule.value("-o")));
        }
        // Of a network that is routed or unprotected.
        if (rule.has("-i", "--ctstate")) {
            return rule.isIn(ISOLATION_STAGE_1) && isOpen(network(rule.value("-i")));
        }
        if ((rule.has("-o", "-p") && rule.value("-p").endsWith("icmp"))
                || (rule.has("!-i", "-o") && rule.sameLinks())) {
            return rule.isIn("DOCKER") && isOpen(network(rule.value("-o")));
        }
        boolean fromNetwork = (rule.has("-i") && rule.isIn(FORWARD_CHAIN))
                || (rule.has("-i", "!-o") && rule.isIn(FORWARD, FORWARD_CHAIN) && rule.sameLinks());
        return fromNetwork && isOpen(network(rule.value("-i")));
    }

    private boolean isWantedDrop(Parts rule) {
        if (rule.has("-i", "-o")) {
            return rule.isIn(FORWARD, FORWARD_CHAIN) && rule.sameLinks() && isIcc(rule, false);
        }
        boolean outside = rule.has("!-s", "-o") || rule.has("!-d", "-i");
        // Of IPv6.
        boolean otherLink = rule.sameLinks() && (rule.has("!-s", "!-i", "-o") || rule.has("!-d", "-i", "!-o"));
        if (outside || otherLink) {
            Network network = network(rule.value(rule.options().containsKey("-i") ? "-i" : "-o"));
            return rule.isIn(ISOLATION_STAGE_1, "DOCKER-INTERNAL")
                    && network != null
                    && network.internal()
                    && hasSubnet(network, cidr(rule.value("-s") + rule.value("-d")));
        }
        boolean toNetwork = (rule.has("-o") && rule.isIn("DOCKER-ISOLATION-STAGE-2"))
                || (rule.has("!-i", "-o") && rule.isIn("DOCKER") && rule.sameLinks());
        return toNetwork && isOpen(network(rule.value("-o")));
    }

    private boolean isWantedInRaw(Parts rule) {
        Cidr to = cidr(rule.value("-d"));
        if (to == null) {
            return false;
        }
        if (rule.has("-d", "!-i")) {
            Network network = network(rule.value("-i"));
            return network != null
                    && topology.containers().stream().anyMatch(container -> hasAddress(container, network, to));
        }
        return rule.has("-d", "!-i", "-p", "--dport")
                && rule.value("-i").equals("lo")
                && runningPorts(rule)
                        .anyMatch(port -> port.hostAddress().equals(to.address())
                                && port.hostPorts().contains(number(rule.value("--dport"))));
    }

    private boolean isWantedMasquerade(Parts rule) {
        if (rule.has("-s", "-d", "-p", "--dport")) {
            return rule.value("-s").equals(rule.value("-d"))
                    && hasPort(rule, rule.value("-s"), rule.value("--dport"), null, _ -> true);
        }
        Network network = network(rule.value("-o"));
        if (network == null
                || network.internal()
                || "false".equals(network.config().options().get(MASQUERADE))) {
            return false;
        }
        return rule.has("-o", "--src-type") || (rule.has("-s", "!-o") && hasSubnet(network, cidr(rule.value("-s"))));
    }

    private boolean isWantedDnat(Parts rule) {
        String to = rule.value("--to-destination");
        int colon = to.lastIndexOf(':');
        if (colon < 0
                || !rule.options().keySet().stream()
                        .allMatch(Set.of("-s", "-d", "-i", "-p", "--dport", "--to-destination", "-j")::contains)) {
            return false;
        }
        RuleOption from = rule.options().get("-s");
        if (from != null && !(from.negated() && from.value().equals(LINK_LOCAL))) {
            return false;
        }
        Network network = null;
        if (rule.options().containsKey("-i")) {
            network = network(rule.value("-i"));
            if (network == null
                    || !Objects.requireNonNull(rule.options().get("-i")).negated()) {
                return false;
            }
        }
        Cidr at = cidr(rule.value("-d"));
        int hostPort = number(rule.value("--dport"));
        String address = destination(to);
        int containerPort = number(to.substring(colon + 1));
        return hasPort(
                rule,
                address,
                to.substring(colon + 1),
                network,
                port -> port.hostPorts().contains(hostPort)
                        && hostPort - port.hostPorts().first()
                                == containerPort - port.containerPorts().first()
                        && (at == null
                                ? port.hostAddress().isAnyLocalAddress()
                                : port.hostAddress().equals(at.address())));
    }

    /// Whether a running container publishes this port of its at this address.
    ///
    /// @param network the container's; null for any
    private boolean hasPort(
            Parts rule, String address, String port, @Nullable Network network, Predicate<PortBinding> condition) {
        Cidr to = cidr(address);
        int number = number(port);
        return to != null
                && topology.containers().stream()
                        .filter(container -> topology.networks().stream()
                                .filter(candidate -> network == null || candidate.equals(network))
                                .anyMatch(candidate -> hasAddress(container, candidate, to)))
                        .filter(container -> !isPublishedElsewhere(container, to.address()))
                        .flatMap(container -> ports(container, rule))
                        .anyMatch(binding -> binding.containerPorts().contains(number) && condition.test(binding));
    }

    /// Docker publishes the ports of a container on one of its networks, and moves them when it chooses another one.
    /// Its
    /// documents do not tell which one it is.
    private boolean isPublishedElsewhere(Container container, InetAddress address) {
        return container.endpoints().stream()
                .flatMap(endpoint ->
                        Stream.of(Optional.ofNullable(endpoint.address()), Optional.ofNullable(endpoint.address6())))
                .flatMap(Optional::stream)
                .map(Cidr::address)
                .anyMatch(other -> !other.equals(address)
                        && other.getAddress().length == address.getAddress().length
                        && destinations.contains(other));
    }

    /// Of `ADDRESS:PORT` or `[ADDRESS]:PORT`.
    private static String destination(String to) {
        return to.substring(0, to.lastIndexOf(':')).replace("[", "").replace("]", "");
    }

    private Stream<PortBinding> runningPorts(Parts rule) {
        return topology.containers().stream().filter(Container::running).flatMap(container -> ports(container, rule));
    }

    private static Stream<PortBinding> ports(Container container, Parts rule) {
        return container.ports().stream()
                .filter(port -> port.inForce()
                        && !port.external()
                        && port.protocol() == protocol(rule.value("-p")).orElse(null));
    }

    private static Optional<Protocol> protocol(String name) {
        return Stream.of(Protocol.values())
                .filter(protocol -> protocol.toString().equals(name))
                .findFirst();
    }

    private static boolean hasAddress(Container container, Network network, Cidr address) {
        Endpoint endpoint = container.running() ? container.endpointOn(network.id()) : null;
        return endpoint != null
                && network.ofEngine()
                && network.hasBridge()
                && Stream.of(Optional.ofNullable(endpoint.address()), Optional.ofNullable(endpoint.address6()))
                        .flatMap(Optional::stream)
                        .anyMatch(own -> own.address().equals(address.address())
                                && address.prefixLength() == address.address().getAddress().length * Byte.SIZE);
    }

    /// The engine's network on this bridge.
    private @Nullable Network network(String bridge) {
        return topology.networks().stream()
                .filter(network -> network.ofEngine()
                        && network.hasBridge()
                        && network.bridge().equals(bridge))
                .findFirst()
                .orElse(null);
    }

    private static boolean isOpen(@Nullable Network network) {
        return network != null && !network.internal();
    }

    private boolean isIcc(Parts rule, boolean on) {
        Network network = network(rule.value("-i"));
        return network != null
                && on != "false".equals(network.config().options().get(ICC));
    }

    private static boolean hasSubnet(Network network, @Nullable Cidr subnet) {
        return subnet != null
                && network.config().pools().stream()
                        .anyMatch(pool -> pool.subnet().equals(subnet));
    }

    /// Null for an empty text, and for a range or mask that Docker does not write.
    private static @Nullable Cidr cidr(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            if (text.contains("/")) {
                return Cidr.of(text);
            }
            InetAddress address = InetAddress.ofLiteral(text);
            return Cidr.of(Addresses.format(address) + "/" + address.getAddress().length * Byte.SIZE);
        } catch (IllegalArgumentException range) {
            return null;
        }
    }

    private static int number(String port) {
        return port.matches("\\d{1,5}") ? Integer.parseInt(port) : -1;
    }
}
