package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.Protocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Ports of containers whose way out is a network beside their engine: they answer as those on the engine's own
/// networks do, and follow the container from place to place.
class AttachedNetworkPortsTest extends AttachedNetworkEngineTest {
    private static final String URL = "http://198.51.100.2:8090/";
    private static final String OUTSIDE = "ip netns exec outside";

    private static Change publish(String container, String mapping) throws Exception {
        return new Change.Publish(container, PortArgument.mapping(mapping));
    }

    private static String fromOutside() {
        return engine.onHost(OUTSIDE + " curl -s --max-time 3 " + URL + " || true");
    }

    private static void answersOutside() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(fromOutside()).contains(WORKS));
    }

    private static String asked(String container, String url) {
        return inside(container, "curl -sS --max-time " + PATIENCE.toSeconds() + " " + url);
    }

    /// A cable that is plugged in again is the last link of the host.
    private static void isAgain(String before) {
        assertThat(everything().lines())
                .containsExactlyInAnyOrderElementsOf(before.lines().toList());
    }

    @Test
    void aPortOfAContainerThatDockerGaveNoNetworkAnswersFromEverywhere() throws Exception {
        web("alone", "--network", "none");
        web("db", "--network", "none");
        web("late", "--network", "shop");
        lane("lane", "10.78.0.0/24");
        make(connect("alone", "lane"));
        make(connect("db", "lane"));
        answers("10.78.0.2");
        String before = everything();
        assertThat(ok(seeing.preview(publish("alone", "8090:80"))).steps())
                .singleElement()
                .satisfies(step ->
                        assertThat(step.lines()).anyMatch(line -> line.contains("DNAT --to-destination 10.78.0.2:80")));
        assertThat(everything()).isEqualTo(before);

        make(publish("alone", "8090:80"));

        assertThat(reply(OUTSIDE, URL)).contains(WORKS);
        for (String host : List.of("198.51.100.2", "127.0.0.1")) {
            assertThat(reply("", "http://" + host + ":8090/")).contains(WORKS);
        }
        assertThat(asked("alone", URL)).as("the container itself").contains(WORKS);
        assertThat(asked("db", URL)).as("a neighbour").contains(WORKS);
        assertThat(asked("late", URL)).as("one on Docker's network").contains(WORKS);
        assertThat(engine.docker("port", "alone")).isEmpty();
        Container alone = container(seeing.topology(), "alone");
        PortBinding port = alone.ports().getFirst();
        assertThat(port.external()).isTrue();
        assertThat(port.inForce()).isTrue();
        assertThat(port.endpoint())
                .isEqualTo(
                        alone.endpoints().stream().map(Endpoint::id).findFirst().orElseThrow());
        String published = everything();

        for (int restart = 0; restart < 5; restart++) {
            engine.docker("restart", "-t", "1", "alone");
            answersOutside();
        }
        engine.docker("stop", "-t", "1", "alone");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(everything()).doesNotContain("--to-destination", "FORWARDS"));
        assertThat(fromOutside()).isEmpty();
        engine.docker("start", "alone");
        answersOutside();
        await().atMost(PATIENCE).untilAsserted(() -> isAgain(published));

        make(Change.Unpublish.single("alone", 8090, 80, Protocol.TCP));
        assertThat(fromOutside()).isEmpty();
        isAgain(before);
        ok(seeing.apply(HistoryAction.UNDO));
        assertThat(reply(OUTSIDE, URL)).contains(WORKS);
        engine.docker("rm", "-f", "alone", "db", "late");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(everything()).doesNotContain("--to-destination", "FORWARDS", "pbv"));
        make(new Change.RemoveNetwork("lane"));
        assertThat(everything()).isEqualTo(everythingBefore);
        nothingIsRecorded();
    }

    @Test
    void thePortGoesWithTheContainerFromPlaceToPlace() throws Exception {
        web("alone", "--network", "none");
        lane("lane", "10.78.0.0/24");
        make(connect("alone", "lane"));
        make(publish("alone", "8090:80"));
        answersOutside();
        String published = everything();

        make(new Change.Disconnect("lane", "alone"));
        assertThat(everything()).doesNotContain("--to-destination", "FORWARDS");
        assertThat(container(seeing.topology(), "alone").ports())
                .singleElement()
                .extracting(PortBinding::inForce)
                .isEqualTo(false);
        ok(seeing.apply(HistoryAction.UNDO));
        isAgain(published);
        assertThat(reply(OUTSIDE, URL)).contains(WORKS);

        lane("other", "10.79.0.0/24");
        make(connect("alone", "other"));
        make(new Change.Disconnect("lane", "alone"));
        assertThat(everything()).contains("--to-destination 10.79.0.2:80").doesNotContain("10.78.0.2");
        assertThat(reply(OUTSIDE, URL)).contains(WORKS);
        make(new Change.Disconnect("other", "alone"));
        engine.docker("network", "disconnect", "none", "alone");
        engine.docker("network", "connect", "shop", "alone");
        answersOutside();
        assertThat(everything()).contains("--to-destination 10.60.0.2:80");
        make(new Change.RemoveNetwork("lane"));
        make(new Change.RemoveNetwork("other"));
        engine.docker("rm", "-f", "alone");
        await().atMost(PATIENCE).untilAsserted(() -> isAgain(everythingBefore));
        nothingIsRecorded();
    }

    @Test
    void withoutAWayBackItIsRefused() throws Exception {
        engine.docker("network", "create", "--internal", "inner");
        web("web", "--network", "inner");
        web("alone", "--network", "none");
        lane("lane", "10.78.0.0/24");
        make(new Change.CreateNetwork(
                        "closed",
                        Driver.BRIDGE,
                        List.of(PoolRequest.subnet("10.79.0.0/24")),
                        false,
                        true,
                        false,
                        false,
                        null,
                        Map.of(),
                        Map.of())
                .managedBy(Manager.PATCHBAY));
        make(connect("web", "lane"));
        make(new Change.Connect("alone", EndpointRequest.on("closed")));
        assertThat(inside("web", "ip route")).as("its way out").doesNotContain("default via 10.78.");
        for (String container : List.of("web", "alone")) {
            assertThat(refusal(publish(container, "8090:80")).sentence())
                    .isEqualTo("container " + container + " is connected to no network that can publish ports");
        }
        make(new Change.Disconnect("lane", "web"));
        make(new Change.Disconnect("closed", "alone"));
        make(new Change.RemoveNetwork("lane"));
        make(new Change.RemoveNetwork("closed"));
        nothingIsRecorded();
    }

    /// Not the first by name, and no network beside it: of Docker's own, one with IPv6 comes first.
    @Test
    void thePortLeadsToTheNetworkThatDockerLeadsOutBy() throws Exception {
        engine.docker("network", "create", "--ipv6", "--subnet", "10.62.0.0/24", "--subnet", "fd00:62::/64", "wide");
        web("web", "--network", "shop");
        engine.docker("network", "connect", "wide", "web");
        assertThat(inside("web", "ip route")).contains("default via 10.62.0.1");
        make(publish("web", "8090:80"));
        assertThat(engine.onHost("iptables -t nat -S PATCHBAY-FORWARDS"))
                .contains("--to-destination " + inspected("web", ".NetworkSettings.Networks.wide.IPAddress") + ":80");
        answersOutside();
        make(Change.Unpublish.single("web", 8090, 80, Protocol.TCP));
        assertThat(everything()).doesNotContain("FORWARDS");
    }
}
