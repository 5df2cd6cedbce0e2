package dev.patchbay.core.ipam;

import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.refusal.AddressRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.spec.AdoptedBridge;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Specs;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Gives a new endpoint its addresses.
public final class AddressAllocator {
    private AddressAllocator() {}

    /// The addresses of an endpoint, one of each pool of the network: as typed if the network lets a person choose,
    /// else the lowest free one.
    ///
    /// Addresses of stopped containers count as used: a container keeps its address until it is removed or
    /// disconnected.
    public static List<Cidr> addresses(NetworkSpec network, EndpointRequest asked, Specs specs)
            throws RefusedException {
        if (asked.address6() != null && !network.hasIpv6()) {
            if (Ip.parse(asked.address6()) == null) {
                throw AddressRefusals.badAddress(asked.address6(), false);
            }
            throw network.predefined()
                    ? AddressRefusals.staticOnDefaultBridge()
                    : AddressRefusals.noIpv6(network.name());
        }
        List<Cidr> addresses = new ArrayList<>();
        for (Pool pool : network.pools()) {
            addresses.add(address(network, pool, pool.subnet().isIpv4() ? asked.address() : asked.address6(), specs));
        }
        return addresses;
    }

    private static Cidr address(NetworkSpec network, Pool pool, @Nullable String typed, Specs specs)
            throws RefusedException {
        AddressPool addresses = new AddressPool(pool);
        if (typed == null) {
            return addresses
                    .lowestFree(usedAddresses(network, specs))
                    .map(addresses::withSubnetPrefix)
                    .orElseThrow(() -> AddressRefusals.noFreeAddress(
                            network.name(), network.id(), pool.subnet().isIpv4()));
        }
        return addresses.withSubnetPrefix(requestedAddress(network, pool, typed, specs));
    }

    /// The addresses of all endpoints on the network, and those that its bridge had before.
    public static Set<InetAddress> usedAddresses(NetworkSpec network, Specs specs) {
        return Stream.concat(
                        bridgeAddresses(network).stream(),
                        specs.endpointsOn(network.id()).stream()
                                .map(EndpointSpec::addresses)
                                .flatMap(Collection::stream))
                .map(Cidr::address)
                .collect(Collectors.toSet());
    }

    private static List<Cidr> bridgeAddresses(NetworkSpec network) {
        AdoptedBridge found = network.settings().found();
        return found == null ? List.of() : found.addresses();
    }

    private static InetAddress requestedAddress(NetworkSpec network, Pool pool, String typed, Specs specs)
            throws RefusedException {
        InetAddress address = Ip.parse(typed);
        if (address == null) {
            throw AddressRefusals.badAddress(typed, pool.subnet().isIpv4());
        }
        if (network.predefined()) {
            throw AddressRefusals.staticOnDefaultBridge();
        }
        if (!pool.subnetGiven()) {
            throw AddressRefusals.staticOnAutomaticSubnet();
        }
        if (!pool.subnet().contains(address)) {
            throw AddressRefusals.addressOutside(typed, pool.subnet().toString());
        }
        Optional<String> owner = owner(network, pool, address, specs);
        if (owner.isPresent()) {
            throw AddressRefusals.addressTaken(typed, owner.get());
        }
        return address;
    }

    private static Optional<String> owner(NetworkSpec network, Pool pool, InetAddress address, Specs specs) {
        if (address.equals(pool.gateway())) {
            return Optional.of("the network's gateway");
        }
        if (address.equals(Ip.first(pool.subnet()))) {
            return Optional.of("the subnet's own name");
        }
        if (pool.subnet().isIpv4() && address.equals(Ip.last(pool.subnet()))) {
            return Optional.of("the subnet's broadcast address");
        }
        if (pool.auxiliary().containsValue(address)) {
            return Optional.of("reserved by the network");
        }
        if (bridgeAddresses(network).stream().anyMatch(own -> own.address().equals(address))) {
            return Optional.of("the bridge's own");
        }
        return specs.endpointsOn(network.id()).stream()
                .filter(endpoint -> endpoint.addresses().stream()
                        .anyMatch(cidr -> cidr.address().equals(address)))
                .map(endpoint -> "the address of container "
                        + specs.sandbox(endpoint.sandbox()).name())
                .findFirst();
    }
}
