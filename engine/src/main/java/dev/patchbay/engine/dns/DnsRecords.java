package dev.patchbay.engine.dns;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.Specs;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Derives the resolver's records from the specs. Pure functions.
public final class DnsRecords {
    /// The maximum length of a name as text; a longer one cannot be queried.
    static final int MAX_NAME = 253;

    private DnsRecords() {}

    /// Whether members of a network find each other by name: on every network that a person created, as
    /// in Docker.
    public static boolean hasDns(NetworkSpec network) {
        return network.driver() == Driver.BRIDGE
                && !network.predefined()
                && !gateways(network).isEmpty();
    }

    /// The addresses of the network's bridge.
    public static List<InetAddress> gateways(NetworkSpec network) {
        return network.pools().stream()
                .map(Pool::gateway)
                .filter(gateway -> !(network.settings().inhibitIpv4() && gateway instanceof Inet4Address))
                .toList();
    }

    /// All records, by id.
    public static Map<Id, DnsRecord> all(Specs specs) {
        Map<Id, DnsRecord> records = new LinkedHashMap<>();
        for (Spec spec : specs.all()) {
            DnsRecord record = of(specs, spec.id());
            if (record != null) {
                records.put(record.id(), record);
            }
        }
        return records;
    }

    /// The records of networks that containers of engines are attached to, and of these containers, by
    /// id.
    public static Map<Id, DnsRecord> ofAttached(Specs specs) {
        Map<Id, DnsRecord> records = new LinkedHashMap<>();
        for (SandboxSpec sandbox : specs.sandboxes()) {
            if (sandbox.hasExternalNetns()) {
                for (EndpointSpec endpoint : specs.endpointsOf(sandbox.id())) {
                    Stream.of(endpoint.network(), endpoint.id())
                            .flatMap(id -> Stream.ofNullable(of(specs, id)))
                            .forEach(record -> records.put(record.id(), record));
                }
            }
        }
        return records;
    }

    /// The change for the resolver when these networks and sandboxes change, with everything that
    /// belongs to the sandboxes.
    public static DnsChange changeBetween(
            Specs before, Specs after, Collection<Id> networks, Collection<Id> sandboxes) {
        Set<Id> ids = new LinkedHashSet<>(networks);
        for (Id sandbox : sandboxes) {
            before.endpointsOf(sandbox).forEach(endpoint -> ids.add(endpoint.id()));
            after.endpointsOf(sandbox).forEach(endpoint -> ids.add(endpoint.id()));
        }
        List<DnsRecord> put = ids.stream()
                .flatMap(id -> Stream.ofNullable(of(after, id)))
                .filter(record -> !record.equals(of(before, record.id())))
                .toList();
        List<Id> remove = ids.stream()
                .filter(id -> of(after, id) == null && of(before, id) != null)
                .toList();
        return new DnsChange(put, remove);
    }

    /// The running members of a network with names.
    static List<NetworkMember> members(Specs specs, Id network) {
        return specs.endpointsOn(network).stream()
                .flatMap(endpoint -> Stream.ofNullable(of(specs, endpoint.id())))
                .filter(NetworkMember.class::isInstance)
                .map(NetworkMember.class::cast)
                .toList();
    }

    private static @Nullable DnsRecord of(Specs specs, Id id) {
        return switch (specs.find(id)) {
            case NetworkSpec network
            when hasDns(network) -> new ServedNetwork(id, lowerCase(network.name()), gateways(network));
            case EndpointSpec endpoint
            when specs.find(endpoint.sandbox()) instanceof SandboxSpec sandbox
                    && sandbox.running()
                    && specs.find(endpoint.network()) instanceof NetworkSpec network
                    && hasDns(network) -> member(specs, endpoint, sandbox);
            case null, default -> null;
        };
    }

    private static NetworkMember member(Specs specs, EndpointSpec endpoint, SandboxSpec sandbox) {
        return new NetworkMember(
                endpoint.id(),
                endpoint.network(),
                sandbox.id(),
                endpoint.addresses().stream().map(Cidr::address).toList(),
                Stream.of(
                                Stream.of(sandbox.name()),
                                endpoint.aliases().stream(),
                                Stream.of(sandbox.id().shortForm(), sandbox.hostname()))
                        .flatMap(names -> names)
                        .map(DnsRecords::lowerCase)
                        .filter(name -> name.length() <= MAX_NAME)
                        .distinct()
                        .toList(),
                specs.endpointsOf(sandbox.id()).stream()
                        .anyMatch(place -> !specs.network(place.network()).internal()),
                // A loopback address means the container's own, where the resolver cannot ask.
                sandbox.settings().dns().stream()
                        .filter(server -> !server.isLoopbackAddress() && !server.isAnyLocalAddress())
                        .toList(),
                sandbox.settings().dnsOptions().stream().anyMatch(option -> option.startsWith("ndots:")));
    }

    /// Names in DNS are case-insensitive.
    static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
