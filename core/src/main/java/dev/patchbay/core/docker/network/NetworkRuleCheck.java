package dev.patchbay.core.docker.network;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.packet.BaseChain;
import dev.patchbay.core.packet.HookVerdict;
import dev.patchbay.core.packet.MatchContext;
import dev.patchbay.core.packet.NetfilterHook;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.packet.RuleTables;
import dev.patchbay.core.rules.FirewallRule;
import dev.patchbay.core.rules.RuleOwner;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds what the rules of an engine no longer do for the packets of its bridge networks. Nothing is compared
/// with texts of rules: packets are evaluated by the rules that are in force, and the verdict is compared with the
/// one that the engine's rules give. An effect is expected where it was in force before, or where the engine
/// makes rules of the family and the network's options ask for it. Only networks with a running container are
/// checked: Podman removes the rules of others. An unknown verdict is no loss.
///
/// It remembers effects that were in force; any thread may call.
public final class NetworkRuleCheck {
    private static final String DRIVER_OPTIONS = "com.docker.network.bridge.";
    private static final String TRUSTED_LINKS = DRIVER_OPTIONS + "trusted_host_interfaces";
    private static final String MASQUERADE = DRIVER_OPTIONS + "enable_ip_masquerade";
    /// `nat-unprotected` opens all ports of the containers, and is as `nat` in all else.
    private static final Set<String> NAT_MODES = Set.of("nat", "nat-unprotected");

    /// Options of netavark. It makes no rules for an unmanaged bridge, and separates only networks with `isolate`.
    private static final String MODE = "mode";

    private static final String ISOLATE = "isolate";

    /// The chain of Docker that holds rules of a person.
    private static final String DOCKER_USER = "DOCKER-USER";

    /// Addresses of no host (RFC 5737, RFC 3849).
    private static final Map<Family, InetAddress> OUTSIDE = Map.of(
            Family.IPV4, InetAddress.ofLiteral("203.0.113.9"), Family.IPV6, InetAddress.ofLiteral("2001:db8::9"));

    /// The chain of iptables that Docker and Podman make for each family with their first rule, and keep.
    private static final Map<RuleOwner, String> NAT_CHAINS =
            Map.of(RuleOwner.DOCKER, "DOCKER", RuleOwner.PODMAN, "NETAVARK-HOSTPORT-DNAT");

    /// What rules do for a network.
    public enum Effect {
        /// Packets that leave the host get its address.
        MASQUERADE,
        /// Packets to and from the outside are forwarded.
        FORWARD,
        /// Packets to a published port are forwarded.
        ACCEPT_PORT,
        /// Packets of another network are dropped.
        ISOLATION,
        /// Packets from the outside to ports that are not published are dropped.
        CLOSED_PORTS
    }

    /// An effect that is lost.
    ///
    /// @param peer the network whose containers are reached, for [Effect#ISOLATION]; else null
    /// @param container whose port it is, for [Effect#ACCEPT_PORT]; else null
    /// @param port the port, for [Effect#ACCEPT_PORT]; else null
    /// @param byPolicy whether the policy of the chain FORWARD decides now
    public record LostEffect(
            Effect effect,
            Network network,
            Family family,
            @Nullable Network peer,
            @Nullable Container container,
            @Nullable PortBinding port,
            boolean byPolicy) {}

    /// A network, one of its containers, and the address of that.
    private record Sample(Network network, Container container, InetAddress address) {}

    /// @param subject the other network, for [Effect#ISOLATION]; the port, for [Effect#ACCEPT_PORT]; else the
    ///     network
    private record Key(Id network, Family family, Effect effect, Id subject) {}

    /// How a hook treats a packet.
    ///
    /// @param byOthers whether a rule decides that is not the engine's
    private record Treatment(Kind kind, boolean byOthers, boolean byPolicy) {
        enum Kind {
            ACCEPTED,
            DROPPED,
            UNKNOWN
        }

        boolean is(Kind other) {
            return kind == other;
        }
    }

    private final RuleOwner engine;
    private final Set<Key> inForce = new HashSet<>();

    /// @param engine [RuleOwner#DOCKER] or [RuleOwner#PODMAN]
    public NetworkRuleCheck(RuleOwner engine) {
        this.engine = engine;
    }

