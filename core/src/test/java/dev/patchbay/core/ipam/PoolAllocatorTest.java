package dev.patchbay.core.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolAllocatorTest {
    private static final KernelState NO_ROUTES =
            new KernelState("lab", true, List.of(), List.of(), KernelState.Transport.DEFAULT);

    @Test
    void theDefaultPoolsAreDockersInDockersOrder() {
        List<String> expected = new ArrayList<>();
        for (int second = 17; second <= 31; second++) {
            expected.add("172." + second + ".0.0/16");
        }
        for (int third = 0; third <= 240; third += 16) {
            expected.add("192.168." + third + ".0/20");
        }
        assertThat(DefaultPools.all().limit(31).map(Cidr::toString)).isEqualTo(expected);
        assertThat(DefaultPools.all().skip(31).limit(2).map(Cidr::toString))
                .containsExactly("10.192.0.0/24", "10.192.1.0/24");
        assertThat(DefaultPools.all().skip(31)).allMatch(Cidr.of("10.192.0.0/10")::overlaps);
        assertThat(DefaultPools.all().reduce((_, last) -> last)).hasValue(Cidr.of("10.255.255.0/24"));
    }

    @Test
    void aPoolThatARouteOrAnAddressOfTheHostUsesIsLeftOut() throws RefusedException {
        KernelState busy = new KernelState(
                "lab",
                true,
                List.of(new KernelState.Link(
                        2, "eth1", "", 0, true, 1500, null, "", 0, List.of(Cidr.of("172.18.9.4/24")))),
                List.of(
                        new KernelState.Route(Cidr.of("0.0.0.0/0"), null, "eth0"),
                        new KernelState.Route(Cidr.of("172.17.42.0/24"), null, "tun0"),
                        new KernelState.Route(Cidr.of("2001:db8::/32"), null, "eth0")),
                KernelState.Transport.DEFAULT);
        assertThat(DefaultPools.lowestFree(Stream.empty(), busy)).hasToString("172.19.0.0/16");
    }

    /// OpenVPN's `redirect-gateway def1`, WireGuard's all but private addresses, and IPv6 in two halves.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/1 128.0.0.0/1",
                "0.0.0.0/5 8.0.0.0/7 128.0.0.0/3 160.0.0.0/5 168.0.0.0/6",
                "::/1 8000::/1"
            })
    void aDefaultRouteInPartsTakesNoPool(String routes) throws RefusedException {
        KernelState vpn = new KernelState(
                "lab",
                true,
                List.of(),
                Stream.of(routes.split(" "))
                        .map(route -> new KernelState.Route(Cidr.of(route), null, "tun0"))
                        .toList(),
                KernelState.Transport.DEFAULT);
        assertThat(DefaultPools.usedSubnets(Stream.empty(), vpn)).isEmpty();
        assertThat(DefaultPools.lowestFree(Stream.empty(), vpn)).hasToString("172.17.0.0/16");
    }

    @Test
    void aRouteToAllPrivateAddressesOfAClassTakesItsPools() throws RefusedException {
        KernelState company = new KernelState(
                "lab",
                true,
                List.of(),
                List.of(new KernelState.Route(Cidr.of("172.16.0.0/12"), null, "tun0")),
                KernelState.Transport.DEFAULT);
        assertThat(DefaultPools.lowestFree(Stream.empty(), company)).hasToString("192.168.0.0/20");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            10.1.2.0/24,  -,            -,             10.1.2.1
            10.1.2.3/24,  -,            -,             10.1.2.1
            10.2.0.0/30,  -,            -,             10.2.0.1
            10.81.0.0/16, 10.81.5.254,  10.81.5.0/24,  10.81.5.254
            10.81.0.0/16, -,            10.81.5.0/24,  10.81.5.1
            10.81.0.0/16, -,            10.81.0.0/24,  10.81.0.1
            10.81.0.0/16, -,            10.81.7.9/32,  10.81.7.9
            2001:db8:1::/64, -,         -,             2001:db8:1::1
            2001:db8:b::/48, -,         -,             2001:db8:b::1
            2001:db8:9::/126, -,        -,             2001:db8:9::1
            2001:db8:9::10/127, -,      -,             2001:db8:9::11
            2001:db8:3::/64, 2001:db8:3::99, 2001:db8:3::100/120, 2001:db8:3::99
            2001:db8:3::/64, -,         2001:db8:3::100/120, 2001:db8:3::100
            """)
    void theGatewayIsTheFirstUsableAddress(String subnet, String gateway, String range, String expected)
            throws RefusedException {
        Pool pool = PoolAllocator.pool(new PoolRequest(subnet, range, gateway, Map.of()), List.of(), NO_ROUTES);
        assertThat(Addresses.format(pool.gateway())).isEqualTo(expected);
        assertThat(pool.subnet()).as("host bits are kept").hasToString(subnet);
        assertThat(pool.subnetGiven()).isTrue();
        assertThat(pool.gatewayGiven()).isEqualTo(gateway != null);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            nope          | -          | -            | Invalid subnet nope : invalid CIDR address: nope
            10.1.2.3      | -          | -            | Invalid subnet 10.1.2.3 : invalid CIDR address: 10.1.2.3
            10.1.2.0/33   | -          | -            | Invalid subnet 10.1.2.0/33 : invalid CIDR address: 10.1.2.0/33
            10.1.2.0/+24  | -          | -            | Invalid subnet 10.1.2.0/+24 : invalid CIDR address: 10.1.2.0/+24
            10.1/16       | -          | -            | Invalid subnet 10.1/16 : invalid CIDR address: 10.1/16
            10.1.2.256/24 | -          | -            | Invalid subnet 10.1.2.256/24 : invalid CIDR address: 10.1.2.256/24
            2001:db8:zz::/64 | -       | -            | Invalid subnet 2001:db8:zz::/64 : invalid CIDR address: 2001:db8:zz::/64
            2001:db8::/129 | -         | -            | Invalid subnet 2001:db8::/129 : invalid CIDR address: 2001:db8::/129
            ::ffff:10.0.0.0/120 | -    | -            | Invalid subnet ::ffff:10.0.0.0/120 : invalid CIDR address: ::ffff:10.0.0.0/120
            fe80::/64     | -          | -            | Invalid subnet fe80::/64 : loopback, multicast and reserved addresses cannot be given to containers
            ff02::/64     | -          | -            | Invalid subnet ff02::/64 : loopback, multicast and reserved addresses cannot be given to containers
            ::1/128       | -          | -            | Invalid subnet ::1/128 : loopback, multicast and reserved addresses cannot be given to containers
            2001:db8:9::20/128 | -     | -            | failed to allocate gateway (): No available addresses on this pool
            2001:db8:c::/64 | 2001:db8:d::1 | -       | failed to allocate gateway (2001:db8:d::1): Requested address is out of range
            2001:db8:c::/64 | 2001:db8:c::zz | -      | invalid gateway address 2001:db8:c::zz in Ipam configuration
            2001:db8:c::/64 | 2001:db8:c:: | -        | failed to allocate gateway (2001:db8:c::): Address already in use
            2001:db8:c::/64 | -        | 2001:db8:d::/80 | no matching subnet for range 2001:db8:d::/80
            127.1.0.0/16  | -          | -            | Invalid subnet 127.1.0.0/16 : loopback, multicast and reserved addresses cannot be given to containers
            10.2.1.0/31   | -          | -            | failed to allocate gateway (): No available addresses on this pool
            10.2.2.0/32   | -          | -            | failed to allocate gateway (): No available addresses on this pool
            10.1.2.0/24   | 10.1.3.1   | -            | failed to allocate gateway (10.1.3.1): Requested address is out of range
            10.1.2.0/24   | zzz        | -            | invalid gateway address zzz in Ipam configuration
            10.1.2.0/24   | 10.1.2.255 | -            | failed to allocate gateway (10.1.2.255): Address already in use
            10.1.2.0/24   | -          | 10.9.9.0/28  | no matching subnet for range 10.9.9.0/28
            10.1.2.0/24   | -          | 10.1.0.0/16  | no matching subnet for range 10.1.0.0/16
            10.1.2.0/24   | -          | q            | failed to parse pool request for address space "LocalDefault" pool "10.1.2.0/24" subpool "q": Invalid Address SubPool
            -             | 10.1.2.1   | -            | every ip-range or gateway must have a corresponding subnet
            -             | -          | 10.1.2.0/28  | every ip-range or gateway must have a corresponding subnet
            """)
    void anImpossibleRequestIsRefusedInDockersWords(String subnet, String gateway, String range, String sentence) {
        assertThatThrownBy(() ->
                        PoolAllocator.pool(new PoolRequest(subnet, range, gateway, Map.of()), List.of(), NO_ROUTES))
                .isInstanceOf(RefusedException.class)
                .hasMessage(sentence);
    }

    @Test
    void neitherNetworkNorBroadcastNorGatewayNorReservedAddressesAreHandedOut() {
        Pool pool = pool("10.5.0.0/29", "10.5.0.1", null, Map.of("a", ip("10.5.0.3")));
        AddressPool addresses = new AddressPool(pool);
        assertThat(addresses.usableCount()).isEqualTo(4);
        assertThat(addresses.lowestFree(Set.of())).contains(ip("10.5.0.2"));
        assertThat(addresses.lowestFree(Set.of(ip("10.5.0.2")))).contains(ip("10.5.0.4"));
        Set<InetAddress> all = Set.of(ip("10.5.0.2"), ip("10.5.0.4"), ip("10.5.0.5"), ip("10.5.0.6"));
        assertThat(addresses.lowestFree(all)).isEmpty();
        assertThat(addresses.freeCount(all)).isZero();
    }

    /// Docker hands out 10.81.5.0 here.
    @Test
    void theBaseOfARangeIsNotHandedOut() {
        Pool pool = pool("10.81.0.0/16", "10.81.5.254", "10.81.5.0/24", Map.of());
        assertThat(new AddressPool(pool).lowestFree(Set.of())).contains(ip("10.81.5.1"));
        assertThat(new AddressPool(pool).usableCount()).isEqualTo(254);
    }

    @Test
    void aLargeSubnetIsCountedRight() {
        assertThat(new AddressPool(pool("172.17.0.0/16", "172.17.0.1", null, Map.of())).usableCount())
                .isEqualTo(65533);
        assertThat(new AddressPool(pool("10.0.0.0/8", "10.0.0.1", null, Map.of())).usableCount())
                .isEqualTo((1L << 24) - 3);
    }

    private static Pool pool(
            String subnet, String gateway, @Nullable String range, Map<String, InetAddress> auxiliary) {
        return new Pool(Cidr.of(subnet), ip(gateway), range == null ? null : Cidr.of(range), auxiliary, true, true);
    }

    private static InetAddress ip(String text) {
        return InetAddress.ofLiteral(text);
    }
}
