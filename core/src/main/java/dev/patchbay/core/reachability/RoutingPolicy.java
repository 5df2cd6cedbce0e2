package dev.patchbay.core.reachability;

import dev.patchbay.core.packet.Ternary;
import dev.patchbay.core.reachability.RouteLookup.Route;
import dev.patchbay.core.reachability.RouteLookup.RouteDecision;
import dev.patchbay.core.reachability.RouteLookup.RouteKey;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.kernel.RoutingTables;
import dev.patchbay.engine.kernel.RoutingTables.Rule;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The routing rules and tables of a namespace for one packet, as `fib_rules_lookup` of the kernel: the first
/// rule that matches and whose table has a route decides.
final class RoutingPolicy {
    private static final int UNPRIVILEGED_PORTS = 1024;

    private final NetnsState netns;
    private final RouteKey key;
    private final List<Rule> rules;
    private final Set<InetAddress> ownAddresses;

    RoutingPolicy(NetnsState netns, RouteKey key) {
        this.netns = netns;
        this.key = key;
        this.ownAddresses = RouteLookup.addresses(netns);
        Family family = Family.of(key.destination());
        List<Rule> known = netns.routing().rules().stream()
                .filter(rule -> rule.family() == family)
                .toList();
        // A kernel without policy routing has these alone.
        this.rules = known.isEmpty()
                ? List.of(lookupIn(family, 0, RoutingTables.LOCAL), lookupIn(family, 32766, RoutingTables.MAIN))
                : known;
    }

    private static Rule lookupIn(Family family, int priority, int table) {
        return new Rule(
                family,
                priority,
                false,
                null,
                null,
                "",
                "",
                0,
                0,
                0,
                null,
                null,
                Rule.ACTION_LOOKUP,
                table,
                0,
                -1,
                -1,
                List.of());
    }

    Route lookup() {
        return from(0);
    }

    private Route from(int first) {
        for (int i = first; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            Ternary matches = matches(rule);
            if (matches == Ternary.NO) {
                continue;
            }
            Route decided = apply(rule);
            if (decided == null) {
                continue;
            }
            if (matches == Ternary.YES || sameEffect(decided, from(i + 1))) {
                return decided;
            }
            return new Route.Unknown(new RouteDecision(rule, null));
        }
        return new Route.None(RouteDecision.EMPTY);
    }

    private static boolean sameEffect(Route one, Route other) {
        if (one instanceof Route.Via via && other instanceof Route.Via second) {
            return via.device().equals(second.device())
                    && (via.gateway() == null
                            ? second.gateway() == null
                            : via.gateway().equals(second.gateway()));
        }
        return one.getClass() == other.getClass() && !(one instanceof Route.Unknown);
    }

    /// Null when the next rule follows.
    private @Nullable Route apply(Rule rule) {
        return switch (rule.action()) {
            case Rule.ACTION_LOOKUP -> inTable(rule);
            case Rule.ACTION_GOTO -> {
                int target = priorityIndex(rule.jumpsTo());
                yield target < 0 ? null : from(target);
            }
            case Rule.ACTION_NOP -> null;
            case Rule.ACTION_BLACKHOLE, Rule.ACTION_UNREACHABLE, Rule.ACTION_PROHIBIT ->
                new Route.None(new RouteDecision(rule, null));
            default -> new Route.Unknown(new RouteDecision(rule, null));
        };
    }