    /// @param rules empty when they cannot be read: then nothing is lost
    public synchronized List<LostEffect> lost(Topology topology, HostRules rules, KernelState kernel) {
        inForce.removeIf(key -> topology.network(key.network()) == null || !exists(topology, key));
        if (rules.firewall().isEmpty()) {
            return List.of();
        }
        List<LostEffect> lost = new ArrayList<>();
        for (Family family : Family.values()) {
            List<Sample> samples = samples(topology, kernel, family);
            if (!samples.isEmpty()) {
                new FamilyCheck(topology, rules, kernel, family, lost).check(samples);
            }
        }
        return lost;
    }

    private static boolean exists(Topology topology, Key key) {
        return key.effect() == Effect.ACCEPT_PORT
                ? topology.port(key.subject()) != null
                : topology.network(key.subject()) != null;
    }

    private List<Sample> samples(Topology topology, KernelState kernel, Family family) {
        Set<String> up = kernel.links().stream()
                .filter(KernelState.Link::up)
                .map(KernelState.Link::name)
                .collect(Collectors.toSet());
        List<Sample> samples = new ArrayList<>();
        for (Network network : topology.networks()) {
            if (!network.driver().equals(NetworkDriver.BRIDGE)
                    || !network.ofEngine()
                    || !up.contains(network.bridge())
                    || network.config().options().getOrDefault(MODE, "").equals("unmanaged")) {
                continue;
            }
            candidates(topology, network, family)
                    .findFirst()
                    .ifPresent(container -> samples.add(new Sample(
                            network,
                            container,
                            Objects.requireNonNull(address(container.endpointOn(network.id()), family)))));
        }
        return samples;
    }

    /// The containers of a network that run and have an address of the family. The first one stands for the
    /// network.
    public static Stream<Container> candidates(Topology topology, Network network, Family family) {
        return topology.containersOn(network.id()).stream()
                .filter(container ->
                        container.running() && address(container.endpointOn(network.id()), family) != null);
    }

    private static @Nullable InetAddress address(@Nullable Endpoint endpoint, Family family) {
        Cidr found = endpoint == null ? null : family == Family.IPV4 ? endpoint.address() : endpoint.address6();
        return found == null ? null : found.address();
    }

    /// Whether the engine makes rules of this family, as far as what stays of them shows: not with
    /// `"iptables": false`.
    private boolean makesRules(HostRules rules, Family family) {
        return rules.chains().stream()
                        .anyMatch(chain -> chain.family() == family
                                && chain.table().equals("nat")
                                && chain.name().equals(NAT_CHAINS.get(engine)))
                || rules.tables().stream()
                        .anyMatch(table -> RuleOwner.ofTable(table.name()) == engine
                                && (table.family().equals("inet")
                                        || table.family().equals(family == Family.IPV4 ? "ip" : "ip6")));
    }

    private final class FamilyCheck {
        private final Topology topology;
        private final Family family;
        private final RuleTables tables;
        private final boolean readable;
        private final MatchContext context;
        private final boolean expected;
        private final String way;
        private final List<LostEffect> lost;

        FamilyCheck(Topology topology, HostRules rules, KernelState kernel, Family family, List<LostEffect> lost) {
            this.topology = topology;
            this.family = family;
            this.tables = new RuleTables(rules, family);
            this.readable = tables.unreadable().isEmpty();
            this.context = new MatchContext(
                    kernel.links().stream()
                            .flatMap(link -> link.addresses().stream())
                            .map(Cidr::address)
                            .collect(Collectors.toSet()),
                    kernel.transport().ephemeralPorts(),
                    null);
            this.expected = makesRules(rules, family);
            this.way = wayOut(kernel);
            this.lost = lost;
        }

        /// The link of the default route, or else a link that leads out; empty for none.
        private String wayOut(KernelState kernel) {
            Set<String> bridges =
                    topology.networks().stream().map(Network::bridge).collect(Collectors.toSet());
            return kernel.routes().stream()
                    .filter(route -> route.isDefault() && route.isIpv6() == (family == Family.IPV6))
                    .map(KernelState.Route::device)
                    .findFirst()
                    .or(() -> kernel.links().stream()
                            .filter(link -> link.up() && link.master() == 0 && !bridges.contains(link.name()))
                            .filter(link -> link.addresses().stream()
                                    .anyMatch(address -> family.includes(address.address())
                                            && !address.address().isLoopbackAddress()
                                            && !address.address().isLinkLocalAddress()))
                            .map(KernelState.Link::name)
                            .findFirst())
                    .orElse("");
        }

