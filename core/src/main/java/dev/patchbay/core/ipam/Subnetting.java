package dev.patchbay.core.ipam;

import dev.patchbay.core.mistake.AddressMistakes;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.engine.protocol.KernelState;
import dev.patchbay.engine.spec.Cidr;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Pool;
import dev.patchbay.engine.spec.PoolRequest;
import dev.patchbay.engine.spec.Specs;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;

/// Makes a new network's [Pool] out of what a person typed, or out of nothing.
public final class Subnetting {
    private static final Cidr LOOPBACK = Cidr.of("127.0.0.0/8");
    private static final Cidr MULTICAST_AND_ABOVE = Cidr.of("224.0.0.0/3");
    private static final Cidr THIS_NETWORK = Cidr.of("0.0.0.0/8");

    private Subnetting() {}

    public static Pool pool(PoolRequest asked, Specs specs, KernelState kernel) throws Mistake {
        String subnet = asked.subnet();
        String gateway = asked.gateway();
        String range = asked.range();
        if (subnet == null) {
            if (gateway != null || range != null || !asked.auxiliary().isEmpty()) {
                throw AddressMistakes.withoutSubnet();
            }
            Cidr chosen = DefaultPools.lowestFree(specs, kernel);
            return new Pool(chosen, lowestGateway(chosen, chosen), null, Map.of(), false, false);
        }
        Cidr given = subnet(subnet, specs);
        Cidr part = range == null ? null : range(subnet, given, range);
        InetAddress door =
                gateway == null ? lowestGateway(given, part == null ? given : part) : gateway(given, gateway);
        return new Pool(given, door, part, Auxiliary.read(asked.auxiliary(), given, door), true, gateway != null);
    }

    /// Docker lets a chosen subnet shadow a route of the host, so this does.
    private static Cidr subnet(String typed, Specs specs) throws Mistake {
        Cidr subnet = Ipv4.parsePrefix(typed);
        if (subnet == null) {
            throw typed.contains(":")
                    ? AddressMistakes.subnetNotForContainers(typed, "only IPv4 subnets are supported")
                    : AddressMistakes.badSubnet(typed);
        }
        if (LOOPBACK.overlaps(subnet) || MULTICAST_AND_ABOVE.overlaps(subnet) || THIS_NETWORK.overlaps(subnet)) {
            throw AddressMistakes.subnetNotForContainers(
                    typed, "loopback, multicast and reserved addresses cannot be given to containers");
        }
        for (NetworkSpec network : specs.networks()) {
            for (Pool pool : network.pools()) {
                if (DefaultPools.overlap(subnet, pool.subnet())) {
                    throw AddressMistakes.overlap(typed, pool.subnet() + " of network " + network.name());
                }
            }
        }
        return subnet;
    }

    private static Cidr range(String subnetTyped, Cidr subnet, String typed) throws Mistake {
        Cidr range = Ipv4.parsePrefix(typed);
        if (range == null) {
            throw AddressMistakes.badRange(subnetTyped, typed);
        }
        if (range.prefixLength() < subnet.prefixLength() || !subnet.contains(range.address())) {
            throw AddressMistakes.rangeOutside(typed);
        }
        return range;
    }

    private static InetAddress gateway(Cidr subnet, String typed) throws Mistake {
        InetAddress gateway = Ipv4.parse(typed);
        if (gateway == null) {
            throw AddressMistakes.badGateway(typed);
        }
        if (!subnet.contains(gateway)) {
            throw AddressMistakes.gatewayOutside(typed);
        }
        if (subnet.prefixLength() > 30) {
            throw AddressMistakes.noRoomForGateway(typed);
        }
        if (gateway.equals(Ipv4.first(subnet)) || gateway.equals(Ipv4.last(subnet))) {
            throw AddressMistakes.gatewayReserved(typed);
        }
        return gateway;
    }

    private static InetAddress lowestGateway(Cidr subnet, Cidr range) throws Mistake {
        if (subnet.prefixLength() > 30) {
            throw AddressMistakes.noRoomForGateway("");
        }
        return new AddressPool(subnet, range)
                .lowestFree(Set.of())
                .orElseThrow(() -> AddressMistakes.noRoomForGateway(""));
    }
}
