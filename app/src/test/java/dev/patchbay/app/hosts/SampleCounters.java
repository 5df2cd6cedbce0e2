package dev.patchbay.app.hosts;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.kernel.LinkCounters;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// The rules that a topology has in the kernel, and traffic that comes and goes: a sample each second, the same in
/// every run.
public final class SampleCounters implements Supplier<HostRules> {
    private static final List<KernelChain> CHAINS = List.of(
            chain("nat", "PREROUTING"),
            chain("nat", "POSTROUTING"),
            chain("nat", "PATCHBAY"),
            chain("nat", "PATCHBAY-POSTROUTING"),
            chain("filter", "FORWARD"),
            chain("filter", "PATCHBAY-FORWARD"),
            chain("filter", "PATCHBAY"));

    private final Supplier<Topology> topology;
    private final AtomicInteger seconds = new AtomicInteger();
    private final Map<String, long[]> bytes = new HashMap<>();

    public SampleCounters(Supplier<Topology> topology) {
        this.topology = topology;
    }

    @Override
    public synchronized HostRules get() {
        int now = seconds.incrementAndGet();
        return new HostRules(
                now * 1_000_000_000L, "iptables v1.8.9 (nf_tables)", CHAINS, rules(now), List.of(), links(now));
    }

    private List<LinkCounters> links(int now) {
        List<LinkCounters> links = new ArrayList<>();
        topology.get().containers().stream()
                .filter(Container::running)
                .flatMap(container -> container.endpoints().stream())
                .map(Endpoint::hostInterface)
                .forEach(link -> links.add(counters(link, links.size(), now)));
        topology.get().host().interfaces().forEach(nic -> links.add(counters(nic.name(), 0, now)));
        return links;
    }

    /// The further down the link, the less goes through it.
    private LinkCounters counters(String link, int place, int now) {
        double wave = Math.sin(now / 5.0 + place) + 0.4 * Math.sin(now / 2.3 + place) + 1.45;
        long[] both = bytes.computeIfAbsent(link, _ -> new long[2]);
        both[0] += (long) (3.1e6 / (1 + place) * (1.2 + Math.cos(now / 7.0) / 2));
        both[1] += (long) (18e6 / (1 + place) * wave);
        return new LinkCounters(link, both[0], both[1], now, now);
    }

    private List<KernelRule> rules(int now) {
        List<KernelRule> rules = new ArrayList<>();
        add(rules, "nat", "PREROUTING", 131 + now, "-m addrtype --dst-type LOCAL -j PATCHBAY");
        add(rules, "nat", "POSTROUTING", 311 + 2L * now, "-j PATCHBAY-POSTROUTING");
        add(rules, "filter", "FORWARD", 4096 + 12L * now, "-j PATCHBAY-FORWARD");
        for (Network network : topology.get().networks()) {
            if (network.subnet() != null && !network.internal()) {
                String bridge = network.bridge();
                add(
                        rules,
                        "nat",
                        "PATCHBAY-POSTROUTING",
                        42,
                        "-s " + network.subnet() + " ! -o " + bridge + " -j MASQUERADE");
                add(rules, "filter", "PATCHBAY-FORWARD", 64 + now, "-i " + bridge + " ! -o " + bridge + " -j ACCEPT");
                add(rules, "filter", "PATCHBAY-FORWARD", 900 + 3L * now, "-o " + bridge + " -j PATCHBAY");
            }
        }
        for (Container container : topology.get().containers()) {
            container.ports().stream().filter(PortBinding::inForce).forEach(port -> add(rules, container, port, now));
        }
        return rules;
    }

    private void add(List<KernelRule> rules, Container container, PortBinding port, int now) {
        Endpoint endpoint = container.endpoints().stream()
                .filter(each -> each.id().equals(port.endpoint()))
                .findFirst()
                .orElseThrow();
        String bridge = Objects.requireNonNull(topology.get().network(endpoint.network()))
                .bridge();
        InetAddress address = Objects.requireNonNull(endpoint.address()).address();
        String inside = Addresses.format(address);
        String protocol = " -p " + port.protocol() + " -m " + port.protocol() + " --dport ";
        String at = port.hostAddress().isAnyLocalAddress() ? "" : "-d " + Addresses.format(port.hostAddress()) + "/32 ";
        long packets = rules.size() * 7L + now * 3L / rules.size();
        add(
                rules,
                "nat",
                "PATCHBAY",
                packets,
                at + "! -i " + bridge + protocol + port.hostPorts() + " -j DNAT --to-destination " + inside + ":"
                        + port.containerPorts());
        add(
                rules,
                "filter",
                "PATCHBAY",
                packets,
                "-d " + inside + "/32 ! -i " + bridge + " -o " + bridge + protocol + port.containerPorts()
                        + " -j ACCEPT");
    }

    private static void add(List<KernelRule> rules, String table, String chain, long packets, String specification) {
        int number = 1
                + (int) rules.stream()
                        .filter(rule ->
                                rule.table().equals(table) && rule.chain().equals(chain))
                        .count();
        rules.add(new KernelRule(Family.IPV4, table, chain, number, packets, packets * 60, specification));
    }

    private static KernelChain chain(String table, String name) {
        return new KernelChain(Family.IPV4, table, name, name.startsWith("PATCHBAY") ? "-" : "ACCEPT", 0, 0);
    }
}
