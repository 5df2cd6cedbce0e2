package dev.patchbay.core.ipam;

import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Message;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.RoutingTables;
import dev.patchbay.engine.kernel.RoutingTables.Route;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The addresses of a host: the pools that it takes subnets from, the subnets of its networks, and the routes of all
/// its tables except default routes.
///
/// @param rows pools, networks, routes, each in the order of the host
/// @param problems overlaps, and what is exhausted, in words
public record AddressMap(List<Row> rows, List<Message> problems) {
    public enum Kind {
        POOL,
        NETWORK,
        ROUTE
    }

    /// @param subject what has these addresses
    /// @param usage null for a route
    /// @param note the lowest free subnet or address, and the ranges that overlap
    /// @param problems those of [AddressMap#problems] that are about this row
    public record Row(
            Kind kind,
            Cidr range,
            Message subject,
            @Nullable Usage usage,
            Message note,
            List<Message> problems) {
        public Row {
            problems = List.copyOf(problems);
        }
    }

    /// Numbers of subnets of a pool, or of addresses of a network for containers.
    public record Usage(BigInteger used, BigInteger free) {
        /// Longer counts are written as a power of two.
        private static final int LONGEST_COUNT = 40;

        public String usedText() {
            return text(used);
        }

        public String freeText() {
            return text(free);
        }

        private static String text(BigInteger count) {
            return count.bitLength() <= LONGEST_COUNT
                    ? count.toString()
                    : "2^" + count.subtract(BigInteger.ONE).bitLength();
        }
    }

    public AddressMap {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }

    /// @param routing null when the routes of the host cannot be read
    public static AddressMap of(Topology topology, List<SubnetPool> pools, @Nullable RoutingTables routing) {
        return new Builder(topology, routing, Message.of("addresses.routesUnknown")).build(pools);
    }

    /// For a machine whose helper, which reads the routes, cannot be started by this user.
    ///
    /// @param advice how it is started
    public static AddressMap withoutHelper(Topology topology, List<SubnetPool> pools, String advice) {
        return new Builder(topology, null, Message.of("addresses.helperNeeded", advice)).build(pools);
    }

    /// Whether it is a route for packets of containers: none for broadcasts, multicasts or addresses of the host
    /// itself.
    static boolean isForwarding(Route route) {
        return switch (route.type()) {
            case Route.UNICAST, Route.BLACKHOLE, Route.UNREACHABLE, Route.PROHIBIT ->
                route.table() != RoutingTables.LOCAL
                        && !route.destination().address().isLinkLocalAddress()
                        && !route.destination().address().isMulticastAddress();
            default -> false;
        };
    }

    /// One subnet of a network.
    ///
    /// @param devices links of the host with an address there; empty for a network that is not on the host
    private record Subnet(Network network, Pool pool, Set<String> devices) {
        Cidr range() {
            return pool.subnet().network();
        }

        boolean isRoutedBy(Route route) {
            return devices.contains(route.device()) && range().equals(route.destination());
        }
    }

    private static final class Builder {
        /// Kinds of links that lead to other machines through a tunnel, as a VPN's.
        private static final Set<String> TUNNELS =
                Set.of("wireguard", "tun", "ppp", "xfrm", "vti", "vti6", "ipip", "sit", "ip6tnl", "gre", "ip6gre");

        private final Topology topology;
        private final KernelState kernel;
        private final @Nullable RoutingTables routing;
        /// The problem that stands for the routes when they are null.
        private final Message routesUnknown;

        private final List<Subnet> subnets = new ArrayList<>();
        private final SequencedSet<Message> problems = new LinkedHashSet<>();

        /// By row, which is a subnet or a route.
        private final Map<Object, List<Message>> problemsOf = new LinkedHashMap<>();

        private final Map<Object, List<Cidr>> overlapping = new LinkedHashMap<>();

