package dev.patchbay.core.ipam;

import dev.patchbay.core.model.Message;
import dev.patchbay.core.model.Network;
import dev.patchbay.engine.kernel.RoutingTables;
import dev.patchbay.engine.kernel.RoutingTables.Route;
import dev.patchbay.engine.kernel.RoutingTables.Rule;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds the routes that share addresses with the subnet of a network on this host, and says which of the two the
/// kernel uses: that of the first rule whose table has a route (`fib_rules_lookup`), in a table the longest prefix.
///
/// @param text names the kind, gateway, link and table of a route
record RouteOverlaps(RoutingTables routing, Function<Route, Message> text) {
    /// A route that leads away from addresses of the network, or that the network hides.
    record Overlap(Route route, Message sentence) {}

    /// @param devices of the network itself; their routes lead to it
    List<Overlap> of(Network network, Cidr subnet, Set<String> devices) {
        List<Overlap> found = new ArrayList<>();
        for (Route route : routing.routes()) {
            if (!AddressMap.isForwarding(route)
                    || devices.contains(route.device())
                    || !subnet.overlaps(route.destination())) {
                continue;
            }
            Message sentence = route.table() == RoutingTables.MAIN
                    ? ofMainTable(route, network, subnet)
                    : ofOtherTable(route, network, subnet);
            if (sentence != null) {
                found.add(new Overlap(route, sentence));
            }
        }
        return found;
    }

    private @Nullable Message ofMainTable(Route route, Network network, Cidr subnet) {
        int length = route.destination().prefixLength();
        if (length > subnet.prefixLength()) {
            return Message.of("addresses.routeInside", name(route), network.name(), subnet);
        }
        if (length == subnet.prefixLength()) {
            return Message.of("addresses.routeSame", name(route), network.name(), subnet);
        }
        return DefaultPools.isSplitDefaultRoute(route.destination())
                ? null
                : Message.of("addresses.networkInside", network.name(), subnet, name(route));
    }

    /// Null for a table that the kernel looks up after the main one, where the network has its route.
    private @Nullable Message ofOtherTable(Route route, Network network, Cidr subnet) {
        for (Rule rule : routing.rules()) {
            if (rule.family() != Family.of(subnet.address()) || rule.action() != Rule.ACTION_LOOKUP) {
                continue;
            }
            if (rule.table() == RoutingTables.MAIN
                    && !isSelective(rule)
                    && rule.suppressedPrefixLength() < subnet.prefixLength()) {
                return null;
            }
            if (rule.table() == route.table()
                    && (rule.to() == null || rule.to().overlaps(subnet))
                    && rule.suppressedPrefixLength() < route.destination().prefixLength()
                    && !isReplaced(route, subnet)) {
                return isSelective(rule)
                        ? Message.of("addresses.routeBeforeSome", name(route), network.name(), subnet, rule.priority())
                        : Message.of("addresses.routeBefore", name(route), network.name(), subnet, rule.priority());
            }
        }
        return null;
    }

    private Message name(Route route) {
        return Message.of("addresses.routeTo", route.destination(), text.apply(route));
    }

    /// Whether a longer prefix of the same table covers the subnet, as `throw` does in the tables of some VPNs.
    private boolean isReplaced(Route route, Cidr subnet) {
        return routing.routes().stream()
                .anyMatch(other -> other.table() == route.table()
                        && other.destination().prefixLength()
                                > route.destination().prefixLength()
                        && other.destination().prefixLength() <= subnet.prefixLength()
                        && other.destination().overlaps(subnet));
    }

    private static boolean isSelective(Rule rule) {
        return rule.inverted()
                || rule.from() != null
                || rule.to() != null
                || !rule.iif().isEmpty()
                || !rule.oif().isEmpty()
                || rule.mask() != 0
                || rule.protocol() != 0
                || rule.sourcePorts() != null
                || rule.destinationPorts() != null
                || !rule.furtherMatches().isEmpty();
    }
}
