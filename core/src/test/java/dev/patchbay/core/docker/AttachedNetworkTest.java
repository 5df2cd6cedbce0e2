package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityKind;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Containers of a real engine on networks that Patchbay manages beside it: plugged in while they run, and drawn out
/// without a trace.
class AttachedNetworkTest extends AttachedNetworkEngineTest {
    @Test
    void aRunningContainerIsPluggedInAndDrawnOutWithoutATrace() throws Exception {
        web("web", "--network", "shop");
        web("db", "--network", "shop");
        lane("lane", "10.78.0.0/24");
        Network lane = network(seeing.topology(), "lane");
        assertThat(lane.attached()).isTrue();
        assertThat(engine.docker("network", "ls")).doesNotContain("lane");
        String before = everything();

        Outcome preview = seeing.preview(connect("web", "lane"));
        assertThat(ok(preview).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.lines())
                        .startsWith("patchbay network connect lane web")
                        .anyMatch(line -> line.matches("nsenter --net=/run/docker/netns/\\w+ ip address add"
                                + " 10\\.78\\.0\\.2/24 brd \\+ dev pb0")));
        assertThat(everything()).isEqualTo(before);
        make(connect("web", "lane"));
        make(connect("db", "lane"));

        answers("10.78.0.2");
        assertThat(inside("web", "busybox ping -c1 -W60 10.78.0.3")).contains(" 0% packet loss");
        assertThat(inside("db", "curl -s --max-time " + PATIENCE.toSeconds() + " http://10.78.0.2/"))
                .contains(WORKS);
        assertThat(inside("web", "ip -o address show pb0")).contains("10.78.0.2/24");
        assertThat(inside("web", "ip route"))
                .as("the way out stays Docker's")
                .contains("default via 10.60.0.1 dev eth0");
        assertThat(engine.onHost("ip -o link show master " + lane.bridge()))
                .containsPattern("pbv[0-9a-f]{12}@")
                .hasLineCount(2);
        assertThat(inspected("web", "json .NetworkSettings.Networks")).doesNotContain("lane");
        Endpoint endpoint = container(seeing.topology(), "web").endpointOn(lane.id());
        assertThat(endpoint).isNotNull().extracting(Endpoint::attached).isEqualTo(true);
        assertThat(seeing.inspectNetwork("lane").at("/Containers").toString())
                .contains("\"web\"", "10.78.0.2/24", "\"db\"");
        assertThat(refusal(connect("web", "lane")).sentence()).contains("already exists in network lane");
        assertThat(refusal(new Change.RemoveNetwork("lane")).sentence()).contains("has active endpoints");

