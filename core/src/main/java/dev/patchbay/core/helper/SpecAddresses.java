package dev.patchbay.core.helper;

import dev.patchbay.core.ipam.AddressAllocator;
import dev.patchbay.core.ipam.PoolAllocator.UsedSubnet;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.spec.AdoptedBridge;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Specs;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The subnets and addresses that specs use.
public final class SpecAddresses {
    private SpecAddresses() {}

    public static List<UsedSubnet> subnets(Specs specs) {
        return specs.networks().stream()
                .flatMap(network -> network.pools().stream().map(pool -> new UsedSubnet(pool.subnet(), network.name())))
                .toList();
    }

    /// The id whose first digits are in the IPv6 subnets of a host: that of its default network.
    public static Id uniqueLocalPrefix(Id network, Specs specs) {
        return specs.networks().stream()
                .filter(other -> other.predefined() && other.driver() == Driver.BRIDGE)
                .map(NetworkSpec::id)
                .findFirst()
                .orElse(network);
    }

    public static AddressAllocator allocator(NetworkSpec network, Specs specs) {
        AdoptedBridge found = network.settings().found();
        Map<InetAddress, String> containers = new HashMap<>();
        for (EndpointSpec endpoint : specs.endpointsOn(network.id())) {
            String name = specs.sandbox(endpoint.sandbox()).name();
            endpoint.addresses().forEach(address -> containers.put(address.address(), name));
        }
        return new AddressAllocator(
                network.id(),
                network.name(),
                network.predefined(),
                network.pools(),
                found == null ? List.of() : found.addresses(),
                containers);
    }
}
