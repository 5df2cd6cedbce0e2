package dev.patchbay.core.ipam;

import dev.patchbay.core.refusal.AddressRefusals;
import dev.patchbay.core.refusal.NetworkRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Creates the [Pool]s of a new network from typed or chosen subnets.
public final class PoolAllocator {
    /// The zero network, loopback, multicast and above; in IPv6 the first /8, link-local and multicast.
    private static final List<Cidr> RESERVED = Stream.of(
                    "0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/3", "::/8", "fe80::/10", "ff00::/8")
            .map(Cidr::of)
            .toList();

    /// @param network name of its network
    public record UsedSubnet(Cidr subnet, String network) {}

    private PoolAllocator() {}

    /// The IPv4 pool and, with `ipv6`, one of that family after it; missing subnets are chosen.
    ///
    /// @param random its first digits are those of the host in the chosen IPv6 subnets
    public static List<Pool> pools(
            Id random, List<PoolRequest> asked, boolean ipv6, List<UsedSubnet> used, KernelState kernel)
            throws RefusedException {
        List<PoolRequest> six = asked.stream().filter(PoolAllocator::isIpv6).toList();
        List<PoolRequest> four =
                asked.stream().filter(request -> !isIpv6(request)).toList();
        if (four.size() > 1 || six.size() > 1) {
            throw NetworkRefusals.severalSubnets();
        }
        if (!ipv6 && !six.isEmpty()) {
            throw AddressRefusals.ipv6NotEnabled(String.valueOf(six.getFirst().subnet()));
        }
        List<Pool> pools = new ArrayList<>();
        pools.add(pool(four.isEmpty() ? PoolRequest.ANY : four.getFirst(), used, kernel));
        if (ipv6) {
            pools.add(
                    six.isEmpty()
                            ? automaticPool(UniqueLocalSubnets.lowestFree(random, subnets(used), kernel))
                            : pool(six.getFirst(), used, kernel));
        }
        return pools;
    }

    private static Stream<Cidr> subnets(List<UsedSubnet> used) {
        return used.stream().map(UsedSubnet::subnet);
    }

    private static boolean isIpv6(PoolRequest request) {
        return request.subnet() != null && Ip.isIpv6(request.subnet());
    }

    /// One pool; IPv4 when no subnet determines the family.
    public static Pool pool(PoolRequest asked, List<UsedSubnet> used, KernelState kernel) throws RefusedException {
        String subnet = asked.subnet();
        String gateway = asked.gateway();
        String range = asked.range();
        if (subnet == null) {
            if (gateway != null || range != null || !asked.auxiliary().isEmpty()) {
                throw AddressRefusals.subnetRequired();
            }
            return automaticPool(DefaultPools.lowestFree(subnets(used), kernel));
        }
        Cidr given = subnet(subnet, used);
        Cidr part = range == null ? null : range(subnet, given, range);
        InetAddress gatewayAddress =
                gateway == null ? lowestGateway(given, part == null ? given : part) : gateway(given, gateway);
        return new Pool(
                given,
                gatewayAddress,
                part,
                AuxiliaryAddresses.read(asked.auxiliary(), given, gatewayAddress),
                true,
                gateway != null);
    }

    private static Pool automaticPool(Cidr subnet) throws RefusedException {
        return new Pool(subnet, lowestGateway(subnet, subnet), null, Map.of(), false, false);
    }

    /// As in Docker, a chosen subnet may shadow a route of the host.
    private static Cidr subnet(String typed, List<UsedSubnet> used) throws RefusedException {
        Cidr subnet = Ip.parsePrefix(typed);
        if (subnet == null) {
            throw AddressRefusals.badSubnet(typed);
        }
        if (RESERVED.stream().anyMatch(subnet::overlaps)) {
            throw AddressRefusals.subnetNotForContainers(
                    typed, "loopback, multicast and reserved addresses cannot be given to containers");
        }
        for (UsedSubnet other : used) {
            if (subnet.overlaps(other.subnet())) {
                throw AddressRefusals.overlap(typed, other.subnet() + " of network " + other.network());
            }
        }
        return subnet;
    }

    private static Cidr range(String subnetTyped, Cidr subnet, String typed) throws RefusedException {
        Cidr range = Ip.parsePrefix(typed);
        if (range == null) {
            throw AddressRefusals.badRange(subnetTyped, typed);
        }
        if (range.prefixLength() < subnet.prefixLength() || !subnet.contains(range.address())) {
            throw AddressRefusals.rangeOutside(typed);
        }
        return range;
    }

    private static InetAddress gateway(Cidr subnet, String typed) throws RefusedException {
        InetAddress gateway = Ip.parse(typed);
        if (gateway == null) {
            throw AddressRefusals.badGateway(typed);
        }
        if (!subnet.contains(gateway)) {
            throw AddressRefusals.gatewayOutside(typed);
        }
        if (isTooSmall(subnet)) {
            throw AddressRefusals.subnetTooSmall(typed);
        }
        if (isReserved(subnet, gateway)) {
            throw AddressRefusals.gatewayReserved(typed);
        }
        return gateway;
    }

    private static InetAddress lowestGateway(Cidr subnet, Cidr range) throws RefusedException {
        if (isTooSmall(subnet)) {
            throw AddressRefusals.subnetTooSmall("");
        }
        return new AddressPool(subnet, range)
                .lowestFree(Set.of())
                .orElseThrow(() -> AddressRefusals.subnetTooSmall(""));
    }

    private static boolean isTooSmall(Cidr subnet) {
        return Ip.hostBits(subnet) < (subnet.isIpv4() ? 2 : 1);
    }

    /// The address of the subnet itself, and in IPv4 its broadcast address.
    static boolean isReserved(Cidr subnet, InetAddress address) {
        return address.equals(Ip.first(subnet)) || (subnet.isIpv4() && address.equals(Ip.last(subnet)));
    }
}
