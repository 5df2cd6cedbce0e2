package dev.patchbay.core.ipam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Message;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkConfig;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.RoutingTables;
import dev.patchbay.engine.kernel.RoutingTables.Route;
import dev.patchbay.engine.kernel.RoutingTables.Rule;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressMapTest {
    private static final int VPN_TABLE = 52;

    private final List<Network> networks = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>(List.of(
            lookup(Family.IPV4, 0, RoutingTables.LOCAL, -1),
            lookup(Family.IPV4, 32766, RoutingTables.MAIN, -1),
            lookup(Family.IPV6, 0, RoutingTables.LOCAL, -1),
            lookup(Family.IPV6, 32766, RoutingTables.MAIN, -1)));

    @Test
    void rangesWithoutOverlapSayWhatIsFree() {
        network("shop", "172.18.0.0/16");
        network("small", "10.9.0.0/29");
        route("192.0.2.0/24", "eth0", RoutingTables.MAIN);
        route("0.0.0.0/0", "eth0", RoutingTables.MAIN);

        AddressMap map = map(SubnetPool.of("172.16.0.0/14", 16));

        assertThat(map.rows().stream().map(AddressMapTest::line))
                .containsExactly(
                        "172.16.0.0/14 | default pool of /16 subnets | 1 | 3 | lowest free: 172.16.0.0/16",
                        "172.18.0.0/16 | network shop | 0 | 65533 | lowest free: 172.18.0.2",
                        "10.9.0.0/29 | network small | 0 | 5 | lowest free: 10.9.0.2",
                        "192.0.2.0/24 | route dev eth0 | - | - | ");
        assertThat(map.problems()).isEmpty();
    }

    @Test
    void aPoolCountsEverySubnetOnceAndEndsExhausted() {
        network("one", "10.0.0.0/24");
        network("two", "10.0.3.0/25");
        network("three", "10.0.3.128/25");
        route("10.0.3.64/26", "tun0", RoutingTables.MAIN);
        SubnetPool pool = SubnetPool.of("10.0.0.0/22", 24);
        assertThat(line(map(pool).rows().getFirst()))
                .isEqualTo("10.0.0.0/22 | default pool of /24 subnets | 2 | 2 | lowest free: 10.0.1.0/24");

        network("rest", "10.0.0.0/9");

        AddressMap map = map(pool);
        assertThat(line(map.rows().getFirst()))
                .isEqualTo("10.0.0.0/22 | default pool of /24 subnets | 4 | 0 | no subnet is free");
        assertThat(sentences(map))
                .contains("No subnet is free in any pool: a new network needs a subnet of its own (--subnet).");
    }

    @Test
    void aNetworkWithoutAFreeAddressIsAProblem() {
        network("tiny", "10.9.0.0/31");

        AddressMap map = map();

        assertThat(line(map.rows().getFirst())).endsWith("| 0 | 0 | no address is free");
        assertThat(sentences(map))
                .containsExactly(
                        "Network tiny (10.9.0.0/31) has no free address: no further container can be connected.");
    }

    @Test
    void countsOfIpv6AreExactOrPowersOfTwo() {
        network("six", "fd00:0:0:7::/64");
        network("few", "fd00:0:0:9::/124");

        AddressMap map = map(SubnetPool.of("fd00::/56", 64), SubnetPool.of("fd00::/8", 64));

        assertThat(map.rows().stream().map(AddressMapTest::line))
                .containsExactly(
                        "fd00::/56 | default pool of /64 subnets | 2 | 254 | lowest free: fd00::/64",
                        "fd00::/8 | default pool of /64 subnets | 2 | 2^56 | lowest free: fd00::/64",
                        "fd00:0:0:7::/64 | network six | 0 | 2^64 | lowest free: fd00:0:0:7::2",
                        "fd00:0:0:9::/124 | network few | 0 | 14 | lowest free: fd00:0:0:9::2");
    }

    @Test
    void networksThatOverlapNameEachOther() {
        network("wide", "10.1.0.0/16");
        network("nested", "10.1.2.0/24");
        network("apart", "10.2.0.0/24");

        AddressMap map = map();

        assertThat(sentences(map))
                .containsExactly(
                        "Networks wide (10.1.0.0/16) and nested (10.1.2.0/24) overlap: of each address that both"
                                + " have, this host reaches only one.");
        assertThat(map.rows().getFirst().note()).hasToString("overlaps 10.1.2.0/24; lowest free: 10.1.0.2");
        assertThat(map.rows().get(1).problems()).isEqualTo(map.problems());
        assertThat(map.rows().getLast().problems()).isEmpty();
    }

    @Test
    void aRouteOfAVpnTakesHidesOrEqualsASubnet() {
        network("shop", "10.8.0.0/16");
        link("tun0", "tun");
        route("10.8.3.0/24", "tun0", RoutingTables.MAIN);
        route("10.8.0.0/16", "tun0", RoutingTables.MAIN);
        route("10.0.0.0/8", "tun0", RoutingTables.MAIN);
        // Replaces the default route, and is no route to a network.
        route("0.0.0.0/1", "tun0", RoutingTables.MAIN);

        AddressMap map = map();

        assertThat(sentences(map))
                .containsExactly(
                        "10.8.3.0/24 (route dev tun0 (tun)) takes addresses of network shop (10.8.0.0/16): packets of"
                                + " this host for them take that route, not the network's.",
                        "10.8.0.0/16 (route dev tun0 (tun)) has the addresses of network shop (10.8.0.0/16): the kernel"
                                + " uses only one of the two routes, that with the lower metric.",
                        "Network shop (10.8.0.0/16) hides a part of 10.0.0.0/8 (route dev tun0 (tun)): what is there"
                                + " behind that route is not reached from this host and its containers.");
        assertThat(map.rows().stream().map(row -> row.range().toString()))
                .containsExactly("10.8.0.0/16", "10.8.3.0/24", "10.8.0.0/16", "10.0.0.0/8");
        assertThat(map.rows().getFirst().note())
                .hasToString("overlaps 10.8.3.0/24, 10.8.0.0/16, 10.0.0.0/8; lowest free: 10.8.0.2");
    }

    @Test
    void aTableThatIsLookedUpBeforeTheMainOneShadowsASubnet() {
        network("shop", "10.8.0.0/16");
        route("0.0.0.0/0", "wg0", VPN_TABLE);
        link("wg0", "wireguard");
        assertThat(map().problems()).as("no rule leads to the table").isEmpty();

        rules.add(lookup(Family.IPV4, 40000, VPN_TABLE, -1));
        assertThat(map().problems()).as("it is looked up after the main one").isEmpty();

        rules.add(1, lookup(Family.IPV4, 5270, VPN_TABLE, -1));
        assertThat(sentences(map()))
                .containsExactly(
                        "0.0.0.0/0 (route dev wg0 (wireguard) table 52) comes before network shop (10.8.0.0/16) by"
                                + " rule 5270: packets of this host for the network take that route.");
        assertThat(map().rows().getLast().range()).hasToString("0.0.0.0/0");

        rules.set(1, marked(5270));
        assertThat(sentences(map()))
                .singleElement()
                .asString()
                .contains("packets for the network that the rule selects");

        // wg-quick looks up the main table first, without its default route.
        rules.add(1, lookup(Family.IPV4, 5000, RoutingTables.MAIN, 0));
        assertThat(map().problems()).isEmpty();
        rules.remove(1);

        // Tailscale leaves out what the main table has to decide.
        routes.add(new Route(VPN_TABLE, Route.THROW, Cidr.of("10.8.0.0/16"), null, "", null, 0, false));
        assertThat(map().problems()).isEmpty();
    }

    @Test
    void routesOfTheNetworksAndOfTheHostItselfAreNoRows() {
        network("shop", "10.8.0.0/16");
        route("10.8.0.0/16", bridge("shop"), RoutingTables.MAIN);
        route("10.8.0.1/32", bridge("shop"), RoutingTables.LOCAL);
        route("fe80::/64", "eth0", RoutingTables.MAIN);
        routes.add(new Route(RoutingTables.MAIN, 5, Cidr.of("ff00::/8"), null, "eth0", null, 0, false));

        assertThat(map().rows()).extracting(AddressMap.Row::kind).containsExactly(AddressMap.Kind.NETWORK);
        assertThat(map().problems()).isEmpty();
    }

    /// Its containers are on the uplink's network on purpose.
    @Test
    void aMacvlanNetworkMayHaveTheSubnetOfItsParent() {
        networks.add(network("lan", Driver.MACVLAN, "eth0", "192.0.2.0/24"));
        route("192.0.2.0/24", "eth0", RoutingTables.MAIN);

        assertThat(map().problems()).isEmpty();
    }

    @Test
    void routesThatCannotBeReadAreSaid() {
        network("shop", "10.8.0.0/16");

        AddressMap map = AddressMap.of(topology(), List.of(), null);

        assertThat(map.rows()).hasSize(1);
        assertThat(sentences(map))
                .containsExactly("The routes of this machine cannot be read, so overlaps with them are not known.");
        assertThat(sentences(AddressMap.withoutHelper(topology(), List.of(), "`patchbay host up` starts it.")))
                .containsExactly("The routes of this machine are read by its helper, which needs root and does not run,"
                        + " so overlaps with them are not known. `patchbay host up` starts it.");
    }

    private static String line(AddressMap.Row row) {
        AddressMap.Usage usage = row.usage();
        return row.range() + " | " + row.subject() + " | " + (usage == null ? "-" : usage.usedText()) + " | "
                + (usage == null ? "-" : usage.freeText()) + " | " + row.note();
    }

    private static List<String> sentences(AddressMap map) {
        return map.problems().stream().map(Message::toString).toList();
    }

    private AddressMap map(SubnetPool... pools) {
        return AddressMap.of(topology(), List.of(pools), new RoutingTables(rules, routes));
    }

    private Topology topology() {
        KernelState kernel = new KernelState("host", true, links, List.of(), KernelState.Transport.DEFAULT);
        return new Topology(
                1, new Host("host", List.of(), true, null, List.of(), kernel), networks, List.of(), List.of());
    }

    private void network(String name, String subnet) {
        networks.add(network(name, Driver.BRIDGE, bridge(name), subnet));
    }

    private static String bridge(String name) {
        return "br-" + name;
    }

    private static Network network(String name, Driver driver, String link, String subnet) {
        Cidr range = Cidr.of(subnet);
        InetAddress gateway = Addresses.plus(range.address(), 1);
        Pool pool = new Pool(range, gateway, null, Map.of(), true, false);
        return new Network(
                new Id("%064x".formatted(name.hashCode())),
                name,
                Instant.EPOCH,
                NetworkDriver.of(driver),
                link,
                new NetworkConfig(List.of(pool), true, false, Map.of()),
                false,
                !range.isIpv4(),
                false,
                0,
                false,
                true,
                0,
                0,
                Map.of());
    }

    private void link(String name, String kind) {
        links.add(new Link(links.size() + 2, name, kind, 0, true, 1500, null, "", 0, List.of()));
    }

    private void route(String destination, String device, int table) {
        routes.add(new Route(table, Route.UNICAST, Cidr.of(destination), null, device, null, 0, false));
    }

    private static Rule lookup(Family family, int priority, int table, int suppressed) {
        return rule(family, priority, table, suppressed, 0);
    }

    private static Rule marked(int priority) {
        return rule(Family.IPV4, priority, VPN_TABLE, -1, 0xff);
    }

    private static Rule rule(Family family, int priority, int table, int suppressed, long mask) {
        return new Rule(
                family,
                priority,
                false,
                null,
                null,
                "",
                "",
                0,
                mask,
                0,
                null,
                null,
                Rule.ACTION_LOOKUP,
                table,
                0,
                suppressed,
                -1,
                List.of());
    }
}
