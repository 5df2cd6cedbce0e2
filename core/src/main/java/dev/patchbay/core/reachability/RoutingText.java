package dev.patchbay.core.reachability;

import dev.patchbay.engine.kernel.RoutingTables;
import dev.patchbay.engine.kernel.RoutingTables.Rule;
import dev.patchbay.engine.net.Addresses;

/// Rules and routes as iproute2 writes them.
final class RoutingText {
    private RoutingText() {}

    /// `100: from all fwmark 0x1 lookup 42`.
    static String rule(Rule rule) {
        StringBuilder text = new StringBuilder(rule.priority() + ":" + (rule.inverted() ? " not" : ""));
        text.append(" from ").append(rule.from() == null ? "all" : rule.from());
        if (rule.to() != null) {
            text.append(" to ").append(rule.to());
        }
        if (rule.mask() != 0) {
            text.append(" fwmark 0x").append(Long.toHexString(rule.mark()));
            text.append(rule.mask() == 0xffff_ffffL ? "" : "/0x" + Long.toHexString(rule.mask()));
        }
        text.append(rule.iif().isEmpty() ? "" : " iif " + rule.iif());
        text.append(rule.oif().isEmpty() ? "" : " oif " + rule.oif());
        text.append(rule.protocol() == 0 ? "" : " ipproto " + rule.protocol());
        text.append(rule.sourcePorts() == null ? "" : " sport " + rule.sourcePorts());
        text.append(rule.destinationPorts() == null ? "" : " dport " + rule.destinationPorts());
        text.append(
                switch (rule.action()) {
                    case Rule.ACTION_LOOKUP -> " lookup " + table(rule.table());
                    case Rule.ACTION_GOTO -> " goto " + rule.jumpsTo();
                    case Rule.ACTION_NOP -> " nop";
                    case Rule.ACTION_BLACKHOLE -> " blackhole";
                    case Rule.ACTION_UNREACHABLE -> " unreachable";
                    case Rule.ACTION_PROHIBIT -> " prohibit";
                    default -> " action " + rule.action();
                });
        if (rule.suppressedPrefixLength() >= 0) {
            text.append(" suppress_prefixlength ").append(rule.suppressedPrefixLength());
        }
        return text.toString();
    }

    /// `10.0.0.0/8 via 192.0.2.1 dev wg0 table 42`.
    static String route(RoutingTables.Route route) {
        String type = switch (route.type()) {
            case RoutingTables.Route.BLACKHOLE -> "blackhole ";
            case RoutingTables.Route.UNREACHABLE -> "unreachable ";
            case RoutingTables.Route.PROHIBIT -> "prohibit ";
            default -> "";
        };
        String destination = route.destination().prefixLength() == 0
                ? "default"
                : route.destination().toString();
        return type + destination
                + (route.gateway() == null ? "" : " via " + Addresses.format(route.gateway()))
                + (route.device().isEmpty() ? "" : " dev " + route.device())
                + " table " + table(route.table());
    }

    private static String table(int number) {
        return switch (number) {
            case RoutingTables.MAIN -> "main";
            case RoutingTables.LOCAL -> "local";
            case 253 -> "default";
            default -> Integer.toUnsignedString(number);
        };
    }
}
