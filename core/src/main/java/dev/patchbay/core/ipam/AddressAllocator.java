package dev.patchbay.core.ipam;

import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.refusal.AddressRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Assigns addresses to the new endpoints of a network.
///
/// @param network for the sentence
/// @param predefined whether it is the host's default network, where static addresses are refused
/// @param bridgeAddresses addresses that its bridge had before the network
/// @param containers names of the containers on the network, by address
public record AddressAllocator(
        Id network,
        String name,
        boolean predefined,
        List<Pool> pools,
        List<Cidr> bridgeAddresses,
        Map<InetAddress, String> containers) {
    public AddressAllocator {
        pools = List.copyOf(pools);
        bridgeAddresses = List.copyOf(bridgeAddresses);
        containers = Map.copyOf(containers);
    }

    /// The addresses of an endpoint, one of each pool: the typed one if the network allows static
    /// addresses, otherwise the lowest free one.
    ///
    /// Addresses of stopped containers count as used: a container keeps its address until it is removed
    /// or disconnected.
    public List<Cidr> addresses(EndpointRequest asked) throws RefusedException {
        if (asked.address6() != null
                && pools.stream().allMatch(pool -> pool.subnet().isIpv4())) {
            if (Ip.parse(asked.address6()) == null) {
                throw AddressRefusals.badAddress(asked.address6(), false);
            }
            throw predefined ? AddressRefusals.staticOnDefaultBridge() : AddressRefusals.noIpv6(name);
        }
        List<Cidr> addresses = new ArrayList<>();
        for (Pool pool : pools) {
            addresses.add(address(pool, pool.subnet().isIpv4() ? asked.address() : asked.address6()));
        }
        return addresses;
    }

    private Cidr address(Pool pool, @Nullable String typed) throws RefusedException {
        AddressPool addresses = new AddressPool(pool);
        if (typed == null) {
            return addresses
                    .lowestFree(usedAddresses())
                    .map(addresses::withSubnetPrefix)
                    .orElseThrow(() -> AddressRefusals.noFreeAddress(
                            name, network, pool.subnet().isIpv4()));
        }
        return addresses.withSubnetPrefix(requestedAddress(pool, typed));
    }

    /// The addresses of all endpoints on the network, and those that its bridge had before.
    public Set<InetAddress> usedAddresses() {
        return Stream.concat(bridgeAddresses.stream().map(Cidr::address), containers.keySet().stream())
                .collect(Collectors.toSet());
    }

    private InetAddress requestedAddress(Pool pool, String typed) throws RefusedException {
        InetAddress address = Ip.parse(typed);
        if (address == null) {
            throw AddressRefusals.badAddress(typed, pool.subnet().isIpv4());
        }
        if (predefined) {
            throw AddressRefusals.staticOnDefaultBridge();
        }
        if (!pool.subnetGiven()) {
            throw AddressRefusals.staticOnAutomaticSubnet();
        }
        if (!pool.subnet().contains(address)) {
            throw AddressRefusals.addressOutside(typed, pool.subnet().toString());
        }
        Optional<String> owner = owner(pool, address);
        if (owner.isPresent()) {
            throw AddressRefusals.addressTaken(typed, owner.get());
        }
        return address;
    }

    private Optional<String> owner(Pool pool, InetAddress address) {
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
        if (bridgeAddresses.stream().anyMatch(own -> own.address().equals(address))) {
            return Optional.of("the bridge's own");
        }
        return Optional.ofNullable(containers.get(address)).map("the address of container "::concat);
    }
}