        make(new Change.Disconnect("lane", "web"));
        assertThat(inside("web", "ip -o link")).doesNotContain("pb0");
        ok(seeing.apply(HistoryAction.UNDO));
        answers("10.78.0.2");
        make(new Change.Disconnect("lane", "web"));
        make(new Change.Disconnect("lane", "db"));
        assertThat(everything()).isEqualTo(before);
        make(new Change.RemoveNetwork("lane"));
        assertThat(everything()).isEqualTo(everythingBefore);
        nothingIsRecorded();
    }

    /// Docker's server is at 127.0.0.11 on a network of Docker's own, and at the host's servers
    /// otherwise.
    @Test
    void containersFindEachOtherByNameAndStillAskTheirEngine() throws Exception {
        web("web", "--network", "shop");
        web("db", "--network", "shop", "--hostname", "base");
        web("alone", "--network", "bridge");
        String before = tables("web") + tables("alone");
        lane("lane", "10.78.0.0/24");
        make(new Change.Connect("web", EndpointRequest.on("lane")));
        make(new Change.Connect(
                "alone", EndpointRequest.on("lane").withAliases(List.of("store", "a-name-of-more-than-16-bytes"))));

        // The follower, which answers, has just been started.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(address("alone", "web")).isEqualTo("10.78.0.2"));
        assertThat(address("alone", "web.lane")).isEqualTo("10.78.0.2");
        for (String name : List.of("alone", "store", "a-name-of-more-than-16-bytes", "store.lane")) {
            assertThat(address("web", name)).as(name).isEqualTo("10.78.0.3");
            assertThat(asked("web", name, "127.0.0.11")).as(name).contains("10.78.0.3");
        }
        assertThat(asked("web", "db", "127.0.0.11")).as("Docker answers").contains("10.60.0.");
        assertThat(inside("alone", "sysctl -n net.ipv4.conf.eth0.route_localnet"))
                .isEqualTo("0");

        follower("STOP");
        make(connect("db", "lane"));
        CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> address("alone", "db"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(inside("alone", "ss -Hun state all"))
                        .as("asked before the follower has heard of it")
                        .contains(":53"));
        follower("CONT");
        assertThat(asked.join()).isEqualTo("10.78.0.4");
        engine.docker("restart", "-t", "1", "web");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(address("web", "db")).isEqualTo("10.78.0.4"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(address("db", "web")).isEqualTo("10.78.0.2"));

        make(new Change.Disconnect("lane", "db"));
        assertThat(tables("db")).doesNotContain("patchbay");
        assertThat(tables("web")).doesNotContain("\"db\"");
        ok(seeing.apply(HistoryAction.UNDO));
        assertThat(address("alone", "db")).isEqualTo("10.78.0.4");
        for (String container : List.of("web", "db", "alone")) {
            make(new Change.Disconnect("lane", container));
        }
        assertThat(tables("web") + tables("alone")).isEqualTo(before);
        assertThat(tables("db")).doesNotContain("patchbay");
        make(new Change.RemoveNetwork("lane"));
        assertThat(everything()).isEqualTo(everythingBefore);
        nothingIsRecorded();
    }

    /// Without the numbers of ports and counters.
    private static String tables(String container) {
        return inside(container, "nft list ruleset")
                .replaceAll("counter packets \\d+ bytes \\d+", "")
                .replaceAll("(127.0.0.11:|sport )\\d+", "");
    }

    /// What the C library finds.
    private static String address(String container, String name) {
        Matcher found = Pattern.compile("PING \\S+ \\(([0-9.]+)\\)")
                .matcher(engine.onHost("docker -H " + engine.address() + " exec " + container + " busybox ping -c1 -W1 "
                        + name + " 2>&1 || true"));
        return found.find() ? found.group(1) : "";
    }

    private static String asked(String container, String name, String server) {
        return engine.onHost("docker -H " + engine.address() + " exec " + container + " busybox nslookup " + name + " "
                + server + " 2>&1 || true");
    }

    /// It has no other way out, and gets one.
    @Test
    void aContainerWithoutANetworkGetsOne() throws Exception {
        web("alone", "--network", "none");
        lane("lane", "10.78.0.0/24");
        make(connect("alone", "lane"));
        answers("10.78.0.2");
        assertThat(inside("alone", "ip route")).contains("default via 10.78.0.1 dev pb0");
        assertThat(inside("alone", "busybox ping -c1 -W60 198.51.100.1")).contains(" 0% packet loss");
        engine.docker("rm", "-f", "alone");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(everything()).doesNotContain("pbv"));
        make(new Change.RemoveNetwork("lane"));
        assertThat(everything()).isEqualTo(everythingBefore);
    }

    @Test
    void whatCannotBeManagedIsRefusedInASentence() throws Exception {
        web("hosts", "--network", "host");
        lane("lane", "10.78.0.0/24");
        String before = everything();
        assertThat(refusal(connect("hosts", "lane")).sentence()).contains("sharing network namespace");
        assertThat(refusal(Change.CreateNetwork.named("shop").managedBy(Manager.PATCHBAY))
                        .sentence())
                .isEqualTo("network with name shop already exists");
        assertThat(refusal(Change.CreateNetwork.named("lane")).sentence())
                .isEqualTo("network with name lane already exists");
        assertThat(refusal(Change.CreateNetwork.on("mine", "10.60.0.0/25").managedBy(Manager.PATCHBAY))
                        .code())
                .as("the subnet is Docker's")
                .isEqualTo("subnet-overlaps");
        for (String file : List.of("/proc/1/ns/net", "/run/docker/netns/default", "/run/docker/netns/0123456789ab")) {
            assertThat(ofHelper(file).sentence())
                    .startsWith("The network namespace of container intruder cannot be entered: ");
        }
        Change run = Change.RunContainer.of("web", "any", List.of(), List.of(EndpointRequest.on("lane")));
        assertThat(refusal(run).sentence())
                .isEqualTo("Docker cannot make a container on network lane, which Patchbay manages");
        assertThat(everything()).isEqualTo(before);
        engine.docker("network", "create", "--subnet", "10.60.1.0/24", "lane");
        for (Change change : List.of(connect("hosts", "lane"), run, new Change.RemoveNetwork("lane"))) {
            assertThat(refusal(change).code()).isEqualTo("ambiguous-id");
        }
        engine.docker("network", "rm", "lane");
        make(new Change.RemoveNetwork("lane"));
    }

    /// Said to the helper itself, whatever the core would let through.
    private Refusal ofHelper(String file) throws Exception {
        SandboxSpec sandbox =
                SandboxSpec.inExternalNetns(Id.random(), "intruder", Instant.EPOCH, engine.address(), file);
        try (HelperClient client = HelperClient.connect(helper());
                HelperSession records = HelperSession.connect(helper())) {
            return ((Answer.Refused<?>) client.call(new Request.Apply(
                            new SpecChange(List.of(sandbox), List.of()),
                            records.state().revision(),
                            "a try",
                            ActivityKind.ACTION,
                            0,
                            StopMode.GRACEFUL)))
                    .refusal();
        }
    }
}
