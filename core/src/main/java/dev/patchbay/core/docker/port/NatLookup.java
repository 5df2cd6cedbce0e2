package dev.patchbay.core.docker.port;

import dev.patchbay.core.packet.HookVerdict;
import dev.patchbay.core.packet.MatchContext;
import dev.patchbay.core.packet.NatTarget;
import dev.patchbay.core.packet.NetfilterHook;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.packet.RuleTables;
import dev.patchbay.core.rules.FirewallRule;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.rule.RuleOption;
import dev.patchbay.engine.spec.PortSpec;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds where the rules of a host send the first packet to one of its ports. The order of the jumps in
/// the hook decides whose rules come first: Docker inserts its own at the top, Podman appends them.
final class NatLookup {
    private static final String NAT = "nat";
    private static final String PATCHBAY_PREFIX = "PATCHBAY";
    /// Netavark and the CNI plugins write the container's id into the comment of the jump to its ports.
    private static final Pattern CONTAINER = Pattern.compile("id: \\W*([0-9a-f]{64})");
    /// Addresses of no host (RFC 5737, RFC 3849).
    private static final InetAddress DOCUMENTATION_IPV4 = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress DOCUMENTATION_IPV6 = InetAddress.ofLiteral("2001:db8::1");

    private final RuleTables ipv4;
    private final RuleTables ipv6;
    private final KernelState kernel;
    private final List<InetAddress> local;

    /// The target of translated packets.
    ///
    /// @param container id in the rules; null when they have none
    record NatResult(NatTarget to, @Nullable String container) {}

    NatLookup(HostRules rules, KernelState kernel) {
        this.ipv4 = new RuleTables(rules, Family.IPV4);
        this.ipv6 = new RuleTables(rules, Family.IPV6);
        this.kernel = kernel;
        this.local = kernel.links().stream()
                .flatMap(link -> link.addresses().stream())
                .map(Cidr::address)
                .toList();
    }

    /// Host ports in rules of others.
    List<PortRange> foreignPorts(Family family) {
        return tables(family).rules().stream()
                .filter(rule -> rule.table().equals(NAT) && !rule.chain().startsWith(PATCHBAY_PREFIX))
                .flatMap(rule -> RuleOption.parse(rule.specification()).stream())
                .filter(option -> option.name().equals("--dport") && !option.negated())
                .flatMap(option -> range(option.value()).stream())
                .toList();
    }

    private static Optional<PortRange> range(String text) {
        try {
            return Optional.of(PortRange.of(text.replace(':', '-')));
        } catch (IllegalArgumentException openEnded) {
            return Optional.empty();
        }
    }

    /// One result for each published address: empty when no rule translates it, or the result is
    /// unknown.
    ///
    /// @param port its protocol, host address and allowed sources are used
    List<Optional<NatResult>> lookup(PortSpec port, int hostPort) {
        InetAddress address = port.hostAddress();
        List<InetAddress> asked =
                address.isAnyLocalAddress() ? reachableAddresses(Family.of(address)) : List.of(address);
        return asked.stream().map(to -> lookupAddress(to, port, hostPort)).toList();
    }

    private Optional<NatResult> lookupAddress(InetAddress to, PortSpec port, int hostPort) {
        Family family = Family.of(to);
        boolean own = to.isLoopbackAddress();
        Packet packet = Packet.first(port.protocol(), own ? to : sender(port, family), to, hostPort);
        MatchContext surroundings =
                new MatchContext(Set.copyOf(local), kernel.transport().ephemeralPorts(), null);
        HookVerdict verdict =
                tables(family).translate(own ? NetfilterHook.OUTPUT : NetfilterHook.PREROUTING, packet, surroundings);
        return verdict.kind() == HookVerdict.Kind.DNAT
                ? Optional.ofNullable(NatTarget.of(verdict.natArgument(), hostPort))
                        .map(translation -> new NatResult(translation, container(verdict.matchedRules())))
                : Optional.empty();
    }

    private RuleTables tables(Family family) {
        return family == Family.IPV4 ? ipv4 : ipv6;
    }

    /// The addresses that others can reach.
    private List<InetAddress> reachableAddresses(Family family) {
        return local.stream()
                .filter(address ->
                        family.includes(address) && !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
    }

    private static InetAddress sender(PortSpec port, Family family) {
        return port.allowed().stream()
                .map(Cidr::address)
                .filter(family::includes)
                .findFirst()
                .orElse(family == Family.IPV4 ? DOCUMENTATION_IPV4 : DOCUMENTATION_IPV6);
    }

    private static @Nullable String container(List<FirewallRule> met) {
        return met.stream()
                .map(rule -> CONTAINER.matcher(rule.command()))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse(null);
    }
}
