package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.Change;
import dev.patchbay.core.EndpointRequest;
import dev.patchbay.core.Outcome;
import dev.patchbay.core.PortMapping;
import dev.patchbay.core.events.HostEvent;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.core.topology.Container;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.HostSettings;
import dev.patchbay.engine.spec.PortRange;
import dev.patchbay.engine.spec.Protocol;
import dev.patchbay.engine.spec.RestartPolicy;
import dev.patchbay.engine.spec.RestartPolicy.Name;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Stopping;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// From the run of a container to its removal, on the real kernel: policies, stops, shared networks, several networks,
/// and what is told of them.
@TestInstance(Lifecycle.PER_CLASS)
class LifeTest {
    @TempDir
    private static Path home;

    private RealLab lab;
    private long told;

    @BeforeAll
    void build() throws Exception {
        lab = new RealLab(home);
        lab.done(Change.CreateNetwork.named("shop"));
        lab.done(Change.CreateNetwork.named("back"));
    }

    @AfterEach
    void removeContainers() throws EngineException {
        for (Container container : lab.controller().topology().containers()) {
            lab.done(new Change.RemoveContainer(container.id().value(), true));
        }
        assertThat(lab.controller().repair(true)).isEmpty();
        assertThat(lab.onHost("ip netns")).doesNotContain("pb-");
    }

    @AfterAll
    void end() throws EngineException {
        lab.close();
    }

    private static Change.RunContainer shell(String name, String script, String... networks) {
        List<EndpointRequest> places = new ArrayList<>();
        for (String network : networks) {
            places.add(EndpointRequest.on(network));
        }
        return Change.RunContainer.of(name, "host", List.of("sh", "-c", script), places);
    }

    private static Change.RunContainer web(String name, EndpointRequest... places) {
        return Change.RunContainer.of(name, "httpd:2.4", List.of(), List.of(places));
    }

    private static HostSettings policy(Name name, int most) {
        return HostSettings.DEFAULT.withRestart(new RestartPolicy(name, most));
    }