    private int priorityIndex(int priority) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).priority() == priority) {
                return i;
            }
        }
        return -1; // the kernel passes over such a rule
    }

    private @Nullable Route inTable(Rule rule) {
        InetAddress destination = key.destination();
        if (rule.table() == RoutingTables.LOCAL
                && (destination.isLoopbackAddress() || ownAddresses.contains(destination))) {
            return new Route.Local();
        }
        List<RoutingTables.Route> candidates = netns.routing().routes().stream()
                .filter(route ->
                        route.table() == rule.table() && route.destination().contains(destination))
                .filter(route -> routes(route.type()))
                .toList();
        RoutingTables.Route best = candidates.stream()
                .max(Comparator.<RoutingTables.Route>comparingInt(
                                route -> route.destination().prefixLength())
                        .thenComparing(Comparator.comparingLong(RoutingTables.Route::metric)
                                .reversed()))
                .orElse(null);
        if (best == null
                || best.type() == RoutingTables.Route.THROW
                || best.destination().prefixLength() <= rule.suppressedPrefixLength()
                || (rule.suppressedGroup() >= 0 && group(best.device()) == rule.suppressedGroup())) {
            return null;
        }
        RouteDecision decision = new RouteDecision(rule, best);
        return switch (best.type()) {
            case RoutingTables.Route.LOCAL, RoutingTables.Route.ANYCAST -> new Route.Local();
            case RoutingTables.Route.UNICAST -> {
                boolean otherLinks = best.multipath()
                        && candidates.stream()
                                .filter(RoutingTables.Route::multipath)
                                .filter(route -> route.destination().equals(best.destination())
                                        && route.metric() == best.metric())
                                .anyMatch(route -> !route.device().equals(best.device()));
                yield otherLinks ? new Route.Unknown(decision) : new Route.Via(best.device(), best.gateway(), decision);
            }
            default -> new Route.None(decision);
        };
    }

    /// Not a route for broadcasts and multicasts.
    private static boolean routes(int type) {
        return switch (type) {
            case RoutingTables.Route.UNICAST,
                    RoutingTables.Route.LOCAL,
                    RoutingTables.Route.ANYCAST,
                    RoutingTables.Route.BLACKHOLE,
                    RoutingTables.Route.UNREACHABLE,
                    RoutingTables.Route.PROHIBIT,
                    RoutingTables.Route.THROW -> true;
            default -> false;
        };
    }

    private int group(String device) {
        return netns.links().stream()
                .filter(link -> link.name().equals(device))
                .findFirst()
                .map(link -> link.group())
                .orElse(0);
    }

    private Ternary matches(Rule rule) {
        // The kernel gives packets of the namespace itself the incoming link lo; no socket is bound to a link.
        String in = key.in().isEmpty() ? "lo" : key.in();
        Ternary all = Ternary.of(rule.iif().isEmpty() || rule.iif().equals(in))
                .and(Ternary.of(rule.oif().isEmpty()))
                .and(prefix(rule.from(), key.source()))
                .and(prefix(rule.to(), key.destination()))
                .and(key.mark().matches(rule.mark(), rule.mask()))
                .and(protocol(rule.protocol()))
                .and(ports(rule.sourcePorts(), key.sourcePort()))
                .and(ports(rule.destinationPorts(), key.destinationPort()));
        for (int further : rule.furtherMatches()) {
            all = all.and(further == Rule.MATCH_VRF ? Ternary.of(hasVrf()).and(Ternary.MAYBE) : Ternary.MAYBE);
        }
        return all.negatedIf(rule.inverted());
    }

    private boolean hasVrf() {
        return netns.links().stream().anyMatch(link -> link.kind().equals("vrf"));
    }

    private static Ternary prefix(@Nullable Cidr wanted, @Nullable InetAddress address) {
        return Ternary.of(wanted == null || (address != null && wanted.contains(address)));
    }

    private Ternary protocol(int wanted) {
        return wanted == 0 ? Ternary.YES : key.protocol() == 0 ? Ternary.MAYBE : Ternary.of(wanted == key.protocol());
    }

    /// A port that is not known is one that the kernel chose, none of those below 1024: `ip_local_port_range`
    /// begins behind the privileged ports.
    private static Ternary ports(@Nullable PortRange wanted, int port) {
        if (wanted == null) {
            return Ternary.YES;
        }
        if (port == 0) {
            return wanted.last() < UNPRIVILEGED_PORTS ? Ternary.NO : Ternary.MAYBE;
        }
        return Ternary.of(wanted.contains(port));
    }
}
