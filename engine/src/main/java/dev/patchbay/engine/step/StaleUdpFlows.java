package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netfilter.Conntrack;
import dev.patchbay.engine.netfilter.UdpFlow;
import dev.patchbay.engine.netfilter.UdpMapping;
import dev.patchbay.engine.rule.OwnChain;
import dev.patchbay.engine.rule.RuleOption;
import dev.patchbay.engine.rule.Table;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Specs;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds UDP flows that do not go where the published ports say. The kernel checks the rules only for
/// the first packet of a flow, so a client keeps its path while somebody flushes the rules and restores
/// them.
///
/// A flow is stale when its DNAT target is no longer published, or when it reached the host before the
/// rule existed.
public final class StaleUdpFlows {
    private final KernelAccess kernel;
    private final Set<InetAddress> hostAddresses;
    private final List<Cidr> ownSubnets;
    private final Map<UdpMapping, List<Cidr>> activeMappings;

    private StaleUdpFlows(KernelAccess kernel, Specs specs) throws EngineException {
        this.kernel = kernel;
        this.hostAddresses = new HashSet<>(FlushUdpConntrackStep.hostAddresses(kernel));
        this.ownSubnets = specs.networks().stream()
                .filter(network ->
                        network.driver() == Driver.BRIDGE && network.settings().found() == null)
                .map(NetworkSpec::pools)
                .flatMap(List::stream)
                .map(pool -> pool.subnet())
                .toList();
        this.activeMappings = FlushUdpConntrackStep.activeMappings(
                specs,
                Stream.concat(
                                specs.sandboxes().stream().map(sandbox -> sandbox.id()),
                                specs.externalPublishes().stream().map(forward -> forward.containerId()))
                        .distinct()
                        .toList());
    }

    public static List<UdpFlow> find(KernelAccess kernel, Specs specs, Consumer<Unreadable> unreadable)
            throws EngineException {
        StaleUdpFlows stale = new StaleUdpFlows(kernel, specs);
        List<UdpFlow> found = new ArrayList<>();
        try (Conntrack flows = Conntrack.open()) {
            for (Family family : kernel.firewalls().keySet()) {
                List<UdpFlow> suspects = flows.flows(family, unreadable).stream()
                        .filter(stale::maybeStale)
                        .toList();
                if (!suspects.isEmpty()) {
                    found.addAll(stale.notTranslatedByOthers(family, suspects));
                }
            }
        }
        return found;
    }

    /// Deletes the flows that are stale now, which may differ from those found before.
    static void deleteAll(KernelAccess kernel, Specs specs) throws EngineException {
        StaleUdpFlows stale = new StaleUdpFlows(kernel, specs);
        try (Conntrack flows = Conntrack.open()) {
            for (UdpFlow flow : find(kernel, specs, Unreadable.IGNORE)) {
                flows.delete(flow);
                if (flow.isDnat() && !stale.isPublished(flow)) {
                    flows.createUntranslated(flow.original());
                }
            }
        }
    }

    private boolean maybeStale(UdpFlow flow) {
        return flow.isDnat() ? isTranslatedWithoutMapping(flow) : flow.isToHost(hostAddresses) && isPublished(flow);
    }

    private boolean isTranslatedWithoutMapping(UdpFlow flow) {
        InetAddress container = flow.reply().source();
        return hostAddresses.contains(flow.original().destination())
                && ownSubnets.stream().anyMatch(subnet -> subnet.contains(container))
                && !hostAddresses.contains(container)
                && activeMappings.entrySet().stream()
                        .noneMatch(port -> port.getKey().translates(flow) && isAllowed(port.getValue(), flow));
    }

    private boolean isPublished(UdpFlow flow) {
        Family family = Family.of(flow.original().destination());
        // Packets from the host to ::1 are never translated.
        return !(family == Family.IPV6 && flow.original().destination().isLoopbackAddress())
                && activeMappings.entrySet().stream()
                        .anyMatch(port -> family.includes(port.getKey().container())
                                && port.getKey().matchesDestination(flow.original())
                                && isAllowed(port.getValue(), flow));
    }

    private boolean isAllowed(List<Cidr> allowed, UdpFlow flow) {
        InetAddress source = flow.original().source();
        return allowed.isEmpty()
                || source.isLoopbackAddress()
                || hostAddresses.contains(source)
                || allowed.stream().anyMatch(those -> those.contains(source));
    }

    /// Another program may have DNAT rules to our containers.
    private List<UdpFlow> notTranslatedByOthers(Family family, List<UdpFlow> suspects) throws EngineException {
        List<String> targets = kernel.firewall(family).read().rules().stream()
                .filter(rule -> rule.table().equals(Table.NAT.toString())
                        && !rule.chain().startsWith(OwnChain.PREFIX))
                .flatMap(rule -> RuleOption.parse(rule.specification()).stream())
                .filter(option -> option.name().equals("--to-destination"))
                .map(option -> option.value().replaceFirst("^\\[", ""))
                .toList();
        return suspects.stream()
                .filter(flow -> {
                    Pattern container = Pattern.compile(
                            Pattern.quote(Addresses.format(flow.reply().source())) + "(?![0-9a-f.])");
                    return targets.stream()
                            .noneMatch(target -> container.matcher(target).lookingAt());
                })
                .toList();
    }
}
