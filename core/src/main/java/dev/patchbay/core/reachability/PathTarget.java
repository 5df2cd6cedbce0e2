package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Message;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.packet.HookVerdict;
import dev.patchbay.core.packet.NatTarget;
import dev.patchbay.core.packet.NetfilterHook;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.RouteLookup.Route;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The destination of the sender.
///
/// @param container the container of the port; null for the host and for a peer outside
/// @param binding the published port that is used; null for none
record PathTarget(
        InetAddress address,
        int port,
        @Nullable Container container,
        @Nullable PortBinding binding) {

    /// Values of the gateway mode of a network with which containers are reached by their own addresses.
    private static final Set<String> ROUTED_MODES = Set.of("routed", "nat-unprotected");

    /// @return null when there is no destination; the trace says why
    static @Nullable PathTarget of(Peer from, Peer to, Trace trace) {
        return switch (to) {
            case Peer.InContainer inside ->
                from instanceof Peer.Outside outside
                        ? ofPublishedPort(outside, inside, trace)
                        : ofContainer(from, inside, trace);
            case Peer.Host host -> ofHost(from, host, trace);
            case Peer.Outside outside -> ofOutside(outside, trace);
        };
    }

    private static @Nullable PathTarget ofPublishedPort(Peer.Outside from, Peer.InContainer to, Trace trace) {
        ReachabilityQuery question = trace.question();
        PortBinding binding = RemedyFinder.publishedPort(to.container(), question);
        if (binding == null) {
            PathTarget direct = ofRoutedContainer(from, to, trace);
            PathTarget target = direct == null ? ofTranslatedPort(from, to, trace) : direct;
            if (target != null) {
                return target;
            }
        }
        if (binding == null) {
            trace.fail(
                    Stage.PUBLISHED_PORT,
                    Message.of("jack.none", question.service(), to.name()),
                    Message.of("jack.none.short"),
                    Message.of("jack.none.why"),
                    new RemedyFinder(trace).publish(to.container()),
                    new Location.OfContainer(to.container().id()));
            return null;
        }
        InetAddress address =
                hostAddress(from, binding, question.family(), trace.inputs().host());
        return address == null
                ? noAddress(Message.of("host"), trace)
                : new PathTarget(address, hostPort(binding, question), to.container(), binding);
    }

    /// The container's own address where it can be reached from outside: on a network whose addresses Docker
    /// does not hide, or by a route that the outside has.
    private static @Nullable PathTarget ofRoutedContainer(Peer.Outside from, Peer.InContainer to, Trace trace) {
        Family family = trace.question().family();
        NetnsState outside = from.netnsState();
        for (Endpoint endpoint : to.endpoints()) {
            InetAddress address = Peer.address(endpoint, family);
            Network network = trace.topology().network(endpoint.network());
            if (address == null || network == null) {
                continue;
            }
            boolean routed = outside == null
                    ? ROUTED_MODES.contains(network.config().options().getOrDefault(gatewayModeOption(family), "nat"))
                    : RouteLookup.localRoute(
                                            address,
                                            trace.question().protocol(),
                                            trace.question().port(),
                                            outside)
                                    .route()
                            instanceof Route.Via;
            if (routed) {
                trace.ok(
                        Stage.NAME,
                        Message.of("name", to.name(), Addresses.format(address)),
                        outside == null ? Message.of("name.routed") : Message.of("name.on", network.name()),
                        new Location.OfNetwork(network.id()));
                return new PathTarget(address, trace.question().port(), to.netnsOwner(), null);
            }
        }
        return null;
    }

    /// A port of every IPv4 address that the rules serve over IPv6, too. Podman says 0.0.0.0 for the ports of both
    /// families as for those of IPv4 alone, and makes rules for IPv6 for the former.
    private static @Nullable PathTarget ofTranslatedPort(Peer.Outside from, Peer.InContainer to, Trace trace) {
        Family family = trace.question().family();
        Protocol protocol = trace.question().protocol();
        NetnsState host = trace.inputs().host();
        InetAddress address = hostAddressFor(from, family, host);
        InetAddress sender = from.address() == null ? gateway(family, host) : from.address();
        if (protocol == null || address == null || sender == null) {
            return null;
        }
        for (PortBinding binding : to.container().ports()) {
            if (!binding.publishes(trace.question().port(), protocol)
                    || !binding.hostAddress().isAnyLocalAddress()) {
                continue;
            }
            int port = hostPort(binding, trace.question());
            HookVerdict verdict = trace.translate(
                    NetfilterHook.PREROUTING,
                    Packet.first(protocol, sender, address, port).withLinks(uplinkTo(sender, host), ""));
            NatTarget translated =
                    verdict.kind() == HookVerdict.Kind.DNAT ? NatTarget.of(verdict.natArgument(), port) : null;
            if (translated != null
                    && to.endpoints().stream()
                            .anyMatch(place -> translated.address().equals(Peer.address(place, family)))) {
                return new PathTarget(address, port, to.container(), binding);
            }
        }
        return null;
    }

    private static int hostPort(PortBinding binding, ReachabilityQuery question) {
        return binding.hostPorts().first()
                + question.port()
                - binding.containerPorts().first();
    }

    private static String gatewayModeOption(Family family) {
        return "com.docker.network.bridge.gateway_mode_" + (family == Family.IPV4 ? "ipv4" : "ipv6");
    }

    private static @Nullable InetAddress hostAddress(
            Peer.Outside from, PortBinding binding, Family family, NetnsState host) {
        return binding.hostAddresses().stream()
                .filter(family::includes)
                .findFirst()
                .map(address -> address.isAnyLocalAddress() || address.isLoopbackAddress()
                        ? hostAddressFor(from, family, host)
                        : address)
                .orElse(null);
    }

    private static @Nullable PathTarget ofContainer(Peer from, Peer.InContainer to, Trace trace) {
        Family family = trace.question().family();
        List<Endpoint> places = to.endpoints();
        Endpoint shared = from instanceof Peer.InContainer sender
                ? places.stream()
                        .filter(place -> sender.netnsOwner().endpointOn(place.network()) != null)
                        .filter(place -> Peer.address(place, family) != null)
                        .findFirst()
                        .orElse(null)
                : null;
        InetAddress address = places.stream()
                .filter(place -> shared == null || place.equals(shared))
                .map(place -> Peer.address(place, family))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (address == null) {
            return noAddress(to.name(), trace);
        }
        Network network = shared == null ? null : trace.topology().network(shared.network());
        if (network != null && !network.predefined() && !from.name().equals(to.name())) {
            trace.ok(
                    Stage.NAME,
                    Message.of("name", to.name(), Addresses.format(address)),
                    Message.of("name.on", network.name()),
                    new Location.OfNetwork(network.id()));
        } else if (from instanceof Peer.InContainer && !from.name().equals(to.name())) {
            trace.ok(Stage.NAME, Message.of("name", to.name(), Addresses.format(address)), Message.of("name.none"));
        }
        return new PathTarget(address, trace.question().port(), to.netnsOwner(), null);
    }

    private static @Nullable PathTarget ofHost(Peer from, Peer.Host to, Trace trace) {
        ReachabilityQuery question = trace.question();
        NetnsState host = to.netnsState();
        PortBinding binding = trace.topology().containers().stream()
                .flatMap(container -> container.ports().stream())
                .filter(port -> port.protocol() == question.protocol()
                        && port.hostPorts().contains(question.port())
                        && port.hostAddresses().stream().anyMatch(question.family()::includes))
                .findFirst()
                .orElse(null);
        InetAddress bound = binding == null || binding.hostAddress().isAnyLocalAddress() ? null : binding.hostAddress();
        InetAddress address = switch (from) {
            case Peer.Host _ ->
                bound != null ? bound : InetAddress.ofLiteral(question.family() == Family.IPV4 ? "127.0.0.1" : "::1");
            case Peer.Outside outside ->
                bound != null && !bound.isLoopbackAddress() ? bound : hostAddressFor(outside, question.family(), host);
            case Peer.InContainer inside ->
                bound != null && !bound.isLoopbackAddress() ? bound : hostAddressFrom(inside, question.family(), host);
        };
        return address == null
                ? noAddress(Message.of("host"), trace)
                : new PathTarget(address, question.port(), null, binding);
    }

    /// The address at which a container reaches the host: its gateway, or an address of its bridge.
    private static @Nullable InetAddress hostAddressFrom(Peer.InContainer from, Family family, NetnsState host) {
        if (from.netnsState() == null) {
            return null;
        }
        InetAddress gateway = from.netnsState().routes().stream()
                .filter(route -> route.isDefault())
                .map(route -> route.gateway())
                .filter(address -> address != null && family.includes(address))
                .findFirst()
                .orElse(null);
        if (gateway != null) {
            return gateway;
        }
        return RouteLookup.addresses(host).stream()
                .filter(family::includes)
                .filter(address -> from.netnsState().routes().stream()
                        .anyMatch(route ->
                                !route.isDefault() && route.destination().contains(address)))
                .filter(address -> !address.isLinkLocalAddress())
                .findFirst()
                .orElseGet(() -> outsideAddress(family, host));
    }

    private static @Nullable PathTarget ofOutside(Peer.Outside to, Trace trace) {
        if (to.address() != null) {
            return new PathTarget(to.address(), trace.question().port(), null, null);
        }
        Family family = trace.question().family();
        InetAddress address = to.netnsState() == null
                ? gateway(family, trace.inputs().host())
                : RouteLookup.addresses(to.netnsState()).stream()
                        .filter(family::includes)
                        .filter(candidate -> !candidate.isLoopbackAddress() && !candidate.isLinkLocalAddress())
                        .findFirst()
                        .orElse(null);
        return address == null
                ? noAddress(Message.of("outsideWorld"), trace)
                : new PathTarget(address, trace.question().port(), null, null);
    }

    private static @Nullable PathTarget noAddress(Message receiver, Trace trace) {
        String family = trace.question().family() == Family.IPV4 ? "IPv4" : "IPv6";
        trace.fail(
                Stage.END,
                Message.of("end.noAddress", receiver, family),
                Message.EMPTY,
                Message.of("end.noAddress.why"),
                null);
        return null;
    }

    /// The address of this machine for this peer: that of the link by which its packets arrive.
    private static @Nullable InetAddress hostAddressFor(Peer.Outside peer, Family family, NetnsState host) {
        InetAddress address = peer.address();
        return address == null
                ? outsideAddress(family, host)
                : RouteLookup.linkAddress(uplinkTo(address, host), address, host);
    }

    /// The address of this machine for peers outside: that of the link of its default route.
    static @Nullable InetAddress outsideAddress(Family family, NetnsState host) {
        return defaultRoute(family, host)
                .map(route -> RouteLookup.linkAddress(route.device(), Objects.requireNonNull(route.gateway()), host))
                .orElse(null);
    }

    /// The link by which packets of a peer outside arrive, whatever routes choose for the answer: one with an
    /// address of the same subnet, or that of the main table. Empty for none.
    static String uplinkTo(InetAddress peer, NetnsState host) {
        String connected = host.links().stream()
                .filter(link -> link.addresses().stream().anyMatch(address -> address.contains(peer)))
                .findFirst()
                .map(KernelState.Link::name)
                .orElse("");
        return !connected.isEmpty()
                ? connected
                : host.routes().stream()
                        .filter(route -> route.destination().contains(peer))
                        .max(Comparator.comparingInt(
                                route -> route.destination().prefixLength()))
                        .map(route -> route.device())
                        .orElse("");
    }

    /// The address of a peer outside, whose namespace cannot be inspected.
    @Nullable
    InetAddress outsidePeerAddress(NetnsState host) {
        return gateway(Family.of(address), host);
    }

    private static @Nullable InetAddress gateway(Family family, NetnsState host) {
        return defaultRoute(family, host).map(KernelState.Route::gateway).orElse(null);
    }

    private static Optional<KernelState.Route> defaultRoute(Family family, NetnsState host) {
        return host.routes().stream()
                .filter(KernelState.Route::isDefault)
                .filter(route -> route.gateway() != null && family.includes(route.gateway()))
                .findFirst();
    }
}
