package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.container.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What Docker's own client made before Patchbay came is seen in full: thirty containers of every kind on eight
/// networks, as `docker inspect` and the kernel say.
class DiscoveryTest extends RealEngineTest {
    private static final String MADE = """
            set -e
            for n in 1 2 3 4 5 6; do
              docker network create --label n=$n --subnet 10.9$n.0.0/24 net$n
            done
            docker network create --internal --subnet 10.97.0.0/16 --ip-range 10.97.5.0/24 --gateway 10.97.5.254 \
              --opt com.docker.network.driver.mtu=1400 net7
            docker network create --ipv6 --subnet 10.98.0.0/24 --subnet fd00:98::/64 \
              --opt com.docker.network.bridge.name=brown net8
            for c in $(seq 24); do
              case $c in
              9) ports="-p 127.0.0.1:9001:80" ;;
              10) ports="-p 9100-9103:9100-9103/udp -p 9200:80" ;;
              11) ports="-p 80" ;;
              12) ports="-P" ;;
              [1-8]) ports="-p $((8000 + c)):80 -p $((8100 + c)):81" ;;
              *) ports="" ;;
              esac
              docker create --name c$c --network net$((c % 8 + 1)) --network-alias a$c --label c=$c $ports \
                --restart on-failure:$c httpd:2.4
              [ $((c % 3)) = 0 ] || docker network connect --alias b$c net$((c * 3 % 8 + 1)) c$c ||
                docker network connect --alias b$c net$(((c + 1) % 8 + 1)) c$c
            done
            docker create --name c25 --network net1 -p 8025:80 httpd:2.4
            docker create --name c26 --network net2 --ip 10.92.0.77 -p 8026:80 httpd:2.4
            docker create --name c27 --network net3 -p 8027:80 httpd:2.4
            docker create --name c28 --network none httpd:2.4
            docker create --name c29 --network host httpd:2.4 sleep 1000
            docker create --name c30 --network container:c1 httpd:2.4 sleep 1000
            docker start $(seq -f c%g 26) c28 c29 c30
            docker pause c25
            docker stop -t 1 c26
            """;

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void everythingThatIsThereIsSeenAsDockerAndTheKernelSayIt() throws Exception {
        engine.onHost("export DOCKER_HOST=" + engine.address() + "\n" + MADE);
        Machine machine = engine.machine(directory);
        try (EngineHost seeing = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), progress::add)) {
            // With the kernel's side, for which its helper is started.
            assertThat(seeing.counters().rules()).isNotEmpty();
            Topology seen = seeing.topology();
            assertThat(seen.containers()).hasSize(30);
            assertThat(seen.networks()).hasSize(11);
            assertThat(seen.problems()).isEmpty();
            containersAreAsDockerSays(seen);
            networksAreAsDockerSays(seen);
            placesAreAsTheKernelSays(seen);
            hostIsAsTheKernelSays(seen);
        } finally {
            machine.down();
        }
    }

    private JsonNode inspected(String kind, Stream<String> names) throws Exception {
        List<String> words = new ArrayList<>(List.of(kind, "inspect"));
        names.forEach(words::add);
        return json.readTree(engine.docker(words.toArray(String[]::new)));
    }

    private void containersAreAsDockerSays(Topology seen) throws Exception {
        for (JsonNode said : inspected("container", IntStream.rangeClosed(1, 30).mapToObj(c -> "c" + c))) {
            String name = said.path("Name").asText().substring(1);
            Container container = container(seen, name);
            assertThat(container.id()).hasToString(said.path("Id").asText());
            assertThat(container.state().name().toLowerCase(Locale.ROOT))
                    .as(name)
                    .isEqualTo(said.at("/State/Status").asText());
            assertThat(container.pid()).isEqualTo(said.at("/State/Pid").asLong());
            assertThat(container.exitCode())
                    .isEqualTo(said.at("/State/ExitCode").asInt());
            assertThat(container.image()).isEqualTo(said.at("/Config/Image").asText());
            assertThat(container.networkMode())
                    .isEqualTo(said.at("/HostConfig/NetworkMode").asText());
            assertThat(container.labels()).isEqualTo(json.convertValue(said.at("/Config/Labels"), TreeMap.class));
            assertThat(container.restart().toString().replaceFirst("^no$", "no:0"))
                    .isEqualTo(said.at("/HostConfig/RestartPolicy/Name").asText() + ":"
                            + said.at("/HostConfig/RestartPolicy/MaximumRetryCount")
                                    .asInt());
            assertThat(container.exposed().stream().map(port -> port.port() + "/" + port.protocol()))
                    .containsExactlyInAnyOrderElementsOf(keys(said.at("/Config/ExposedPorts")));
            assertThat(container.endpoints().stream().map(endpoint -> place(seen, endpoint)))
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(places(said));
            assertThat(container.ports().stream().flatMap(DiscoveryTest::each))
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(ports(said));
            assertThat(container.ports())
                    .allMatch(port -> port.inForce() == container.running())
                    .allMatch(port -> port.ruleState()
                            == (container.running() ? PortBinding.RuleState.PRESENT : PortBinding.RuleState.UNKNOWN));
        }
    }

    private static List<String> keys(JsonNode map) {
        return map.propertyStream().map(Map.Entry::getKey).toList();
    }

    private static String place(Topology seen, Endpoint endpoint) {
        return Objects.requireNonNull(seen.network(endpoint.network())).name() + " "
                + Objects.requireNonNullElse(endpoint.address(), "") + " "
                + Objects.requireNonNullElse(endpoint.address6(), "") + " "
                + Objects.requireNonNullElse(endpoint.mac(), "") + " " + endpoint.attached();
    }

    private static List<String> places(JsonNode said) {
        return said.at("/NetworkSettings/Networks")
                .propertyStream()
                .filter(place -> !List.of("none", "host").contains(place.getKey()))
                .map(place -> place.getKey() + " " + address(place.getValue(), "IPAddress", "IPPrefixLen") + " "
                        + address(place.getValue(), "GlobalIPv6Address", "GlobalIPv6PrefixLen") + " "
                        + place.getValue().path("MacAddress").asText() + " "
                        + !place.getValue().path("IPAddress").asText().isEmpty())
                .toList();
    }

    private static String address(JsonNode place, String address, String prefix) {
        String said = place.path(address).asText();
        return said.isEmpty() ? "" : said + "/" + place.path(prefix).asInt();
    }

    private static Stream<String> each(PortBinding port) {
        return IntStream.rangeClosed(
                        0, port.hostPorts().last() - port.hostPorts().first())
                .boxed()
                .flatMap(i -> port.hostAddresses().stream()
                        .map(address -> address.getHostAddress().replace("0:0:0:0:0:0:0:0", "::") + " "
                                + (port.hostPorts().first() + i) + " "
                                + (port.containerPorts().first() + i) + "/" + port.protocol()));
    }

    /// In force of one that runs, asked for of another one.
    private static List<String> ports(JsonNode said) {
        boolean runs = said.at("/State/Running").asBoolean();
        return said.at(runs ? "/NetworkSettings/Ports" : "/HostConfig/PortBindings")
                .propertyStream()
                .flatMap(port -> port.getValue()
                        .valueStream()
                        .map(binding -> binding.path("HostIp").asText().replaceFirst("^$", "0.0.0.0") + " "
                                + binding.path("HostPort").asText() + " " + port.getKey()))
                .toList();
    }

    private void networksAreAsDockerSays(Topology seen) throws Exception {
        for (JsonNode said : inspected("network", seen.networks().stream().map(Network::name))) {
            Network network = network(seen, said.path("Name").asText());
            assertThat(network.id()).hasToString(said.path("Id").asText());
            assertThat(network.driver()).hasToString(said.path("Driver").asText());
            assertThat(network.internal()).isEqualTo(said.path("Internal").asBoolean());
            assertThat(network.ipv6()).isEqualTo(said.path("EnableIPv6").asBoolean());
            assertThat(network.labels()).isEqualTo(json.convertValue(said.path("Labels"), TreeMap.class));
            JsonNode pool = said.at("/IPAM/Config/0");
            assertThat(String.valueOf(network.subnet()))
                    .isEqualTo(pool.path("Subnet").asText("null"));
            if (network.driver().is(Driver.BRIDGE)) {
                String gateway = Objects.requireNonNull(network.gateway()).getHostAddress();
                assertThat(gateway)
                        .isEqualTo(pool.path("Gateway").asText(gateway))
                        .isEqualTo(engine.onHost(
                                "ip -o -4 address show " + network.bridge() + " | grep -oP 'inet \\K[0-9.]*'"));
                assertThat(network.bridgeUp()).isTrue();
                assertThat(seen.containersOn(network.id()).stream()
                                .filter(Container::running)
                                .map(container -> container.id().value()))
                        .containsExactlyInAnyOrderElementsOf(keys(said.path("Containers")));
            }
        }
        assertThat(network(seen, "net7").mtu()).isEqualTo(1400);
        assertThat(network(seen, "net8").bridge()).isEqualTo("brown");
    }

    /// In each container's own network, and by the cables in each bridge.
    private static void placesAreAsTheKernelSays(Topology seen) {
        for (Container container : seen.containers()) {
            if (container.running() && !container.endpoints().isEmpty()) {
                String inside = "nsenter -t " + container.pid() + " -n ip -o ";
                assertThat(lines(inside + "address show scope global | grep -oP 'inet6? \\K[0-9a-f.:/]*'"))
                        .as(container.name())
                        .containsExactlyInAnyOrderElementsOf(container.endpoints().stream()
                                .flatMap(endpoint -> Stream.of(endpoint.address(), endpoint.address6()))
                                .filter(Objects::nonNull)
                                .map(Object::toString)
                                .toList());
                assertThat(lines(inside + "link show type veth | grep -oP 'link/ether \\K[0-9a-f:]*'"))
                        .containsExactlyInAnyOrderElementsOf(container.endpoints().stream()
                                .map(endpoint -> String.valueOf(endpoint.mac()))
                                .toList());
                Endpoint out = container.endpoints().stream()
                        .filter(Endpoint::defaultRoute)
                        .findFirst()
                        .orElse(null);
                assertThat(engine.onHost("nsenter -t " + container.pid()
                                + " -n ip route show default | grep -oP 'via \\K[0-9.]*' || true"))
                        .as("way out of " + container.name())
                        .isEqualTo(
                                out == null
                                        ? ""
                                        : Objects.requireNonNull(Objects.requireNonNull(seen.network(out.network()))
                                                        .gateway())
                                                .getHostAddress());
            }
        }
        for (Network network : seen.networks()) {
            if (!network.bridge().isEmpty()) {
                assertThat(lines("ip -o link show master " + network.bridge()))
                        .as(network.name())
                        .hasSize((int) seen.containersOn(network.id()).stream()
                                .filter(Container::running)
                                .count());
            }
        }
    }

    private static void hostIsAsTheKernelSays(Topology seen) {
        assertThat(seen.host().interfaces())
                .singleElement()
                .satisfies(link -> assertThat(link.name()).isEqualTo("eth0"));
        assertThat(Objects.requireNonNull(seen.host().defaultGateway()).getHostAddress())
                .isEqualTo(engine.onHost("ip route show default | grep -oP 'via \\K[0-9.]*'"));
        assertThat(seen.host().masqueraded().stream().map(Object::toString))
                .containsExactlyInAnyOrderElementsOf(
                        lines("iptables -t nat -S POSTROUTING | grep -oP '^-A POSTROUTING -s \\K\\S*(?= ! -o)'"));
        assertThat(seen.containers().stream()
                        .flatMap(container -> container.ports().stream()
                                .filter(PortBinding::inForce)
                                .filter(port -> port.hostAddress().getAddress().length == 4)
                                .flatMap(port -> rules(container, port)))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(lines("iptables -t nat -S DOCKER | grep DNAT"
                        + " | sed -E 's/.*-p (\\w+).*--dport ([0-9]+).*destination (.*)/\\1 \\2 \\3/'"));
    }

    private static Stream<String> rules(Container container, PortBinding port) {
        String address = container.endpoints().stream()
                .filter(endpoint -> endpoint.id().equals(port.endpoint()))
                .map(endpoint ->
                        Objects.requireNonNull(endpoint.address()).address().getHostAddress())
                .findFirst()
                .orElseThrow();
        return IntStream.rangeClosed(
                        0, port.hostPorts().last() - port.hostPorts().first())
                .mapToObj(i -> port.protocol() + " " + (port.hostPorts().first() + i) + " " + address + ":"
                        + (port.containerPorts().first() + i));
    }

    private static List<String> lines(String script) {
        return engine.onHost(script + " || true").lines().toList();
    }
}