        Builder(Topology topology, @Nullable RoutingTables routing, Message routesUnknown) {
            this.routesUnknown = routesUnknown;
            this.topology = topology;
            this.kernel = topology.host().kernel();
            this.routing = routing;
            for (Network network : topology.networks()) {
                for (Pool pool : network.config().pools()) {
                    if (!network.configOnly()) {
                        subnets.add(new Subnet(network, pool, devices(network, pool)));
                    }
                }
            }
        }

        private Set<String> devices(Network network, Pool pool) {
            Set<String> devices = kernel.links().stream()
                    .filter(link -> link.addresses().stream()
                            .anyMatch(address -> address.address().equals(pool.gateway())))
                    .map(Link::name)
                    .collect(Collectors.toCollection(HashSet::new));
            if (network.hasBridge()) {
                devices.add(network.bridge());
            }
            return devices;
        }

        AddressMap build(List<SubnetPool> pools) {
            networkOverlaps();
            routeOverlaps();
            List<Row> rows = new ArrayList<>();
            pools.forEach(pool -> rows.add(row(pool)));
            if (!pools.isEmpty()
                    && rows.stream()
                            .allMatch(row ->
                                    Objects.requireNonNull(row.usage()).free().signum() == 0)) {
                problems.add(Message.of("addresses.poolsExhausted"));
            }
            subnets.forEach(subnet -> rows.add(row(subnet)));
            shownRoutes().forEach(route -> rows.add(row(route)));
            if (routing == null) {
                problems.add(routesUnknown);
            }
            return new AddressMap(rows, List.copyOf(problems));
        }

        private void networkOverlaps() {
            for (int i = 0; i < subnets.size(); i++) {
                for (Subnet other : subnets.subList(i + 1, subnets.size())) {
                    Subnet one = subnets.get(i);
                    if (!one.devices().isEmpty()
                            && !other.devices().isEmpty()
                            && one.range().overlaps(other.range())) {
                        Message sentence = Message.of(
                                "addresses.networksOverlap",
                                one.network().name(),
                                one.range(),
                                other.network().name(),
                                other.range());
                        addOverlap(sentence, one, one.range(), other, other.range());
                    }
                }
            }
        }

        private void routeOverlaps() {
            if (routing == null) {
                return;
            }
            RouteOverlaps overlaps = new RouteOverlaps(routing, this::text);
            for (Subnet subnet : subnets) {
                if (!subnet.devices().isEmpty()) {
                    overlaps.of(subnet.network(), subnet.range(), subnet.devices()).stream()
                            .filter(overlap -> subnets.stream().noneMatch(other -> other.isRoutedBy(overlap.route())))
                            .forEach(overlap -> addOverlap(
                                    overlap.sentence(),
                                    subnet,
                                    subnet.range(),
                                    overlap.route(),
                                    overlap.route().destination()));
                }
            }
        }

        private void addOverlap(Message sentence, Object one, Cidr range, Object other, Cidr otherRange) {
            problems.add(sentence);
            problemsOf.computeIfAbsent(one, _ -> new ArrayList<>()).add(sentence);
            problemsOf.computeIfAbsent(other, _ -> new ArrayList<>()).add(sentence);
            overlapping.computeIfAbsent(one, _ -> new ArrayList<>()).add(otherRange);
            overlapping.computeIfAbsent(other, _ -> new ArrayList<>()).add(range);
        }

        private Row row(SubnetPool pool) {
            SubnetUsage usage = SubnetUsage.of(pool, used());
            Message lowest = usage.lowestFree() == null
                    ? Message.of("addresses.noSubnet")
                    : Message.of("addresses.lowestFree", usage.lowestFree());
            return new Row(
                    Kind.POOL,
                    pool.range(),
                    Message.of("addresses.pool", pool.subnetLength()),
                    new Usage(usage.used(), usage.free()),
                    pool.builtIn() ? Message.of("addresses.builtIn", lowest) : lowest,
                    List.of());
        }

