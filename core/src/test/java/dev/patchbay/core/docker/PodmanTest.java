package dev.patchbay.core.docker;

import static dev.patchbay.core.docker.RealEngineTest.IMAGE;
import static dev.patchbay.core.docker.RealEngineTest.PATIENCE;
import static dev.patchbay.core.docker.RealEngineTest.container;
import static dev.patchbay.core.docker.RealEngineTest.network;
import static dev.patchbay.core.docker.RealEngineTest.ok;
import static dev.patchbay.core.docker.RealEngineTest.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.net.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What is seen of Podman and done to it is what its own client says.
class PodmanTest extends RealPodmanTest {
    @Test
    void whatItHasIsSeenAsItIs() throws Exception {
        engine.podman("network", "create", "--subnet", "10.77.0.0/24", "--label", "tier=back", "shop");
        engine.podman("network", "create", "--subnet", "10.78.0.0/24", "idle");
        engine.podman("run", "-d", "--name", "web", "--network", "shop", "-p", "8090:80", IMAGE);
        engine.podman("run", "-d", "--name", "beside", "--network", "container:web", IMAGE, "sleep", "1000");
        engine.podman("create", "--name", "plain", "-p", "8091:80", IMAGE);

        Topology seen = controller.topology();

        assertThat(seen.networks().stream().map(Network::name)).containsExactly("bridge", "shop", "idle");
        Network shop = network(seen, "shop");
        assertThat(shop.id() + " " + shop.bridge() + " " + shop.labels() + " " + shop.subnet())
                .isEqualTo(engine.podman(
                        "network",
                        "inspect",
                        "-f",
                        "{{.ID}} {{.NetworkInterface}} {tier={{.Labels.tier}}} {{(index .Subnets 0).Subnet}}",
                        "shop"));
        assertThat(engine.onHost("ip -br link show type bridge")).contains(shop.bridge());
        assertThat(network(seen, "idle").bridge()).isEmpty();

        Container web = container(seen, "web");
        assertThat(web.id().value() + " " + web.state() + " " + web.command())
                .isEqualTo(engine.podman("inspect", "-f", "{{.Id}}", "web") + " RUNNING [httpd-foreground]");
        Endpoint place = Objects.requireNonNull(web.endpointOn(shop.id()));
        assertThat(place.address() + " " + place.mac())
                .isEqualTo(engine.podman(
                        "inspect",
                        "-f",
                        "{{with .NetworkSettings.Networks.shop}}{{.IPAddress}}/{{.IPPrefixLen}} {{.MacAddress}}{{end}}",
                        "web"));
        assertThat(web.ports()).singleElement().satisfies(port -> {
            assertThat(port.hostPorts().first()).isEqualTo(8090);
            assertThat(port.containerPortText()).isEqualTo("80/tcp");
            assertThat(port.inForce()).isTrue();
        });
        Container beside = container(seen, "beside");
        assertThat(beside.command()).containsExactly("sleep", "1000");
        assertThat(beside.networkMode()).isEqualTo("container:" + web.id());
        assertThat(beside.endpoints()).isEmpty();
        assertThat(beside.ports()).isEmpty();
        Container plain = container(seen, "plain");
        assertThat(plain.state()).isEqualTo(Container.State.CREATED);
        assertThat(plain.endpointOn(network(seen, "bridge").id())).isNotNull();
        assertThat(plain.ports())
                .singleElement()
                .satisfies(port -> assertThat(port.inForce()).isFalse());
    }

    @Test
    void inspectIsWhatItSaid() throws Exception {
        done(Change.CreateNetwork.on("shop", "10.77.0.0/24"));
        done(run("web", "shop", 8090));

        assertThat(controller.inspectNetwork("shop")).hasToString(engine.asked("/v1.41/networks/shop"));
        assertThat(controller.inspectNetwork("bridge").get("Id").asText())
                .isEqualTo(engine.podman("network", "inspect", "-f", "{{.ID}}", "podman"));
        assertThat(controller.inspectContainer("web")).hasToString(engine.asked("/v1.41/containers/web/json"));
    }

    @Test
    void everyActionIsDoneAndTakenBack() throws Exception {
        done(Change.CreateNetwork.on("shop", "10.77.0.0/24"));
        done(Change.CreateNetwork.on("more", "10.78.0.0/24"));
        Change.RunContainer web = Change.RunContainer.of(
                        "web",
                        IMAGE,
                        List.of(),
                        List.of(
                                EndpointRequest.on("shop").withAddress("10.77.0.9"),
                                EndpointRequest.on("more").withAliases(List.of("w"))))
                .withPorts(List.of(PortMapping.of(null, 8090, 80, Protocol.TCP)));
        assertThat(done(web).output()).isEqualTo(inspected(".Id"));
        assertThat(inspected(".NetworkSettings.Networks.shop.IPAddress")).isEqualTo("10.77.0.9");
        assertThat(inspected(".NetworkSettings.Networks.more.Aliases")).contains("w");
        awaitAnAnswer(8090);

        done(new Change.Disconnect("more", "web"));
        assertThat(inspected(".NetworkSettings.Networks")).doesNotContain("more");
        done(new Change.Connect("web", EndpointRequest.on("more").withAddress("10.78.0.44")));
        assertThat(inspected(".NetworkSettings.Networks.more.IPAddress")).isEqualTo("10.78.0.44");
        done(new Change.Connect("web", EndpointRequest.on("bridge")));
        assertThat(inspected(".NetworkSettings.Networks.podman.IPAddress")).startsWith("10.88.0.");
        done(new Change.Disconnect("bridge", "web"));
        done(new Change.RestartContainer("web", new StopMode(StopMode.SIGTERM, 1)));
        assertThat(inspected(".State.Status")).isEqualTo("running");
        done(new Change.StopContainer("web", new StopMode(StopMode.SIGTERM, 1)));
        assertThat(inspected(".State.Status")).isEqualTo("exited");
        done(new Change.StartContainer("web"));
        done(new Change.StopContainer("web", StopMode.KILL));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(inspected(".State.ExitCode")).isEqualTo("137"));

