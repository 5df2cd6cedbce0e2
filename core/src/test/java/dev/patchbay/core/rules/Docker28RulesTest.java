package dev.patchbay.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.docker.network.GoneRuleCheck;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.ContainerConfig;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointConfig;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkConfig;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.GoneRule;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.net.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every rule that Docker 28.5 made for networks of every gateway mode. The resources have its rules as iptables-save
/// and ip6tables-save print them, each with its subject and sentence below.
class Docker28RulesTest {
    private static final String MEANING = "    ";

    private final List<Network> networks = new ArrayList<>();
    private final List<Container> containers = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"IPV4, docker28-iptables.txt", "IPV6, docker28-ip6tables.txt"})
    void everyRuleIsDockersAndHasItsSentence(Family family, String resource) throws IOException {
        Topology topology = topology();
        List<String> read = new ArrayList<>();
        String table = "";
        for (String line : lines(resource)) {
            if (line.startsWith("*")) {
                table = line.substring(1);
                read.add(line);
            } else if (!line.startsWith(MEANING)) {
                String[] words = line.split(" ", 3);
                KernelRule rule = new KernelRule(family, table, words[1], 1, 0, 0, words[2]);
                RuleMeaning meaning = RuleMeaning.of(rule, topology);
                assertThat(meaning.owner()).as(line).isEqualTo(RuleOwner.DOCKER);
                assertThat(meaning.sentence().text(Locale.GERMAN)).as(line).doesNotContain("Docker stammt");
                read.add(line);
                read.add(MEANING + (meaning.subject().isEmpty() ? "" : meaning.subject() + ": ") + meaning.sentence());
            }
        }
        assertThat(String.join("\n", read)).isEqualTo(String.join("\n", lines(resource)));
    }

    /// All rules are gone. The topology has no internal network and none without icc, so that these rules are of other
    /// settings.
    @ParameterizedTest
    @CsvSource({"IPV4, docker28-iptables.txt, 5", "IPV6, docker28-ip6tables.txt, 2"})
    void dockerStillNeedsTheRulesOfWhatItHas(Family family, String resource, int others) throws IOException {
        List<GoneRule> gone = new ArrayList<>();
        String table = "";
        for (String line : lines(resource)) {
            if (line.startsWith("*")) {
                table = line.substring(1);
            } else if (!line.startsWith(MEANING)) {
                String[] words = line.split(" ", 3);
                gone.add(new GoneRule(gone.size(), family, table, words[1], words[2]));
            }
        }
        Topology topology = topology();
        GoneRuleCheck check = new GoneRuleCheck(topology, inForce(List.of()), gone);
        List<String> unwanted = gone.stream()
                .filter(rule -> !check.isWanted(rule))
                .map(rule -> rule.chain() + " " + rule.specification())
                .toList();
        assertThat(unwanted)
                .hasSize(others)
                .allMatch(rule -> rule.matches("DOCKER-ISOLATION-STAGE-1 ! -[sd] .* -j DROP")
                        || rule.matches("DOCKER-FORWARD -i br-d44400e2421a -o br-d44400e2421a -j DROP"));

        Topology nothing = topology.withContainers(List.of()).withNetworks(List.of());
        GoneRuleCheck ofNothing = new GoneRuleCheck(nothing, inForce(List.of()), gone);
        assertThat(gone.stream().filter(ofNothing::isWanted))
                .allMatch(rule -> !rule.specification().matches(".*(-i|-o|-d|-s) .*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "raw PREROUTING -d 172.20.0.2/255.255.0.255 ! -i br-n1xxxxxx -j DROP",
                "nat DOCKER -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.20.0.2-172.20.0.3:80",
                "nat DOCKER -p tcp -m tcp --dport 8080 -j DNAT --to-destination :80",
                "nat DOCKER -p tcp -m tcp --dport 8080:8082 -j DNAT --to-destination 172.20.0.2:80",
                "nat DOCKER -p tcp -m tcp --dport 8082 -j DNAT --to-destination 172.20.0.2:80",
                "nat DOCKER -s 203.0.113.0/24 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.20.0.2:80",
                "nat OUTPUT ! -d 10.0.0.0/255.0.255.0 -m addrtype --dst-type LOCAL -j DOCKER",
                "nat POSTROUTING -s 10.9.0.0/16 ! -o br-n1xxxxxx -j MASQUERADE",
                "filter FORWARD -i docker0 -j ACCEPT",
                "filter FORWARD -i docker0 ! -o docker0 -j DROP",
                "filter DOCKER -i docker0 -j ACCEPT",
                "filter DOCKER-ISOLATION-STAGE-2 -o virbr0 -j DROP"
            })
    void aRuleThatDockerDoesNotWriteStaysAway(String line) {
        String[] words = line.split(" ", 3);
        GoneRule rule = new GoneRule(1, Family.IPV4, words[0], words[1], words[2]);
        assertThat(new GoneRuleCheck(topology(), inForce(List.of()), List.of(rule)).isWanted(rule))
                .isFalse();
    }

    /// Docker has other words for the jump when it has no proxy processes.
    @Test
    void aRuleThatStandsThereInAnotherFormStaysAway() {
        GoneRule jump = new GoneRule(
                1, Family.IPV4, "nat", "OUTPUT", "! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER");
        GoneRule open = new GoneRule(2, Family.IPV4, "filter", "DOCKER-FORWARD", "-i docker0 -j ACCEPT");
        List<GoneRule> gone = List.of(jump, open);
        assertThat(gone).allMatch(new GoneRuleCheck(topology(), inForce(List.of()), gone)::isWanted);
        List<KernelRule> present = List.of(
                new KernelRule(Family.IPV4, "nat", "OUTPUT", 1, 0, 0, "-m addrtype --dst-type LOCAL -j DOCKER"),
                new KernelRule(Family.IPV4, "filter", "DOCKER-FORWARD", 1, 0, 0, "-i docker0 -j ACCEPT"));
        assertThat(gone).noneMatch(new GoneRuleCheck(topology(), inForce(present), gone)::isWanted);
    }

    private static HostRules inForce(List<KernelRule> rules) {
        return new HostRules(0, "iptables", List.of(), rules, List.of(), List.of());
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(Docker28RulesTest.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private Topology topology() {
        add(network(1, "bridge", "docker0", "172.17.0.0/16", null));
        Network open = add(network(2, "n1", "br-n1xxxxxx", "172.20.0.0/16", "fd00:20::/64"));
        Network second = add(network(3, "n2", "br-8c8bab46c1c9", "172.21.0.0/16", null));
        add(network(4, "inner", "br-6f426c8ebb8d", "172.22.0.0/16", "fd00:22::/64"));
        Network routed = add(network(5, "rt", "br-b53bf9910a4a", "172.23.0.0/16", "fd00:23::/64"));
        add(network(6, "iso", "br-bc4e845479e8", "172.24.0.0/16", null));
        Network unprotected = add(network(7, "unp", "br-5c8b157aee68", "172.25.0.0/16", null));
        Network separate = add(network(8, "noicc", "br-d44400e2421a", "172.26.0.0/16", null));
        add("web01", open, Protocol.TCP, "0.0.0.0", 8080, "127.0.0.1", 8081);
        add("web02", second, Protocol.TCP, "0.0.0.0", 8082);
        add("rt1", routed, Protocol.TCP, "0.0.0.0", 8084);
        add("unp1", unprotected, Protocol.UDP, "0.0.0.0", 8085);
        add("nic1", separate, Protocol.TCP, "198.51.100.2", 8086);
        Host host = new Host(
                "machine",
                List.of(),
                true,
                null,
                List.of(),
                new KernelState("machine", true, List.of(), List.of(), KernelState.Transport.DEFAULT));
        return new Topology(1, host, networks, containers, List.of());
    }

    private Network add(Network network) {
        networks.add(network);
        return network;
    }

    private static Network network(int number, String name, String bridge, String subnet, @Nullable String subnet6) {
        List<Pool> pools = Stream.of(subnet, subnet6)
                .filter(Objects::nonNull)
                .map(Cidr::of)
                .map(cidr -> new Pool(cidr, Addresses.plus(cidr.address(), 1), null, Map.of(), true, false))
                .toList();
        return new Network(
                id(number),
                name,
                Instant.EPOCH,
                NetworkDriver.BRIDGE,
                bridge,
                new NetworkConfig(pools, false, false, Map.of()),
                false,
                subnet6 != null,
                false,
                0,
                number == 1,
                true,
                65_533,
                65_532,
                Map.of());
    }

    /// @param published host addresses and ports, all of port 80
    private void add(String name, Network network, Protocol protocol, Object... published) {
        int number = 10 + containers.size();
        List<Cidr> addresses = network.config().pools().stream()
                .map(Pool::subnet)
                .map(subnet -> new Cidr(Addresses.plus(subnet.address(), 2), subnet.prefixLength()))
                .toList();
        Endpoint endpoint = new Endpoint(
                id(number + 20),
                network.id(),
                "eth0",
                "veth" + number,
                addresses.getFirst(),
                addresses.size() > 1 ? addresses.get(1) : null,
                MacAddress.fromIpv4(addresses.getFirst().address()),
                true,
                true,
                EndpointConfig.DEFAULT);
        List<PortBinding> ports = new ArrayList<>();
        for (int i = 0; i < published.length; i += 2) {
            InetAddress address = InetAddress.ofLiteral((String) published[i]);
            ports.add(PortBinding.single(
                    id(number * 10 + i), endpoint.id(), protocol, address, (Integer) published[i + 1], 80, true));
        }
        containers.add(new Container(
                id(number),
                name,
                "httpd:2.4",
                List.of(),
                Instant.EPOCH,
                Container.State.RUNNING,
                7,
                0,
                Instant.EPOCH,
                null,
                network.name(),
                List.of(),
                List.of(endpoint),
                ports,
                Map.of(),
                ContainerConfig.DEFAULT,
                0));
    }

    private static Id id(int number) {
        return new Id(String.format(Locale.ROOT, "%064x", number));
    }
}
