package dev.patchbay.engine.kernel;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The routing policy of a namespace: `ip rule` and `ip route show table all`, of both families.
///
/// @param rules in the order of the kernel, by priority
public record RoutingTables(List<Rule> rules, List<Route> routes) {
    public static final int MAIN = 254;
    public static final int LOCAL = 255;

    public RoutingTables {
        rules = List.copyOf(rules);
        routes = List.copyOf(routes);
    }

    /// A rule of `ip rule`.
    ///
    /// @param inverted whether it applies to packets that do not match (`not`)
    /// @param from null for every source
    /// @param to null for every destination
    /// @param iif empty for every incoming link; `lo` is for packets of the namespace itself
    /// @param oif empty for every socket; otherwise only for sockets that are bound to this link
    /// @param mask bits of the mark that are compared; 0 for every mark
    /// @param protocol number of the transport protocol, 0 for every one
    /// @param sourcePorts null for all
    /// @param destinationPorts null for all
    /// @param action as FR_ACT_* of linux/fib_rules.h
    /// @param table to look up; 0 for none
    /// @param jumpsTo priority of the rule that follows after `goto`
    /// @param suppressedPrefixLength routes with a prefix of at most this length are ignored; -1 for none
    /// @param suppressedGroup routes over links of this group are ignored; -1 for none
    /// @param furtherMatches attributes of linux/fib_rules.h that this record has no field for
    public record Rule(
            Family family,
            int priority,
            boolean inverted,
            @JsonSetter(nulls = Nulls.SET) @Nullable Cidr from,
            @JsonSetter(nulls = Nulls.SET) @Nullable Cidr to,
            String iif,
            String oif,
            long mark,
            long mask,
            int protocol,
            @JsonSetter(nulls = Nulls.SET) @Nullable PortRange sourcePorts,
            @JsonSetter(nulls = Nulls.SET) @Nullable PortRange destinationPorts,
            int action,
            int table,
            int jumpsTo,
            int suppressedPrefixLength,
            int suppressedGroup,
            List<Integer> furtherMatches) {
        public static final int ACTION_LOOKUP = 1;
        public static final int ACTION_GOTO = 2;
        public static final int ACTION_NOP = 3;
        public static final int ACTION_BLACKHOLE = 6;
        public static final int ACTION_UNREACHABLE = 7;
        public static final int ACTION_PROHIBIT = 8;
        /// FRA_L3MDEV: the table is that of the VRF of the link.
        public static final int MATCH_VRF = 19;

        public Rule {
            furtherMatches = List.copyOf(furtherMatches);
        }
    }

    /// A route, or one next hop of a route that has several.
    ///
    /// @param type as RTN_* of linux/rtnetlink.h
    /// @param gateway null when the destination is on the link itself
    /// @param source that the kernel prefers for its own packets; null for none
    /// @param metric among routes to one destination the kernel uses the one with the lowest
    /// @param multipath whether the kernel chooses among several next hops
    public record Route(
            int table,
            int type,
            Cidr destination,
            @JsonSetter(nulls = Nulls.SET) @Nullable InetAddress gateway,
            String device,
            @JsonSetter(nulls = Nulls.SET) @Nullable InetAddress source,
            long metric,
            boolean multipath) {
        public static final int UNICAST = 1;
        public static final int LOCAL = 2;
        public static final int ANYCAST = 4;
        public static final int BLACKHOLE = 6;
        public static final int UNREACHABLE = 7;
        public static final int PROHIBIT = 8;
        public static final int THROW = 9;
    }
}
