package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.netfilter.Conntrack;
import dev.patchbay.engine.netfilter.UdpMapping;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.Specs;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Deletes the conntrack entries of UDP flows whose port is published differently, or no longer. Open
/// TCP connections stay, as with Docker.
///
/// A deleted flow cannot be restored, so the deletion waits until the change is recorded as done. The
/// step precedes the step that changes the rules: if that one is undone, flows that began in between are
/// deleted after it.
///
/// @param removed UDP mappings that are no longer in force
/// @param added UDP mappings that were not in force before
public record FlushUdpConntrackStep(List<UdpMapping> removed, List<UdpMapping> added) implements Step {
    /// Empty when no UDP port is published differently.
    public static List<Step> between(Specs before, Specs after, Collection<Id> sandboxes) {
        SequencedMap<UdpMapping, List<Cidr>> old = activeMappings(before, sandboxes);
        SequencedMap<UdpMapping, List<Cidr>> now = activeMappings(after, sandboxes);
        List<UdpMapping> gone = difference(old, now);
        List<UdpMapping> come = difference(now, old);
        return gone.isEmpty() && come.isEmpty() ? List.of() : List.of(new FlushUdpConntrackStep(gone, come));
    }

    /// The UDP mappings in force, with their allowed sources.
    static SequencedMap<UdpMapping, List<Cidr>> activeMappings(Specs specs, Collection<Id> sandboxes) {
        SequencedMap<UdpMapping, List<Cidr>> mappings = new LinkedHashMap<>();
        for (Id sandbox : sandboxes) {
            for (PortSpec port : specs.portsOf(sandbox)) {
                if (port.protocol() == Protocol.UDP && port.endpoint() != null && specs.isActive(port)) {
                    EndpointSpec endpoint = specs.endpoint(port.endpoint());
                    endpoint.addresses().stream()
                            .filter(address -> port.mayListenOn(Family.of(address.address())))
                            .forEach(address -> mappings.put(mapping(port, address), port.allowed()));
                }
            }
            for (ExternalPublishSpec forward : specs.externalPublishesOf(sandbox)) {
                PortSpec port = forward.port();
                if (port.protocol() == Protocol.UDP && forward.target() != null) {
                    forward.target().addresses().stream()
                            .filter(address -> port.mayListenOn(Family.of(address.address())))
                            .forEach(address -> mappings.put(mapping(port, address), port.allowed()));
                }
            }
        }
        return mappings;
    }

    private static UdpMapping mapping(PortSpec port, Cidr address) {
        return new UdpMapping(port.hostAddress(), port.hostPorts(), address.address(), port.containerPorts());
    }

    private static List<UdpMapping> difference(Map<UdpMapping, List<Cidr>> these, Map<UdpMapping, List<Cidr>> those) {
        List<UdpMapping> rest = new ArrayList<>();
        these.forEach((mapping, allowed) -> {
            if (!allowed.equals(those.get(mapping))) {
                rest.add(mapping);
            }
        });
        return rest;
    }

    @Override
    public String name() {
        return "end UDP flows";
    }

    @Override
    public List<String> commandLines() {
        return Stream.concat(removed.stream(), added.stream())
                .map(FlushUdpConntrackStep::commandLine)
                .distinct()
                .toList();
    }

    private static String commandLine(UdpMapping mapping) {
        PortRange ports = mapping.hostPorts();
        String end = "conntrack -D -p udp --orig-port-dst ";
        return ports.size() == 1
                ? end + ports
                : "for p in $(seq " + ports.first() + " " + ports.last() + "); do " + end + "$p; done";
    }

    @Override
    public void run(KernelAccess kernel) {}

    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        flush(kernel, added, removed);
    }

    @Override
    public void conclude(KernelAccess kernel) throws EngineException {
        flush(kernel, removed, added);
    }

    @Override
    public boolean needsLateConclude() {
        return true;
    }

    private static void flush(KernelAccess kernel, List<UdpMapping> gone, List<UdpMapping> come)
            throws EngineException {
        try (Conntrack flows = Conntrack.open()) {
            flows.flushMappings(gone, come, hostAddresses(kernel));
        }
    }

    static List<InetAddress> hostAddresses(KernelAccess kernel) throws EngineException {
        return kernel.links().links().stream()
                .map(Link::addresses)
                .flatMap(List::stream)
                .map(Cidr::address)
                .toList();
    }
}