        void check(List<Sample> samples) {
            if (!readable) {
                return;
            }
            for (int i = 0; i < samples.size(); i++) {
                Sample sample = samples.get(i);
                if (!way.isEmpty() && !sample.network().internal()) {
                    checkMasquerade(sample);
                    checkForward(sample);
                    checkClosedPorts(sample);
                }
                // Each network is once the sender and once the receiver: Docker has rules for both.
                if (samples.size() > 1) {
                    checkIsolation(sample, samples.get((i + 1) % samples.size()));
                }
            }
            if (!way.isEmpty()) {
                topology.containers().forEach(this::checkPorts);
            }
        }

        private void checkMasquerade(Sample sample) {
            HookVerdict verdict = tables.translate(
                    NetfilterHook.POSTROUTING,
                    outgoing(sample).withLinks(sample.network().bridge(), way),
                    context);
            boolean translated =
                    verdict.kind() == HookVerdict.Kind.MASQUERADED || verdict.kind() == HookVerdict.Kind.SNAT;
            boolean untranslated = verdict.kind() == HookVerdict.Kind.ACCEPTED && !isOfOthers(verdict.decidingRule());
            boolean requested = isNat(sample.network())
                    && !sample.network()
                            .config()
                            .options()
                            .getOrDefault(MASQUERADE, "true")
                            .equals("false");
            judge(sample, Effect.MASQUERADE, translated, untranslated, expected && requested, false);
        }

        private void checkForward(Sample sample) {
            Packet first = outgoing(sample);
            Treatment out = forward(first.withLinks(sample.network().bridge(), way));
            Treatment back =
                    forward(first.toReply().withLinks(way, sample.network().bridge()));
            judge(
                    sample,
                    Effect.FORWARD,
                    out.is(Treatment.Kind.ACCEPTED) && back.is(Treatment.Kind.ACCEPTED),
                    isLostAccept(out) || isLostAccept(back),
                    expected && isNat(sample.network()),
                    out.byPolicy() || back.byPolicy());
        }

        private boolean isLostAccept(Treatment treatment) {
            return treatment.is(Treatment.Kind.DROPPED) && !treatment.byOthers();
        }

        /// Podman closes no port. Docker does it by a policy that it sets only when it switches forwarding on, so it
        /// must have been seen.
        private void checkClosedPorts(Sample sample) {
            if (engine == RuleOwner.PODMAN) {
                return;
            }
            Packet packet = Packet.first(
                    Protocol.TCP, Objects.requireNonNull(OUTSIDE.get(family)), sample.address(), unpublished(sample));
            Treatment arrived = received(packet, way, sample.network().bridge());
            judge(
                    sample,
                    Effect.CLOSED_PORTS,
                    arrived.is(Treatment.Kind.DROPPED),
                    arrived.is(Treatment.Kind.ACCEPTED) && !arrived.byOthers(),
                    false,
                    arrived.byPolicy());
        }

        private void checkIsolation(Sample from, Sample to) {
            Packet packet = Packet.first(Protocol.TCP, from.address(), to.address(), unpublished(to));
            Treatment treatment =
                    received(packet, from.network().bridge(), to.network().bridge());
            Key key = new Key(
                    from.network().id(), family, Effect.ISOLATION, to.network().id());
            boolean requested = expected && isIsolated(from.network()) && isIsolated(to.network());
            if (treatment.is(Treatment.Kind.DROPPED)) {
                // A policy that drops is not the engine's.
                if (!treatment.byOthers() && !treatment.byPolicy()) {
                    inForce.add(key);
                }
            } else if (treatment.is(Treatment.Kind.ACCEPTED)
                    && !treatment.byOthers()
                    && (requested || inForce.contains(key))) {
                lost.add(new LostEffect(
                        Effect.ISOLATION, from.network(), family, to.network(), null, null, treatment.byPolicy()));
            }
        }

        private void checkPorts(Container container) {
            for (PortBinding port : container.ports()) {
                if (!port.inForce() || port.external() || !container.running()) {
                    continue;
                }
                List<Network> networks = new ArrayList<>();
                boolean allLost = true;
                boolean accepted = false;
                boolean byPolicy = false;
                for (Endpoint endpoint : container.endpoints()) {
                    Network network = topology.network(endpoint.network());
                    InetAddress address = address(endpoint, family);
                    if (network == null || !network.ofEngine() || !network.hasBridge() || address == null) {
                        continue;
                    }
                    Packet packet = Packet.first(
                                    port.protocol(),
                                    Objects.requireNonNull(OUTSIDE.get(family)),
                                    address,
                                    port.hostPorts().first())
                            .withDestination(address, port.containerPorts().first())
                            .withLinks(way, network.bridge());
                    Treatment treatment = forward(packet);
                    networks.add(network);
                    allLost &= isLostAccept(treatment);
                    accepted |= treatment.is(Treatment.Kind.ACCEPTED) && !treatment.byOthers() && !treatment.byPolicy();
                    byPolicy |= treatment.byPolicy();
                }
                if (networks.isEmpty() || !family.includes(port.hostAddress())) {
                    continue;
                }
                Key key = new Key(networks.getFirst().id(), family, Effect.ACCEPT_PORT, port.id());
                if (accepted) {
                    inForce.add(key);
                } else if (allLost && (expected || inForce.contains(key))) {
                    lost.add(new LostEffect(
                            Effect.ACCEPT_PORT, networks.getFirst(), family, null, container, port, byPolicy));
                }
            }
        }

