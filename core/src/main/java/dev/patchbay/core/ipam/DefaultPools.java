package dev.patchbay.core.ipam;

import dev.patchbay.core.refusal.AddressRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The subnets for networks without a chosen one: Docker's 31, in its order, and then smaller ones, so
/// that more than 31 networks are possible.
public final class DefaultPools {
    private static final List<SubnetPool> POOLS = List.of(
            SubnetPool.of("172.17.0.0/16", 16),
            SubnetPool.of("172.18.0.0/15", 16),
            SubnetPool.of("172.20.0.0/14", 16),
            SubnetPool.of("172.24.0.0/14", 16),
            SubnetPool.of("172.28.0.0/14", 16),
            SubnetPool.of("192.168.0.0/16", 20),
            SubnetPool.of("10.192.0.0/10", 24));

    private DefaultPools() {}

    /// The lowest subnet that overlaps no network, address or route of the host.
    ///
    /// @param subnets of all networks
    public static Cidr lowestFree(Stream<Cidr> subnets, KernelState kernel) throws RefusedException {
        List<Cidr> taken = usedSubnets(subnets, kernel);
        return all().filter(subnet -> taken.stream().noneMatch(subnet::overlaps))
                .findFirst()
                .orElseThrow(AddressRefusals::poolsExhausted);
    }

    /// The subnets of networks, addresses and routes of the host, in both families.
    static List<Cidr> usedSubnets(Stream<Cidr> subnets, KernelState kernel) {
        List<Cidr> taken = new ArrayList<>();
        subnets.forEach(taken::add);
        kernel.routes().stream()
                .filter(route -> !route.isDefault())
                .map(KernelState.Route::destination)
                .filter(destination -> !isSplitDefaultRoute(destination))
                .forEach(taken::add);
        kernel.links().stream()
                .map(KernelState.Link::addresses)
                .flatMap(List::stream)
                .forEach(taken::add);
        return taken;
    }

    /// Whether a route is wider than any network. A VPN replaces the default route by 0.0.0.0/1 and
    /// 128.0.0.0/1 (OpenVPN's redirect-gateway def1), or by a few similar routes. The widest assigned
    /// network has a prefix of 8 in IPv4, and of 7 in IPv6.
    static boolean isSplitDefaultRoute(Cidr destination) {
        return destination.prefixLength() < (destination.isIpv4() ? 8 : 7);
    }

    public static List<SubnetPool> pools() {
        return POOLS;
    }

    static Stream<Cidr> all() {
        return POOLS.stream().flatMap(SubnetPool::subnets);
    }
}
