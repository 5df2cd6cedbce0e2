package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.status.PlannedStep;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Everything that is done to a real engine, read back with Docker's own client.
class EngineChangesTest extends RealEngineTest {
    @Test
    void everyActionIsDoneAndTakenBack() throws Exception {
        done(Change.CreateNetwork.on("shop", "10.77.0.0/24"));
        done(Change.CreateNetwork.on("more", "10.78.0.0/24"));
        assertThat(done(new Change.RunContainer(
                                "web",
                                IMAGE,
                                List.of(),
                                List.of(
                                        EndpointRequest.on("shop").withAddress("10.77.0.9"),
                                        EndpointRequest.on("more").withAliases(List.of("w"))),
                                List.of(PortMapping.of(null, 8090, 80, Protocol.TCP)),
                                List.of(),
                                List.of("A=b"),
                                Map.of("tier", "front"),
                                "web-host",
                                "",
                                false,
                                false,
                                HostSettings.DEFAULT,
                                true))
                        .output())
                .isEqualTo(engine.docker("inspect", "-f", "{{.Id}}", "web"));
        assertThat(inspected("web", ".NetworkSettings.Networks.shop.IPAddress")).isEqualTo("10.77.0.9");
        assertThat(inspected("web", ".NetworkSettings.Networks.more.Aliases")).contains("w");
        answers("http://198.51.100.2:8090/");

        done(new Change.Disconnect("more", "web"));
        assertThat(inspected("web", ".NetworkSettings.Networks")).doesNotContain("more");
        done(new Change.Connect("web", EndpointRequest.on("more").withAddress("10.78.0.44")));
        assertThat(inspected("web", ".NetworkSettings.Networks.more.IPAddress")).isEqualTo("10.78.0.44");
        done(new Change.RenameContainer("web", "www"));
        done(new Change.UpdateContainer("www", new RestartPolicy(RestartPolicy.Name.ON_FAILURE, 3)));
        assertThat(inspected("www", ".HostConfig.RestartPolicy")).isEqualTo("{on-failure 3}");
        done(new Change.RestartContainer("www", new StopMode(StopMode.SIGTERM, 1)));
        assertThat(inspected("www", ".State.Status")).isEqualTo("running");
        done(new Change.StopContainer("www"));
        assertThat(inspected("www", ".State.Status")).isEqualTo("exited");
        done(new Change.StartContainer("www"));
        done(new Change.StopContainer("www", StopMode.KILL));
        assertThat(inspected("www", ".State.ExitCode")).isEqualTo("137");

        String settings = engine.docker("network", "inspect", "-f", "{{json .IPAM}}", "more");
        for (int undone = 0; undone < 8; undone++) {
            Outcome.Done back = ok(controller.apply(HistoryAction.UNDO));
            assertThat(back.title()).startsWith("undo: docker ");
        }
        assertThat(inspected("web", ".State.Status")).isEqualTo("running");
        assertThat(inspected("web", ".HostConfig.RestartPolicy")).isEqualTo("{no 0}");
        assertThat(inspected("web", ".NetworkSettings.Networks.more.Aliases")).contains("w");
        assertThat(engine.docker("network", "inspect", "-f", "{{json .IPAM}}", "more"))
                .isEqualTo(settings);
        for (int undone = 0; undone < 3; undone++) {
            ok(controller.apply(HistoryAction.UNDO));
        }
        assertThat(engine.docker("ps", "-aq")).isEmpty();
        assertThat(engine.docker("network", "ls", "-qf", "type=custom")).isEmpty();
        assertThat(rules()).isEqualTo(rulesBefore);
        assertThat(controller.apply(HistoryAction.UNDO)).isInstanceOf(Outcome.Refused.class);
        ok(controller.apply(HistoryAction.REDO));
        ok(controller.apply(HistoryAction.REDO));
        ok(controller.apply(HistoryAction.REDO));
        answers("http://198.51.100.2:8090/");
    }

    /// The server in a container that was just started may not listen yet.
    private static void answers(String url) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.onHost("curl -s --max-time 3 " + url)).contains("It works!"));
    }

    @Test
    void aPreviewSaysTheRequestsAndSendsNone() throws Exception {
        Outcome.Done planned = ok(controller.preview(run("web", "bridge", 8090)));

        assertThat(planned.steps().stream().map(PlannedStep::name))
                .containsExactly("create container web", "start container web");
        assertThat(planned.steps().getFirst().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("docker create --name web -p 8090:80 --network bridge httpd:2.4"),
                        line -> assertThat(line)
                                .startsWith("POST /containers/create?name=web {\"Image\":\"httpd:2.4\""));
        assertThat(engine.docker("ps", "-aq")).isEmpty();
    }

    @Test
    void whatFailsHalfwayLeavesNothing() throws Exception {
        done(run("first", "bridge", 8090));

        Refusal refusal = refused(run("second", "bridge", 8090));

        assertThat(refusal.sentence()).contains("port is already allocated");
        assertThat(engine.docker("ps", "-a", "--format", "{{.Names}}")).isEqualTo("first");
    }

    @Test
    void theEnginesSentencesAreTheRefusals() throws Exception {
        done(run("web", "bridge", 8090));
        assertThat(refused(new Change.RemoveContainer("web", false)).sentence())
                .startsWith("You cannot remove a running container");
        assertThat(refused(new Change.RemoveNetwork("bridge")).sentence())
                .isEqualTo("bridge is a pre-defined network and cannot be removed");
        assertThat(refused(Change.CreateNetwork.on("bad", "10.0.0.0/33")).code())
                .startsWith("docker-");
        assertThat(refused(new Change.StartContainer("nobody")).code()).isEqualTo("container-not-found");
        assertThat(refused(new Change.Connect("web", EndpointRequest.on("nowhere")))
                        .code())
                .isEqualTo("network-not-found");
        assertThat(refused(new Change.Publish("web", PortMapping.of(null, 8091, 80, Protocol.TCP)))
                        .advice())
                .contains("publish --recreate");
        assertThat(refused(new Change.RunContainer(
                                "pulled",
                                "nobody/nothing:1",
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Map.of(),
                                null,
                                "",
                                false,
                                false,
                                HostSettings.DEFAULT,
                                true))
                        .sentence())
                .contains("registry");
        assertThat(progress).first().isEqualTo("pull image nobody/nothing:1");
        done(new Change.RemoveContainer("web", true));
        assertThat(controller.apply(HistoryAction.UNDO))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        no -> assertThat(no.refusal().sentence()).contains("files are gone"));
    }

    @Test
    void pruningListsFirstWhatGoes() throws Exception {
        done(Change.CreateNetwork.on("used", "10.77.0.0/24"));
        done(Change.CreateNetwork.on("idle", "10.78.0.0/24"));
        done(run("web", "used", 8090));
        done(run("old", "bridge", 8091));
        done(new Change.StopContainer("old", StopMode.KILL));

        assertThat(ok(controller.preview(new Change.PruneContainers(Map.of())))
                        .steps()
                        .getFirst()
                        .name())
                .isEqualTo("remove stopped containers: old");
        assertThat(done(new Change.PruneNetworks(Map.of())).output()).isEqualTo("idle");
        assertThat(engine.docker("network", "ls", "-f", "type=custom", "--format", "{{.Name}}"))
                .isEqualTo("used");
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(engine.docker("network", "inspect", "-f", "{{(index .IPAM.Config 0).Subnet}}", "idle"))
                .isEqualTo("10.78.0.0/24");
        done(new Change.PruneContainers(Map.of()));
        assertThat(engine.docker("ps", "-a", "--format", "{{.Names}}")).isEqualTo("web");
    }
}
