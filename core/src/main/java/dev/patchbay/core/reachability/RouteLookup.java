package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Endpoint;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks up routes in a namespace as the kernel does.
final class RouteLookup {
    private RouteLookup() {}

    sealed interface Route {
        /// The address belongs to the namespace itself.
        record Local() implements Route {}

        /// @param gateway null when the address is on the link itself
        record Via(String device, @Nullable InetAddress gateway) implements Route {}

        record None() implements Route {}
    }

    static Route lookup(InetAddress destination, NetnsState from) {
        if (destination.isLoopbackAddress() || addresses(from).contains(destination)) {
            return new Route.Local();
        }
        return from.routes().stream()
                .filter(route -> route.destination().contains(destination))
                .max(Comparator.comparingInt(route -> route.destination().prefixLength()))
                .<Route>map(route -> new Route.Via(route.device(), route.gateway()))
                .orElse(new Route.None());
    }

    /// The outgoing device for an address; empty when there is none.
    static String device(InetAddress destination, NetnsState from) {
        return switch (lookup(destination, from)) {
            case Route.Local() -> "lo";
            case Route.Via(String device, InetAddress _) -> device;
            case Route.None() -> "";
        };
    }

    /// The source address for a destination; null when the outgoing link has none of the family.
    static @Nullable InetAddress source(InetAddress destination, NetnsState from) {
        return switch (lookup(destination, from)) {
            case Route.Local() -> destination;
            case Route.None() -> null;
            case Route.Via(String device, InetAddress gateway) -> {
                InetAddress next = gateway == null ? destination : gateway;
                List<Cidr> candidates = from.links().stream()
                        .filter(link -> link.name().equals(device))
                        .flatMap(link -> link.addresses().stream())
                        .filter(address -> Family.of(address.address()) == Family.of(destination))
                        .filter(address -> !address.address().isLinkLocalAddress())
                        .toList();
                yield candidates.stream()
                        .filter(address -> address.contains(next))
                        .findFirst()
                        .or(() -> candidates.stream().findFirst())
                        .map(Cidr::address)
                        .orElse(null);
            }
        };
    }

    /// The first address of a link of the family; null when there is none.
    static @Nullable InetAddress firstAddress(String device, Family family, NetnsState of) {
        return of.links().stream()
                .filter(link -> link.name().equals(device))
                .flatMap(link -> link.addresses().stream())
                .map(Cidr::address)
                .filter(family::includes)
                .findFirst()
                .orElse(null);
    }

    /// All addresses except those of the loopback.
    static Set<InetAddress> addresses(NetnsState netnsState) {
        return localAddresses(netnsState).map(Cidr::address).collect(Collectors.toSet());
    }

    /// The name of an endpoint's link in its container. An engine does not report it, so it is found by
    /// the address.
    static String interfaceName(Endpoint endpoint, @Nullable NetnsState inside) {
        if (!endpoint.interfaceName().isEmpty() || inside == null) {
            return endpoint.interfaceName();
        }
        return inside.links().stream()
                .filter(link -> link.addresses().stream()
                        .anyMatch(address -> address.equals(endpoint.address()) || address.equals(endpoint.address6())))
                .map(Link::name)
                .findFirst()
                .orElse("");
    }

    private static Stream<Cidr> localAddresses(NetnsState netnsState) {
        return netnsState.links().stream().map(Link::addresses).flatMap(List::stream);
    }
}