        private void judge(
                Sample sample, Effect effect, boolean works, boolean fails, boolean requested, boolean byPolicy) {
            Id network = sample.network().id();
            Key key = new Key(network, family, effect, network);
            if (works) {
                inForce.add(key);
            } else if (fails && (requested || inForce.contains(key))) {
                lost.add(new LostEffect(effect, sample.network(), family, null, null, null, byPolicy));
            }
        }

        private Packet outgoing(Sample sample) {
            return Packet.first(Protocol.TCP, sample.address(), Objects.requireNonNull(OUTSIDE.get(family)), 443);
        }

        /// A port of the container that nobody publishes.
        private int unpublished(Sample sample) {
            int port = 1;
            while (isPublished(sample.container(), port)) {
                port++;
            }
            return port;
        }

        private boolean isPublished(Container container, int port) {
            return container.ports().stream()
                    .anyMatch(binding -> binding.containerPorts().contains(port));
        }

        private Treatment received(Packet packet, String in, String out) {
            Treatment arrived = Stream.of(RuleTables.Phase.values())
                    .map(phase -> filter(NetfilterHook.PREROUTING, phase, packet.withLinks(in, "")))
                    .filter(treatment -> !treatment.is(Treatment.Kind.ACCEPTED))
                    .findFirst()
                    .orElse(null);
            return arrived == null ? forward(packet.withLinks(in, out)) : arrived;
        }

        private Treatment forward(Packet packet) {
            return filter(NetfilterHook.FORWARD, RuleTables.Phase.BEFORE_NAT, packet);
        }

        private Treatment filter(NetfilterHook hook, RuleTables.Phase phase, Packet sent) {
            Packet packet = sent;
            boolean byOthers = false;
            boolean byPolicy = true;
            for (BaseChain chain : tables.chains(hook, phase)) {
                HookVerdict verdict = tables.evaluate(chain, packet, context);
                switch (verdict.kind()) {
                    case UNKNOWN -> {
                        return new Treatment(Treatment.Kind.UNKNOWN, false, false);
                    }
                    case DROPPED, REJECTED -> {
                        FirewallRule rule = verdict.decidingRule();
                        return new Treatment(
                                Treatment.Kind.DROPPED,
                                rule == null ? chain.nft() && !isOwn(chain) : isOfOthers(rule),
                                rule == null);
                    }
                    case ACCEPTED, DNAT, REDIRECTED, SNAT, MASQUERADED -> {
                        byOthers |= isOfOthers(verdict.decidingRule());
                        byPolicy &= verdict.decidingRule() == null;
                    }
                }
                packet = verdict.packet();
            }
            return new Treatment(Treatment.Kind.ACCEPTED, byOthers, byPolicy);
        }

        private boolean isOfOthers(@Nullable FirewallRule rule) {
            return rule != null
                    && (rule.chain().equals(DOCKER_USER)
                            || !rule.meaning(topology).owner().isEngine());
        }

        private boolean isOwn(BaseChain chain) {
            return RuleOwner.ofTable(chain.table().substring(chain.table().indexOf(' ') + 1))
                    .isEngine();
        }

        /// Whether the engine translates and isolates as it does by default; its other modes route.
        private boolean isNat(Network network) {
            return NAT_MODES.contains(network.config()
                    .options()
                    .getOrDefault(DRIVER_OPTIONS + "gateway_mode_" + (family == Family.IPV4 ? "ipv4" : "ipv6"), "nat"));
        }

        private boolean isIsolated(Network network) {
            Map<String, String> options = network.config().options();
            // netavark makes no rules for an internal network, and switches forwarding off for its bridge.
            return engine == RuleOwner.PODMAN
                    ? !network.internal()
                            && Set.of("true", "1", "strict").contains(options.getOrDefault(ISOLATE, "false"))
                    : isNat(network) && !options.containsKey(TRUSTED_LINKS);
        }
    }
}
