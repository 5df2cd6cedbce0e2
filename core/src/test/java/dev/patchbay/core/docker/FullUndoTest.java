package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.net.Protocol;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A session of every kind of action on a real engine and beside it, and its way back: after each undo the machine
/// is as it was before that action, and at the end as if nobody had been there.
class FullUndoTest extends AttachedNetworkEngineTest {
    private static final String URL = "198.51.100.2:";

    /// Without counters, and what is another one each time: names and indexes of cables.
    private static final String MACHINE =
            RealEngine.RULES + "; ip -o link | sed -E 's/^[0-9]+: ([^:@]+).*/\\1/; s/^veth.*/veth/';"
                    + " " + RealEngine.ADDRESSES
                    + "; (ip -4 route show table all; ip -6 route) | sed 's/ linkdown//' | grep -v '^fe80:\\| ff00:';"
                    + " grep . /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv6/conf/*/forwarding"
                    + " /proc/sys/net/ipv4/conf/*/route_localnet | grep -v veth;"
                    + " docker network ls --format '{{.Name}} {{.Driver}}';"
                    + " docker ps -a --format '{{.Names}} {{.State}} {{.Ports}} {{.Networks}}';"
                    + " docker ps -aq | xargs -r docker inspect -f '{{.Name}} {{.HostConfig.RestartPolicy}}'";

    private final Deque<String> before = new ArrayDeque<>();

    /// Tables stay when their last rule has gone, and so does the forwarding that Docker turns on with its first
    /// network of both families.
    private static void makeWhatStays() {
        engine.onHost(
                "for t in filter nat; do ip6tables -t $t -A OUTPUT -j ACCEPT; ip6tables -t $t -D OUTPUT -j ACCEPT;"
                        + " done; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding");
    }

    private static String machine() {
        return engine.onHost("export DOCKER_HOST=" + engine.address() + "; " + MACHINE);
    }

    /// A network that Docker makes again has another id, and its rules and containers another place among their
    /// likes.
    private static String likewise() {
        return machine()
                .lines()
                .map(line -> line.replaceAll("\\bbr-[0-9a-f]{12}", "br"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private void act(Change change) throws Exception {
        before.push(likewise());
        make(change);
    }

    /// Whoever follows the engine has heard of the last start or end of the container.
    private static void isFollowed(boolean runs) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            String machine = machine();
            assertThat(machine.contains("--dport 8091 -j DNAT")).isEqualTo(runs);
            assertThat(machine.contains("pbv")).isEqualTo(runs);
        });
    }

    private static Change.CreateNetwork both(String name, String... subnets) {
        return new Change.CreateNetwork(
                name,
                Driver.BRIDGE,
                Stream.of(subnets).map(PoolRequest::subnet).toList(),
                true,
                false,
                false,
                false,
                null,
                Map.of(),
                Map.of());
    }

    @Test
    void everyKindOfActionIsTakenBack() throws Exception {
        makeWhatStays();
        String untouched = machine();
        act(both("front", "10.62.0.0/24", "fd00:62::/64"));
        act(Change.CreateNetwork.on("idle", "10.63.0.0/24"));
        act(run("web", "front", 8080));
        answers(URL + 8080);
        act(both("lane", "10.78.0.0/24", "fd00:78::/64").managedBy(Manager.PATCHBAY));
        act(Change.CreateNetwork.on("spare", "10.79.0.0/24").managedBy(Manager.PATCHBAY));
        act(new Change.Connect("web", EndpointRequest.on("shop").withAddress("10.60.0.9")));
        answers("10.60.0.9");
        act(new Change.Connect("web", EndpointRequest.on("lane").withAddress("10.78.0.9")));
        answers("10.78.0.9");
        act(new Change.Publish("web", PortArgument.mapping("8090:80")));
        act(new Change.Publish("web", PortArgument.mapping("9000-9009:9000-9009/udp")));
        act(new Change.Publish("web", PortArgument.mapping("127.0.0.1:8091:80")));
        answers(URL + 8090);
        act(new Change.Recreate(new Change.Publish("web", PortMapping.of(null, 8081, 80, Protocol.TCP))));
        answers(URL + 8081);
        answers(URL + 8090);
        answers("10.78.0.9");
        act(Change.Unpublish.single("web", 8090, 80, Protocol.TCP));
        act(new Change.Disconnect("shop", "web"));
        act(new Change.Disconnect("lane", "web"));
        act(new Change.Connect("web", EndpointRequest.on("spare")));
        answers("10.79.0.2");
        act(new Change.UpdateContainer("web", new RestartPolicy(RestartPolicy.Name.UNLESS_STOPPED, 0)));
        act(new Change.RestartContainer("web", new StopMode(StopMode.SIGTERM, 1)));
        answers("10.79.0.2");
        isFollowed(true);
        act(new Change.StopContainer("web"));
        isFollowed(false);
        act(new Change.RenameContainer("web", "www"));
        act(new Change.StartContainer("www"));
        answers("10.79.0.2");
        isFollowed(true);
        act(new Change.RemoveNetwork("lane"));
        act(new Change.RemoveNetwork("idle"));

        while (seeing.preview(HistoryAction.UNDO) instanceof Outcome.Done undone) {
            ok(seeing.apply(HistoryAction.UNDO));
            String expected = before.pop();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(likewise()).as(undone.title()).isEqualTo(expected));
        }
        assertThat(before).isEmpty();
        assertThat(machine()).isEqualTo(untouched);
        nothingIsRecorded();
        assertThat(seeing.repair(true)).isEmpty();
    }
}