        /// What a new network may not overlap.
        private List<Cidr> used() {
            Stream<Cidr> ofTables = routing == null
                    ? Stream.empty()
                    : routing.routes().stream()
                            .filter(AddressMap::isForwarding)
                            .map(Route::destination)
                            .filter(destination -> !DefaultPools.isSplitDefaultRoute(destination));
            return Stream.concat(
                            DefaultPools.usedSubnets(subnets.stream().map(Subnet::range), kernel).stream(), ofTables)
                    .toList();
        }

        private Row row(Subnet subnet) {
            Set<InetAddress> used = topology.containersOn(subnet.network().id()).stream()
                    .map(container -> container.endpointOn(subnet.network().id()))
                    .filter(Objects::nonNull)
                    .flatMap(Builder::addresses)
                    .filter(subnet.range()::contains)
                    .collect(Collectors.toSet());
            AddressPool pool = new AddressPool(subnet.pool());
            Optional<InetAddress> lowest = pool.lowestFree(used);
            if (lowest.isEmpty()) {
                Message sentence =
                        Message.of("addresses.exhausted", subnet.network().name(), subnet.range());
                problems.add(sentence);
                problemsOf.computeIfAbsent(subnet, _ -> new ArrayList<>()).add(sentence);
            }
            Message note = lowest.map(address -> Message.of("addresses.lowestFree", Addresses.format(address)))
                    .orElseGet(() -> Message.of("addresses.noAddress"));
            return new Row(
                    Kind.NETWORK,
                    subnet.range(),
                    Message.of("addresses.network", subnet.network().name()),
                    new Usage(BigInteger.valueOf(used.size()), pool.free(used)),
                    note(subnet, note),
                    problemsOf.getOrDefault(subnet, List.of()));
        }

        private static Stream<InetAddress> addresses(Endpoint endpoint) {
            return Stream.of(endpoint.address(), endpoint.address6())
                    .filter(Objects::nonNull)
                    .map(Cidr::address);
        }

        /// Without the default routes and those of the networks, unless they are in the way of one.
        private List<Route> shownRoutes() {
            return routing == null
                    ? List.of()
                    : routing.routes().stream()
                            .filter(AddressMap::isForwarding)
                            .filter(route -> problemsOf.containsKey(route)
                                    || (!DefaultPools.isSplitDefaultRoute(route.destination())
                                            && subnets.stream().noneMatch(subnet -> subnet.isRoutedBy(route))))
                            .distinct()
                            .toList();
        }

        private Row row(Route route) {
            return new Row(
                    Kind.ROUTE,
                    route.destination(),
                    text(route),
                    null,
                    note(route, Message.EMPTY),
                    problemsOf.getOrDefault(route, List.of()));
        }

        private Message note(Object row, Message note) {
            List<Cidr> others = overlapping.getOrDefault(row, List.of());
            if (others.isEmpty()) {
                return note;
            }
            String ranges = others.stream().distinct().map(Cidr::toString).collect(Collectors.joining(", "));
            return note.isEmpty()
                    ? Message.of("addresses.overlaps", ranges)
                    : Message.of("addresses.overlapsAndFree", ranges, note);
        }

        /// As `route 10.0.0.0/8 via 10.8.0.1 dev tun0 (tun), table 52`.
        private Message text(Route route) {
            String kind = kernel.links().stream()
                    .filter(link -> link.name().equals(route.device()) && TUNNELS.contains(link.kind()))
                    .map(link -> " (" + link.kind() + ")")
                    .findFirst()
                    .orElse("");
            String words = type(route)
                    + (route.gateway() == null ? "" : " via " + Addresses.format(route.gateway()))
                    + (route.device().isEmpty() ? "" : " dev " + route.device() + kind)
                    + (route.table() == RoutingTables.MAIN ? "" : " table " + Integer.toUnsignedString(route.table()));
            return Message.of("addresses.route", words.strip());
        }

        private static String type(Route route) {
            return switch (route.type()) {
                case Route.BLACKHOLE -> "blackhole";
                case Route.UNREACHABLE -> "unreachable";
                case Route.PROHIBIT -> "prohibit";
                default -> "";
            };
        }
    }
}
