package dev.patchbay.engine.status;

import java.util.List;

/// The kinds of problems. The window has a sentence for each kind in its own language.
public enum ProblemKind {
    BRIDGE_GONE("The bridge {0} of network {1} is gone"),
    BRIDGE_RENAMED("The bridge {0} of network {1} is now called {2}"),
    BRIDGE_DOWN("The bridge {0} of network {1} is down"),
    BRIDGE_ADDRESS_LOST("The bridge {0} of network {1} lacks its address {2}"),
    BRIDGE_ADDRESS_STRANGE("The bridge {0} of network {1} has the unexpected address {2}"),
    BRIDGE_SETTING_LOST("The bridge {0} of network {1} has lost the setting {2}"),
    BRIDGE_LEAVING("The bridge {0} of network {1} is in a deletion group"),
    FORWARD_SETTING_LOST("The bridge {0} has lost the setting {1}"),
    NAMESPACE_GONE("The network namespace {0} of container {1} is gone"),
    LOOPBACK_LACKS_IPV6("Container {0} lacks IPv6 on lo"),
    LOOPBACK_HAS_IPV6("Container {0} has IPv6 on lo and nowhere else"),
    CABLE_GONE("The cable {0} of container {1} to network {2} is gone"),
    CABLE_GONE_FOR_GOOD("The cable {0} of container {1} to network {2} is gone: start the container again"),
    CABLE_RENAMED("The cable {0} of container {1} to network {2} is now called {3}"),
    CABLE_DOWN("The cable {0} of container {1} to network {2} is down"),
    CABLE_UNPLUGGED("The cable {0} of container {1} to network {2} is not plugged into its bridge"),
    CABLE_NOT_WHOLE("The cable {0} of container {1} to network {2} is incomplete inside the container"),
    CABLE_LEAVING("The cable {0} of container {1} to network {2} is in a deletion group"),
    DEFAULT_ROUTE_LOST("Container {0} has lost its default route"),
    FILES_OLD("The files of container {0} may be out of date"),
    COMMAND_ENDED("The command of container {0} does not run"),
    /// Further arguments, after a summary: the number of missing chains, missing rules, and unexpected
    /// rules.
    RULES_CHANGED("Patchbay's {0} rules are not as they should be: {1}"),
    FORWARDING_OFF("The host does not forward {0}"),
    FLOW_ASTRAY("1 UDP flow is stale: it does not match the published ports"),
    FLOWS_ASTRAY("{0} UDP flows are stale: they do not match the published ports"),
    NAMES_UNKNOWN("The resolver does not know all names"),
    STRAY_LINK("The link {0} is marked as Patchbay's and has no record"),
    STRAY_NAMESPACE("The namespace {0} belongs to no container"),
    STRAY_FILES("The files of {0} belong to no container"),
    /// Objects of the kernel that were skipped. Its arguments are the number, the reason of the first,
    /// the kind and the total.
    UNREADABLE("{0} could not be read: {1}"),
    WATCH_FAILING("The host is not checked for changes by others at present: {0}"),
    RECORDS_DAMAGED("The records were damaged, and some may be lost: what could be read is in force, and the damaged"
            + " file is kept as {0} until somebody deletes it"),