    private Container container(String name) throws EngineException {
        return lab.controller().topology().containers().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void awaitState(String name, Container.State state) {
        await().untilAsserted(() -> assertThat(container(name).state()).isEqualTo(state));
    }

    private String namespace(String name) throws EngineException {
        return lab.state().specs().stream()
                .filter(SandboxSpec.class::isInstance)
                .map(SandboxSpec.class::cast)
                .filter(sandbox -> sandbox.name().equals(name))
                .findFirst()
                .orElseThrow()
                .namespaceName();
    }

    private String inside(String name, String command) throws EngineException {
        return lab.onHost("ip netns exec " + namespace(name) + " " + command);
    }

    @Test
    void onFailureGivesUpAfterItsCount() throws Exception {
        lab.done(shell("job", "exit 3", "shop").withSettings(policy(Name.ON_FAILURE, 2)));

        awaitState("job", Container.State.EXITED);
        assertThat(container("job").exitCode()).isEqualTo(3);
        assertThat(container("job").restartCount()).isEqualTo(2);
        assertThat(lab.onHost("ip netns")).doesNotContain(namespace("job"));
    }

    @Test
    void alwaysComesBackWithItsAddressAndPortUntilAPersonStopsIt() throws Exception {
        lab.done(web("web", EndpointRequest.on("shop"))
                .withPorts(List.of(
                        new PortMapping(null, PortRange.single(8080), PortRange.single(80), Protocol.TCP, List.of())))
                .withSettings(policy(Name.ALWAYS, 0)));
        String address = lab.controller()
                .inspectContainer("web")
                .at("/NetworkSettings/Networks/shop/IPAddress")
                .asText();
        long pid = container("web").pid();

        lab.onHost("kill -KILL " + pid);

        await().untilAsserted(() -> {
            assertThat(container("web").pid()).isNotIn(0L, pid);
            assertThat(lab.onHost("curl -s --max-time 2 http://198.51.100.2:8080/ || :"))
                    .contains("It works!");
        });
        assertThat(container("web").restartCount()).isEqualTo(1);
        assertThat(lab.controller()
                        .inspectContainer("web")
                        .at("/NetworkSettings/Networks/shop/IPAddress")
                        .asText())
                .isEqualTo(address);
        lab.done(new Change.StopContainer("web"));
        lab.done(new Change.UpdateContainer("web", RestartPolicy.NO));
        assertThat(container("web").state()).isEqualTo(Container.State.EXITED);
        assertThat(lab.controller()
                        .inspectContainer("web")
                        .at("/HostConfig/RestartPolicy/Name")
                        .asText())
                .isEqualTo("no");
    }

    @Test
    void aPersonsStopEndsTheWaitingForTheNextStart() throws Exception {
        lab.done(shell("job", "exit 1", "shop").withSettings(policy(Name.UNLESS_STOPPED, 0)));
        awaitState("job", Container.State.RESTARTING);
        assertThat(lab.controller().inspectContainer("job").at("/State/Status").asText())
                .isEqualTo("restarting");

        await().untilAsserted(() -> {
            lab.done(new Change.StopContainer("job"));
            assertThat(container("job").state()).isEqualTo(Container.State.EXITED);
        });
        lab.killHelper();
        lab.up();
        assertThat(container("job").state()).isEqualTo(Container.State.EXITED);
    }

    @Test
    void othersGoOnWhileACommandTakesItsTimeToStop() throws Exception {
        Path go = home.resolve("go");
        lab.done(shell(
                "slow",
                "trap 'until [ -e " + go + " ]; do sleep 0.05; done; exit 5' TERM; echo set; while :; do"
                        + " sleep 0.05; done",
                "shop"));
        await().until(() -> log("slow").contains("set"));

        CompletableFuture<Outcome> stop = CompletableFuture.supplyAsync(
                () -> apply(new Change.StopContainer("slow", new Stopping(Stopping.SIGTERM, 60))));
        lab.done(shell("other", "sleep 600", "shop"));
        lab.done(new Change.Connect("other", EndpointRequest.on("back")));
        assertThat(stop).isNotDone();
        Files.createFile(go);

        RealLab.done(stop.join());
        assertThat(container("slow").exitCode()).isEqualTo(5);
        assertThat(container("other").running()).isTrue();
    }

    private Outcome apply(Change change) {
        try (var controller = lab.connect()) {
            return controller.apply(change);
        } catch (EngineException e) {
            throw new AssertionError(e);
        }
    }

    private String log(String name) throws Exception {
        return new String(
                Base64.getDecoder().decode(lab.controller().log(name, 0).base64()), StandardCharsets.UTF_8);
    }

    @Test
    void whoDoesNotStopInTimeIsKilled() throws Exception {
        lab.done(shell("deaf", "trap : TERM; echo set; while :; do sleep 0.05; done", "shop"));
        await().until(() -> log("deaf").contains("set"));

        lab.done(new Change.StopContainer("deaf", new Stopping(Stopping.SIGTERM, 0)));

        assertThat(container("deaf").exitCode()).isEqualTo(137);
        assertThat(events()).contains("kill 15", "kill 9", "die 137", "stop");
    }

    @Test
    void aSignalThatEndsTheCommandIsWhatThePersonWanted() throws Exception {
        lab.done(shell("job", "trap 'exit 4' USR1; echo set; while :; do sleep 0.05; done", "shop")
                .withSettings(policy(Name.ALWAYS, 0)));
        await().until(() -> log("job").contains("set"));

        assertThat(lab.controller().signal("job", 10)).isEmpty();

        awaitState("job", Container.State.EXITED);
        assertThat(container("job").exitCode()).isEqualTo(4);
        assertThat(lab.controller().signal("job", 10).orElseThrow().sentence())
                .isEqualTo("Cannot kill container: job: Container "
                        + container("job").id() + " is not running");
    }

    @Test
    void aContainerOnTheHostsNetworkIsTheHost() throws Exception {
        lab.done(web("web", EndpointRequest.on("host")));

        await().untilAsserted(() -> assertThat(lab.onHost("curl -s --max-time 2 http://127.0.0.1/ || :"))
                .contains("It works!"));
        assertThat(lab.onHost("ip netns")).doesNotContain("pb-");
        assertThat(lab.controller().apply(new Change.Connect("web", EndpointRequest.on("shop"))))
                .isInstanceOf(Outcome.Refused.class);
        lab.killHelper();
        lab.up();
        assertThat(container("web").running()).isTrue();
        lab.done(new Change.StopContainer("web"));
        assertThat(lab.onHost("curl -s --max-time 2 http://127.0.0.1/ || echo none"))
                .contains("none");
    }

    @Test
    void whoSharesANetworkHasItBackWhenItsOwnerStartsAgain() throws Exception {
        lab.done(web("owner", EndpointRequest.on("shop")));
        lab.done(shell("guest", "sleep 600", "container:owner"));
        String address = inside("owner", "ip -br -4 addr show eth0");
        assertThat(lab.controller()
                        .inspectContainer("guest")
                        .at("/HostConfig/NetworkMode")
                        .asText())
                .isEqualTo("container:" + container("owner").id());
        assertThat(namespace("guest")).isEqualTo(namespace("owner"));

        lab.done(new Change.StopContainer("owner"));

        assertThat(container("guest").running()).isTrue();
        assertThat(inside("guest", "ip -br link")).doesNotContain("eth0");
        lab.killHelper();
        lab.up();
        assertThat(container("guest").running()).isTrue();

        lab.done(new Change.StartContainer("owner"));

        assertThat(inside("guest", "ip -br -4 addr show eth0").split("\\s+")[2]).isEqualTo(address.split("\\s+")[2]);
        lab.done(new Change.RestartContainer("owner", Stopping.IN_TIME));
        assertThat(inside("guest", "curl -s --retry 20 --retry-connrefused --retry-delay 0 http://127.0.0.1/"))
                .contains("It works!");
        assertThat(lab.controller().repair(true)).isEmpty();
    }

    @Test
    void severalNetworksAtOnceAndOneOfThemLeadsOut() throws Exception {
        lab.done(web(
                        "web",
                        EndpointRequest.on("shop").withMac("02:aa:bb:cc:dd:01"),
                        EndpointRequest.on("back").withGatewayPriority(5))
                .withPorts(List.of(
                        new PortMapping(null, PortRange.single(8081), PortRange.single(80), Protocol.TCP, List.of()))));
        String backGateway = lab.controller()
                .inspectContainer("web")
                .at("/NetworkSettings/Networks/back/Gateway")
                .asText();

        assertThat(inside("web", "ip route show default"))
                .contains("via " + backGateway)
                .contains("eth1");
        assertThat(inside("web", "ip -br link show eth0")).contains("02:aa:bb:cc:dd:01");
        String rules = lab.onHost("iptables-save -t nat | grep 8081 | grep DNAT");
        // Neither a name that sorts first nor an equal priority moves what is there.
        lab.done(new Change.Disconnect("shop", "web"));
        lab.done(new Change.Connect("web", EndpointRequest.on("shop").withGatewayPriority(5)));
        assertThat(inside("web", "ip route show default")).contains("via " + backGateway);
        assertThat(lab.onHost("iptables-save -t nat | grep 8081 | grep DNAT")).isEqualTo(rules);

        lab.done(new Change.StopContainer("web"));
        lab.done(new Change.StartContainer("web"));
        assertThat(inside("web", "ip route show default")).contains("via " + backGateway);
        assertThat(lab.onHost("curl -s --retry 20 --retry-connrefused --retry-delay 0 http://198.51.100.2:8081/"))
                .contains("It works!");
    }

    @Test
    void whatIsMadeWithoutAStartWaitsForIt() throws Exception {
        Change.RunContainer run = shell("later", "sleep 600", "shop");
        lab.done(new Change.RunContainer(
                run.name(),
                run.image(),
                run.command(),
                run.networks(),
                run.ports(),
                run.exposed(),
                run.environment(),
                run.labels(),
                run.hostname(),
                run.domainname(),
                run.tty(),
                run.openStdin(),
                run.settings(),
                false));
        assertThat(container("later").state()).isEqualTo(Container.State.CREATED);
        assertThat(lab.onHost("ip netns")).doesNotContain("pb-");

        lab.done(new Change.StartContainer("later"));

        assertThat(inside("later", "ip -br addr")).contains("eth0");
    }

    @Test
    void aNameIsChangedAndTakenBackWithoutTouchingTheCommand() throws Exception {
        lab.done(shell("old", "sleep 600", "shop"));
        long pid = container("old").pid();

        lab.done(new Change.RenameContainer("old", "new"));
        assertThat(container("new").pid()).isEqualTo(pid);
        RealLab.done(lab.controller().undo());

        assertThat(container("old").pid()).isEqualTo(pid);
    }

    @Test
    void oneThatRemovesItselfLeavesNothing() throws Exception {
        lab.done(shell("once", "exit 0", "shop")
                .withSettings(
                        new HostSettings(RestartPolicy.NO, false, true, List.of(), List.of(), List.of(), List.of())));

        await().untilAsserted(() ->
                assertThat(lab.controller().topology().containers()).isEmpty());
        assertThat(events()).contains("create", "connect shop", "start", "die 0", "disconnect shop", "destroy");
    }

    @Test
    void eachChangeIsToldOnceInDockersOrder() throws Exception {
        List<HostEvent> live = new ArrayList<>();
        forget();
        try (AutoCloseable _ = lab.controller().events(live::add, _ -> {})) {
            lab.done(web("web", EndpointRequest.on("shop")));
            lab.done(new Change.Connect("web", EndpointRequest.on("back")));
            lab.done(new Change.Disconnect("back", "web"));
            lab.done(new Change.StopContainer("web"));
            lab.done(new Change.StartContainer("web"));
            lab.done(new Change.RenameContainer("web", "www"));
            lab.done(new Change.RemoveContainer("www", true));
            assertThat(events())
                    .containsExactly(
                            "create",
                            "connect shop",
                            "start",
                            "connect back",
                            "disconnect back",
                            "kill 15",
                            "die 0",
                            "disconnect shop",
                            "stop",
                            "connect shop",
                            "start",
                            "rename",
                            "kill 9",
                            "die 137",
                            "disconnect shop",
                            "destroy");
            await().untilAsserted(() ->
                    assertThat(List.copyOf(live).stream().map(LifeTest::brief)).containsExactlyElementsOf(events()));
        }
    }

    private void forget() throws EngineException {
        told = lab.controller().events().size();
    }

    private List<String> events() throws EngineException {
        return lab.controller().events().stream()
                .skip(told)
                .map(LifeTest::brief)
                .toList();
    }

    private static String brief(HostEvent event) {
        String more =
                event.attributes().getOrDefault("signal", event.attributes().getOrDefault("exitCode", ""));
        String name =
                event.kind() == HostEvent.Kind.NETWORK ? event.attributes().getOrDefault("name", "") : more;
        return (event.action() + " " + name).strip();
    }
}