        ok(controller.apply(HistoryAction.UNDO));
        // Started and not yet at work it would not hear the stop that comes next.
        awaitAnAnswer(8090);
        for (int undone = 0; undone < 7; undone++) {
            ok(controller.apply(HistoryAction.UNDO));
        }
        assertThat(inspected(".State.Status")).isEqualTo("running");
        assertThat(inspected(".NetworkSettings.Networks.more.Aliases")).contains("w");
        for (int undone = 0; undone < 3; undone++) {
            ok(controller.apply(HistoryAction.UNDO));
        }
        assertThat(engine.podman("ps", "-aq")).isEmpty();
        assertThat(engine.podman("network", "ls", "-q")).isEqualTo("podman");
        ok(controller.apply(HistoryAction.REDO));
        ok(controller.apply(HistoryAction.REDO));
        ok(controller.apply(HistoryAction.REDO));
        awaitAnAnswer(8090);
        done(new Change.RemoveContainer("web", true));
        done(new Change.RemoveNetwork("shop"));
        assertThat(engine.podman("network", "ls", "-q").lines()).containsExactlyInAnyOrder("podman", "more");
    }

    @Test
    void itsSentencesAreTheRefusals() throws Exception {
        done(Change.CreateNetwork.on("shop", "10.77.0.0/24"));
        done(run("web", "shop", 8090));

        assertThat(refused(new Change.RemoveContainer("web", false)).sentence())
                .contains("cannot be removed without force");
        assertThat(refused(run("second", "shop", 8090)).advice()).isEqualTo("Container web publishes it.");
        assertThat(engine.podman("ps", "-a", "--format", "{{.Names}}")).isEqualTo("web");
        assertThat(refused(new Change.RemoveNetwork("shop")).sentence()).contains("network is being used");
        assertThat(engine.podman("network", "ls", "--format", "{{.Name}}").lines())
                .contains("shop");
        assertThat(refused(RecreateTest.publishing("web", "8095:80")).sentence())
                .contains("Podman does not tell everything");
        assertThat(refused(run("third", "nowhere", 8092)).code()).startsWith("docker-");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> controller.signal("nobody", StopMode.SIGKILL))
                .satisfies(refused -> assertThat(refused.refusal().code()).isEqualTo("container-not-found"));
        assertThat(refused(new Change.UpdateContainer("web", new RestartPolicy(RestartPolicy.Name.ALWAYS, 0)))
                        .sentence())
                .isEqualTo("this engine has no request POST /containers/{id}/update");
    }

    @Test
    void aNetworkOfAnyDriverIsMadeShownAndTakenBack() throws Exception {
        engine.onHost("ip link add wire type veth peer wire1 && ip link set wire up && ip link set wire1 up");
        assertThat(controller.networkDrivers()).contains("bridge", "macvlan");
        done(EngineDriversTest.create("near", "macvlan", "10.79.0.0/24", Map.of("parent", "wire")));
        Network near = network(controller.topology(), "near");
        assertThat(near.driver()).hasToString("macvlan");
        assertThat(near.bridge()).isEqualTo("wire");
        assertThat(near.hasBridge()).isFalse();
        assertThat(controller.topology().problems()).isEmpty();
        done(new Change.RemoveNetwork("near"));
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(engine.podman("network", "inspect", "near"))
                .contains("\"driver\": \"macvlan\"", "\"network_interface\": \"wire\"");
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(engine.podman("network", "ls", "-q")).isEqualTo("podman");
        done(EngineDriversTest.create("shut", "bridge", "10.79.0.0/24", Map.of("isolate", "true")));
        done(new Change.RemoveNetwork("shut"));
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(engine.podman("network", "inspect", "shut")).contains("\"isolate\": \"true\"");
        ok(controller.apply(HistoryAction.UNDO));
        for (String driver : List.of("ipvlan", "nosuch")) {
            assertThat(refused(EngineDriversTest.create("x", driver, "10.79.0.0/24", Map.of()))
                            .sentence())
                    .startsWith("unsupported driver " + driver);
        }
        engine.onHost("ip link del wire");
    }

    private static String inspected(String field) {
        return engine.podman("inspect", "-f", "{{" + field + "}}", "web");
    }
}
