package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.net.Protocol;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ports of a running container whose network has IPv6, published beside Docker: real packets to every address that a
/// host has.
class ExternalPublishIpv6Test extends AttachedNetworkEngineTest {
    private static final String OUTSIDE = "ip netns exec outside ";
    private static final String GATEWAY = "[fd00:62::1]";
    private static final String UPLINK = "[2001:db8::2]";

    @BeforeEach
    void runOnANetworkWithIpv6() {
        engine.docker("network", "create", "--ipv6", "--subnet", "10.62.0.0/24", "--subnet", "fd00:62::/64", "wide");
        web("web", "--network", "wide");
        web("neighbour", "--network", "wide");
        web("stranger", "--network", "shop");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(asked("", "[" + address() + "]:80")).contains(WORKS));
        for (String container : List.of("web", "neighbour")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(inside(container, "ip -6 -o address show tentative"))
                            .isEmpty());
        }
    }

    private static String address() {
        return inspected("web", ".NetworkSettings.Networks.wide.GlobalIPv6Address");
    }

    /// What comes back within a few seconds, and how curl ended.
    private static String asked(String from, String to) {
        return engine.onHost(from + "curl -s --max-time 3 http://" + to + "/; echo \" $?\"");
    }

    private static String from(String container) {
        return "nsenter -t $(docker -H " + engine.address() + " inspect -f '{{.State.Pid}}' " + container + ") -n ";
    }

    private void publish(String mapping) throws Exception {
        make(new Change.Publish("web", PortArgument.mapping(mapping)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8090:80", "[::]:8090:80"})
    void aPortOnEveryAddressAnswersOnEveryAddress(String mapping) throws Exception {
        String before = rulesOfBoth();
        publish(mapping);
        for (String who : List.of("", OUTSIDE, from("web"), from("neighbour"))) {
            assertThat(asked(who, UPLINK + ":8090")).as(who).contains(WORKS);
        }
        for (String who : List.of("", from("web"), from("neighbour"))) {
            assertThat(asked(who, GATEWAY + ":8090")).as(who).contains(WORKS);
        }
        // The kernel has no way back to ::1 (docs/decisions/0008): refused at once, and not waited for.
        assertThat(asked("", "[::1]:8090")).isEqualTo("7");
        boolean both = !mapping.startsWith("[");
        assertThat(asked(OUTSIDE, "198.51.100.2:8090").contains(WORKS)).isEqualTo(both);
        assertThat(asked("", "localhost:8090").contains(WORKS)).isEqualTo(both);

        engine.docker("restart", "-t", "1", "web");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(asked(OUTSIDE, UPLINK + ":8090")).contains(WORKS));
        make(Change.Unpublish.single("web", 8090, 80, Protocol.TCP));
        assertThat(asked(OUTSIDE, UPLINK + ":8090")).doesNotContain(WORKS);
        assertThat(rulesOfBoth()).isEqualTo(before);
    }

    @Test
    void aPortOnTheBridgesAddressAnswersThereAlone() throws Exception {
        String before = rulesOfBoth();
        publish(GATEWAY + ":8090:80");
        for (String who : List.of("", from("web"), from("neighbour"))) {
            assertThat(asked(who, GATEWAY + ":8090")).as(who).contains(WORKS);
        }
        assertThat(asked("", UPLINK + ":8090")).isEqualTo("7");
        assertThat(asked(OUTSIDE, UPLINK + ":8090")).doesNotContain(WORKS);
        ok(seeing.apply(HistoryAction.UNDO));
        assertThat(rulesOfBoth()).isEqualTo(before);
    }

    @Test
    void whatCannotBeForwardedIsRefused() throws Exception {
        String before = rulesOfBoth();
        assertThat(refusal(new Change.Publish("web", PortArgument.mapping("[::1]:8090:80")))
                        .sentence())
                .contains("::1");
        assertThat(refusal(new Change.Publish("stranger", PortArgument.mapping("[::]:8090:80")))
                        .sentence())
                .contains("IPv6");
        assertThat(rulesOfBoth()).isEqualTo(before);
    }

    private static String rulesOfBoth() {
        return engine.onHost("(iptables-save; ip6tables-save) | grep '^-A' | grep -v '^-A DOCKER '; ip -6 rule");
    }
}
