package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.RestartPolicy.Name;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// How commands end and come back, on the real kernel: restart policies, stops, signals.
class RestartTest extends ContainerLifecycleLab {
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
        // It runs for a moment each time, in which the one and the other question may find it.
        await().pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(lab.controller()
                                .inspectContainer("job")
                                .at("/State/Status")
                                .asText())
                        .isEqualTo("restarting"));

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
                () -> apply(new Change.StopContainer("slow", new StopMode(StopMode.SIGTERM, 60))));
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

    @Test
    void whoDoesNotStopInTimeIsKilled() throws Exception {
        lab.done(shell("deaf", "trap : TERM; echo set; while :; do sleep 0.05; done", "shop"));
        await().until(() -> log("deaf").contains("set"));

        lab.done(new Change.StopContainer("deaf", new StopMode(StopMode.SIGTERM, 0)));

        assertThat(container("deaf").exitCode()).isEqualTo(137);
        assertThat(events()).contains("kill 15", "kill 9", "die 137", "stop");
    }

    @Test
    void aSignalThatEndsTheCommandIsWhatThePersonWanted() throws Exception {
        lab.done(shell("job", "trap 'exit 4' USR1; echo set; while :; do sleep 0.05; done", "shop")
                .withSettings(policy(Name.ALWAYS, 0)));
        await().until(() -> log("job").contains("set"));

        lab.controller().signal("job", 10);

        awaitState("job", Container.State.EXITED);
        assertThat(container("job").exitCode()).isEqualTo(4);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> lab.controller().signal("job", 10))
                .withMessage("Cannot kill container: job: Container "
                        + container("job").id() + " is not running");
    }
}
