package dev.patchbay.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EquivalentCommandTest {
    private static final InetAddress LOCAL = InetAddress.ofLiteral("127.0.0.1");

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments(Change.CreateNetwork.named("mydockernet"), "docker network create mydockernet"),
                arguments(
                        new Change.CreateNetwork(
                                "n",
                                Driver.BRIDGE,
                                List.of(new PoolRequest(
                                        "10.1.0.0/16",
                                        "10.1.5.0/24",
                                        "10.1.0.9",
                                        Map.of("b", "10.1.0.4", "a", "10.1.0.3"))),
                                true,
                                true,
                                true,
                                false,
                                null,
                                Map.of("z", "1", "k", "a b"),
                                Map.of("com.docker.network.driver.mtu", "1400")),
                        "docker network create --subnet 10.1.0.0/16 --ip-range 10.1.5.0/24 --gateway 10.1.0.9"
                                + " --aux-address a=10.1.0.3 --aux-address b=10.1.0.4 --ipv6 --internal --attachable"
                                + " --label 'k=a b' --label z=1 --opt com.docker.network.driver.mtu=1400 n"),
                arguments(
                        new Change.CreateNetwork(
                                "n", Driver.MACVLAN, List.of(), false, false, false, false, "base", Map.of(), Map.of()),
                        "docker network create --driver macvlan --config-from base n"),
                arguments(new Change.RemoveNetwork("n"), "docker network rm n"),
                arguments(
                        new Change.PruneNetworks(Map.of("until", List.of("24h"), "label!", List.of("keep"))),
                        "docker network prune --force --filter 'label!=keep' --filter until=24h"),
                arguments(
                        new Change.UpdateNetwork("n", "m", Map.of("k", "v"), List.of("old"), "1400"),
                        "patchbay network update --name m --label-add k=v --label-rm old --mtu 1400 n"),
                arguments(
                        new Change.Connect(
                                "c",
                                EndpointRequest.on("n").withAddress("10.1.0.7").withAliases(List.of("db"))),
                        "docker network connect --ip 10.1.0.7 --alias db n c"),
                arguments(new Change.Disconnect("n", "c"), "docker network disconnect n c"),
                arguments(
                        new Change.RunContainer(
                                "c1",
                                "host",
                                List.of("sh", "-c", "echo it's"),
                                List.of(EndpointRequest.on("n")),
                                List.of(
                                        PortMapping.of(null, 0, 80, Protocol.TCP),
                                        PortMapping.of(LOCAL, 0, 53, Protocol.UDP)),
                                List.of(),
                                List.of("A=b", "EMPTY="),
                                Map.of(),
                                "box",
                                "",
                                false,
                                true,
                                HostSettings.DEFAULT,
                                true),
                        "docker run -di --name c1 -p 80 -p 127.0.0.1::53/udp --network n --hostname box -e A -e EMPTY="
                                + " host sh -c 'echo it'\\''s'"),
                arguments(new Change.StartContainer("c"), "docker start c"),
                arguments(new Change.StopContainer("c"), "docker stop c"),
                arguments(new Change.RemoveContainer("c", true), "docker rm -f c"),
                arguments(
                        new Change.Publish("c", PortMapping.of(LOCAL, 8080, 80, Protocol.TCP)),
                        "patchbay publish c 127.0.0.1:8080:80"),
                arguments(
                        new Change.Unpublish("c", null, null, PortRange.single(53), Protocol.UDP),
                        "patchbay unpublish c 53/udp"),
                arguments(
                        new Change.Recreate(
                                new Change.Publish("publish", PortMapping.of(null, 8080, 80, Protocol.TCP))),
                        "patchbay publish --recreate publish 8080:80"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeIsTheCommandItEquals(Change change, String command) {
        assertThat(EquivalentCommand.of(change)).isEqualTo(command);
    }
}