    /// The following kinds are about a container engine's own networks; the comparison with the engine
    /// finds them.
    /// Where the remedy is an argument, it is the last of the sentence; its name and arguments follow.
    ENGINE_BRIDGE_GONE("The engine has network {0}, and the kernel has no bridge {1}: {2}"),
    ENGINE_BRIDGE_DOWN("The bridge {0} of network {1} is down: `ip link set {0} up`"),
    ENGINE_BRIDGE_ADDRESS_LOST("The bridge {0} of network {1} lacks the gateway's address {2}: {3}"),
    ENGINE_BRIDGE_READDRESSED("The bridge {0} of network {1} has the address {3} instead of the gateway's {2}: {4}"),
    ENGINE_CABLE_GONE("No link leads from the bridge {0} into container {1} on network {2}: {3}"),
    ENGINE_CABLE_UNPLUGGED("The cable {0} of container {1} to network {2} is not plugged into the bridge {3}:"
            + " `ip link set {0} master {3}`"),
    ENGINE_CABLE_DOWN("The cable {0} of container {1} to network {2} is down: `ip link set {0} up`"),
    ENGINE_CANNOT_FORWARD("This machine does not forward IPv4, so that no port is reached and no container gets out:"
            + " `sysctl -w net.ipv4.ip_forward=1`"),
    ENGINE_PORT_OPEN(
            "Port {0} of {1} is open to every network, whatever {2} says: the engine's rules come before its" + " own"),
    ENGINE_PORT_SHADOWED("Port {0} that Patchbay publishes for {1} leads to {2}: an engine publishes it, too, and its"
            + " rules come first"),
    ENGINE_PORT_TAKEN("Port {0} that the engine publishes for {2} leads to {1}: Patchbay publishes it, too, and its"
            + " rules come first"),
    ENGINE_PORT_DIVERTED(
            "Port {0} that Patchbay publishes for {1} leads to {2}: a rule that is not Patchbay's comes" + " first"),
    ENGINE_PORT_LOST("The engine publishes port {0} for {1}, and the kernel has no rule that leads there: {2}"),
    ENGINE_PORT_BLOCKED(
            "The host drops packets to port {0} of {1}, because the engine's rule that accepts them is" + " gone: {2}"),
    ENGINE_MASQUERADE_LOST("{1} packets of network {0} leave the host with addresses that nobody outside knows, because"
            + " the engine's rule that translates them is gone: {2}"),
    ENGINE_FORWARD_LOST(
            "The host drops {1} packets between network {0} and the outside, because the engine's rule that accepts"
                    + " them is gone: {2}"),
    ENGINE_ISOLATION_LOST("{2} packets of network {0} reach the containers of network {1}, because the engine's rules"
            + " that drop them are gone: {3}"),
    ENGINE_PORTS_UNCLOSED("Other machines reach ports of network {0} that nobody publishes over {1}, which the host"
            + " dropped before: {2}"),
    ENGINE_RULES_GONE(
            "Rules of Docker that were in force before are gone ({0}): `patchbay repair` puts them back word for"
                    + " word"),
    ENGINE_NETNS_OLD("Container {0} still has the network that {1} had before {1} was started again, and reaches"
            + " nobody: {2}"),
    ENGINE_NETNS_OWNER_GONE("Container {0} shares the network of container {1}, which is gone: create {0} again");

    /// With `{0}`, `{1}`, … for its arguments.
    private final String template;

    ProblemKind(String template) {
        this.template = template;
    }

    /// Whether it is about a container engine's own objects, and not about Patchbay's records.
    public boolean isEngineProblem() {
        return switch (this) {
            case ENGINE_BRIDGE_GONE,
                    ENGINE_BRIDGE_DOWN,
                    ENGINE_BRIDGE_ADDRESS_LOST,
                    ENGINE_BRIDGE_READDRESSED,
                    ENGINE_CABLE_GONE,
                    ENGINE_CABLE_UNPLUGGED,
                    ENGINE_CABLE_DOWN,
                    ENGINE_CANNOT_FORWARD,
                    ENGINE_PORT_OPEN,
                    ENGINE_PORT_SHADOWED,
                    ENGINE_PORT_TAKEN,
                    ENGINE_PORT_DIVERTED,
                    ENGINE_PORT_LOST,
                    ENGINE_PORT_BLOCKED,
                    ENGINE_MASQUERADE_LOST,
                    ENGINE_FORWARD_LOST,
                    ENGINE_ISOLATION_LOST,
                    ENGINE_PORTS_UNCLOSED,
                    ENGINE_RULES_GONE,
                    ENGINE_NETNS_OLD,
                    ENGINE_NETNS_OWNER_GONE -> true;
            default -> false;
        };
    }

    /// Whether the kernel differs from what was requested. If not, the sentence gives advice.
    public boolean isKernelProblem() {
        return this != RECORDS_DAMAGED && !isEngineProblem();
    }

    /// In English.
    ///
    /// @param words the arguments of the sentence
    String sentence(List<String> words) {
        StringBuilder sentence = new StringBuilder();
        int from = 0;
        for (int place = template.indexOf('{'); place >= 0; place = template.indexOf('{', from)) {
            sentence.append(template, from, place).append(words.get(template.charAt(place + 1) - '0'));
            from = place + 3;
        }
        return sentence.append(template.substring(from)).toString();
    }
}
