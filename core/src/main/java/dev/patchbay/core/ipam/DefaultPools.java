package dev.patchbay.core.ipam;

import dev.patchbay.core.refusal.AddressRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// The subnets for networks without a chosen one: Docker's 31, in its order, and then smaller ones, so
/// that more than 31 networks are possible.
public final class DefaultPools {
    private static final SubnetBlock[] BLOCKS = {
        new SubnetBlock(Cidr.of("172.17.0.0/16"), 15),
        new SubnetBlock(Cidr.of("192.168.0.0/20"), 16),
        new SubnetBlock(Cidr.of("10.192.0.0/24"), 16384)
    };

    /// `count` consecutive subnets of one size.
    private record SubnetBlock(Cidr first, int count) {
        Stream<Cidr> subnets() {
            return LongStream.range(0, count)
                    .mapToObj(i -> new Cidr(Addresses.plus(first.address(), i * Ip.size(first)), first.prefixLength()));
        }
    }

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
    private static boolean isSplitDefaultRoute(Cidr destination) {
        return destination.prefixLength() < (destination.isIpv4() ? 8 : 7);
    }

    static Stream<Cidr> all() {
        return Stream.of(BLOCKS).flatMap(SubnetBlock::subnets);
    }
}
