package dev.patchbay.core.ipam;

import dev.patchbay.core.refusal.AddressMistakes;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.core.refusal.NetworkMistakes;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Pool;
import dev.patchbay.engine.spec.PoolRequest;
import dev.patchbay.engine.spec.Specs;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Makes the [Pool]s of a new network out of what a person typed, or out of nothing.
public final class Subnetting {
    /// This network, loopback, multicast and above; in IPv6 all that is no unicast address, and those of one link.
    private static final List<Cidr> NOT_FOR_CONTAINERS = Stream.of(
                    "0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/3", "::/8", "fe80::/10", "ff00::/8")
            .map(Cidr::of)
            .toList();

    private Subnetting() {}

    /// The IPv4 pool and, with `ipv6`, one of that family after it; what nobody asked for is chosen.
    ///
    /// @param network id of the one that they are for
    public static List<Pool> pools(Id network, List<PoolRequest> asked, boolean ipv6, Specs specs, KernelState kernel)
            throws Mistake {
        List<PoolRequest> six = asked.stream().filter(Subnetting::isIpv6).toList();
        List<PoolRequest> four =
                asked.stream().filter(request -> !isIpv6(request)).toList();
        if (four.size() > 1 || six.size() > 1) {
            throw NetworkMistakes.severalSubnets();
        }
        if (!ipv6 && !six.isEmpty()) {
            throw AddressMistakes.ipv6NotAskedFor(String.valueOf(six.getFirst().subnet()));
        }
        List<Pool> pools = new ArrayList<>();
        pools.add(pool(four.isEmpty() ? PoolRequest.ANY : four.getFirst(), specs, kernel));
        if (ipv6) {
            pools.add(
                    six.isEmpty()
                            ? chosen(UniqueLocal.lowestFree(network, specs, kernel))
                            : pool(six.getFirst(), specs, kernel));
        }
        return pools;
    }

    private static boolean isIpv6(PoolRequest request) {
        return request.subnet() != null && Ip.isIpv6(request.subnet());
    }

    /// One pool; an IPv4 one where no subnet says which family.
    public static Pool pool(PoolRequest asked, Specs specs, KernelState kernel) throws Mistake {
        String subnet = asked.subnet();
        String gateway = asked.gateway();
        String range = asked.range();
        if (subnet == null) {
            if (gateway != null || range != null || !asked.auxiliary().isEmpty()) {
                throw AddressMistakes.withoutSubnet();
            }
            return chosen(DefaultPools.lowestFree(specs, kernel));
        }
        Cidr given = subnet(subnet, specs);
        Cidr part = range == null ? null : range(subnet, given, range);
        InetAddress door =
                gateway == null ? lowestGateway(given, part == null ? given : part) : gateway(given, gateway);
        return new Pool(given, door, part, Auxiliary.read(asked.auxiliary(), given, door), true, gateway != null);
    }

    private static Pool chosen(Cidr subnet) throws Mistake {
        return new Pool(subnet, lowestGateway(subnet, subnet), null, Map.of(), false, false);
    }

    /// Docker lets a chosen subnet shadow a route of the host, so this does.
    private static Cidr subnet(String typed, Specs specs) throws Mistake {
        Cidr subnet = Ip.parsePrefix(typed);
        if (subnet == null) {
            throw AddressMistakes.badSubnet(typed);
        }
        if (NOT_FOR_CONTAINERS.stream().anyMatch(subnet::overlaps)) {
            throw AddressMistakes.subnetNotForContainers(
                    typed, "loopback, multicast and reserved addresses cannot be given to containers");
        }
        for (NetworkSpec network : specs.networks()) {
            for (Pool pool : network.pools()) {
                if (subnet.overlaps(pool.subnet())) {
                    throw AddressMistakes.overlap(typed, pool.subnet() + " of network " + network.name());
                }
            }
        }
        return subnet;
    }

    private static Cidr range(String subnetTyped, Cidr subnet, String typed) throws Mistake {
        Cidr range = Ip.parsePrefix(typed);
        if (range == null) {
            throw AddressMistakes.badRange(subnetTyped, typed);
        }
        if (range.prefixLength() < subnet.prefixLength() || !subnet.contains(range.address())) {
            throw AddressMistakes.rangeOutside(typed);
        }
        return range;
    }

    private static InetAddress gateway(Cidr subnet, String typed) throws Mistake {
        InetAddress gateway = Ip.parse(typed);
        if (gateway == null) {
            throw AddressMistakes.badGateway(typed);
        }
        if (!subnet.contains(gateway)) {
            throw AddressMistakes.gatewayOutside(typed);
        }
        if (isTooSmall(subnet)) {
            throw AddressMistakes.noRoomForGateway(typed);
        }
        if (isReserved(subnet, gateway)) {
            throw AddressMistakes.gatewayReserved(typed);
        }
        return gateway;
    }

    private static InetAddress lowestGateway(Cidr subnet, Cidr range) throws Mistake {
        if (isTooSmall(subnet)) {
            throw AddressMistakes.noRoomForGateway("");
        }
        return new AddressPool(subnet, range)
                .lowestFree(Set.of())
                .orElseThrow(() -> AddressMistakes.noRoomForGateway(""));
    }

    private static boolean isTooSmall(Cidr subnet) {
        return Ip.hostBits(subnet) < (subnet.isIpv4() ? 2 : 1);
    }

    /// The subnet's own name, and in IPv4 its broadcast address.
    static boolean isReserved(Cidr subnet, InetAddress address) {
        return address.equals(Ip.first(subnet)) || (subnet.isIpv4() && address.equals(Ip.last(subnet)));
    }
}
