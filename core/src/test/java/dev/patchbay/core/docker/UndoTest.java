package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.docker.config.DockerHost;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.HistoryEntry;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.status.ActivityKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Undo and redo act on the very objects of a real engine that an action was about, refuse where somebody has
/// replaced or changed them, and go one at a time.
class UndoTest extends RealEngineTest {
    private static final Change.CreateNetwork SHOP = Change.CreateNetwork.on("shop", "10.77.0.0/24");

    private Refusal refusedUndo() throws EngineException {
        return refusal(controller.apply(HistoryAction.UNDO));
    }

    private static Refusal refusal(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).refusal();
    }

    private String undoable() throws EngineException {
        HistoryEntry entry = controller.topology().undoable();
        return entry == null ? "" : entry.title();
    }

    private static String id(String container) {
        return inspected(container, ".Id");
    }

    @Test
    void aStrangersContainerOfTheSameNameStays() throws Exception {
        done(SHOP);
        done(run("web", "bridge", 8090));
        engine.docker("rm", "-f", "web");
        engine.docker("run", "-d", "--name", "web", IMAGE);
        String stranger = id("web");

        Refusal refusal = refusedUndo();
        assertThat(refusal.code()).isEqualTo("no-longer-fits");
        assertThat(refusal.sentence())
                .startsWith("undo: docker run ")
                .endsWith(": container web is gone; the one with this name now is another");
        assertThat(id("web")).isEqualTo(stranger);
        assertThat(inspected("web", ".State.Running")).isEqualTo("true");

        assertThat(undoable()).as("what can no longer be undone blocks nothing").startsWith("docker network create");
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(engine.docker("network", "ls", "-qf", "type=custom")).isEmpty();
        assertThat(id("web")).isEqualTo(stranger);
    }

    @Test
    void aStrangersContainerIsNotStarted() throws Exception {
        done(run("web", "bridge", 8090));
        done(new Change.StopContainer("web", StopMode.KILL));
        engine.docker("rename", "web", "mine");
        engine.docker("create", "--name", "web", IMAGE);
        assertThat(refusedUndo().sentence()).endsWith(": container web is named mine now");
        assertThat(inspected("web", ".State.Status")).isEqualTo("created");
        assertThat(inspected("mine", ".State.Status")).isEqualTo("exited");
    }

    @Test
    void whatSomebodyChangedSinceStaysAsItIs() throws Exception {
        done(SHOP);
        done(Change.CreateNetwork.on("more", "10.78.0.0/24"));
        done(run("web", "shop", 8090));
        done(new Change.UpdateContainer("web", new RestartPolicy(RestartPolicy.Name.ON_FAILURE, 3)));
        engine.docker("update", "--restart", "always", "web");
        assertThat(refusedUndo().sentence()).endsWith("the restart policy of web has been changed since");
        assertThat(inspected("web", ".HostConfig.RestartPolicy.Name")).isEqualTo("always");

        done(new Change.Connect("web", EndpointRequest.on("more")));
        engine.docker("network", "disconnect", "more", "web");
        engine.docker("network", "connect", "--ip", "10.78.0.77", "more", "web");
        assertThat(refusedUndo().sentence()).endsWith("web has been connected to more in another way since");
        assertThat(inspected("web", ".NetworkSettings.Networks.more.IPAddress")).isEqualTo("10.78.0.77");

        done(new Change.StopContainer("web", StopMode.KILL));
        engine.docker("start", "web");
        assertThat(refusedUndo().sentence()).endsWith("web runs again");

        engine.docker("network", "disconnect", "more", "web");
        engine.docker("update", "--restart", "no", "web");
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(engine.docker("ps", "-aq"))
                .as("web was the one that was run")
                .isEmpty();
        engine.docker("network", "rm", "shop");
        engine.docker("network", "create", "--subnet", "10.79.0.0/24", "shop");
        assertThat(refusal(controller.apply(HistoryAction.REDO)).sentence())
                .endsWith("network shop is gone; the one with this name now is another");
        assertThat(engine.docker("ps", "-aq")).isEmpty();
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(refusedUndo().sentence()).contains("network shop is gone");
        assertThat(engine.docker("network", "inspect", "-f", "{{(index .IPAM.Config 0).Subnet}}", "shop"))
                .isEqualTo("10.79.0.0/24");
        assertThat(undoable()).isEmpty();
    }

    /// Somebody relies on a container that they connected, moved or keep running.
    @Test
    void aContainerThatSomebodyChangedIsNotRemovedByTheUndoOfItsRun() throws Exception {
        done(Change.CreateNetwork.on("more", "10.78.0.0/24"));
        done(run("web", "bridge", 8090));
        engine.docker("network", "connect", "more", "web");
        Refusal refusal = refusedUndo();
        assertThat(refusal.code()).isEqualTo("no-longer-fits");
        assertThat(refusal.sentence()).endsWith("web has been connected to more since");
        assertThat(inspected("web", ".State.Running")).isEqualTo("true");
        assertThat(undoable()).startsWith("docker network create");

        done(run("moved", "more", 8091));
        engine.docker("network", "disconnect", "more", "moved");
        assertThat(refusedUndo().sentence()).endsWith("moved is no longer on more");
        done(run("kept", "more", 8092));
        engine.docker("update", "--restart", "always", "kept");
        assertThat(refusedUndo().sentence()).endsWith("the restart policy of kept has been changed since");
        assertThat(engine.docker("ps", "--format", "{{.Names}}").lines())
                .containsExactlyInAnyOrder("web", "moved", "kept");
        done(run("exited", "more", 8093));
        engine.docker("kill", "exited");
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(engine.docker("ps", "-a", "--format", "{{.Names}}").lines()).doesNotContain("exited");
    }

    /// What is removed and made again has another id, and stays what earlier actions were about.
    @Test
    void whatWasMadeAgainIsUndoneFurther() throws Exception {
        done(SHOP);
        done(run("web", "bridge", 8090));
        done(new Change.Connect("web", EndpointRequest.on("shop").withAddress("10.77.0.9")));
        done(new Change.Disconnect("shop", "web"));
        done(new Change.RemoveNetwork("shop"));
        String before = id("web");
        ok(controller.apply(HistoryAction.UNDO));
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(inspected("web", ".NetworkSettings.Networks.shop.IPAddress")).isEqualTo("10.77.0.9");
        ok(controller.apply(HistoryAction.UNDO));
        ok(controller.apply(HistoryAction.UNDO));
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(engine.docker("ps", "-aq")).isEmpty();
        assertThat(engine.docker("network", "ls", "-qf", "type=custom")).isEmpty();
        for (int again = 0; again < 5; again++) {
            ok(controller.apply(HistoryAction.REDO));
        }
        assertThat(id("web")).isNotEqualTo(before);
        ok(controller.apply(HistoryAction.UNDO));
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(inspected("web", ".NetworkSettings.Networks.shop.IPAddress")).isEqualTo("10.77.0.9");
    }

    @Test
    void whatCannotBeUndoneIsPassedOver() throws Exception {
        done(SHOP);
        done(run("web", "bridge", 8090));
        done(new Change.RenameContainer("web", "www"));
        engine.docker("create", "--name", "other", IMAGE);
        done(new Change.RemoveContainer("www", true));
        assertThat(controller.topology().activity().getLast().kind()).isEqualTo(ActivityKind.FINAL);
        assertThat(undoable()).as("nothing of the removed container").startsWith("docker network create");
        done(new Change.RemoveContainer("other", false));
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(engine.docker("network", "ls", "-qf", "type=custom")).isEmpty();
        assertThat(undoable()).isEmpty();
        ok(controller.apply(HistoryAction.REDO));
        assertThat(engine.docker("network", "ls", "-f", "type=custom", "--format", "{{.Name}}"))
                .isEqualTo("shop");
    }

    @Test
    void anonymousVolumesGoWithWhatIsTakenBack() throws Exception {
        engine.docker("create", "--name", "seed", IMAGE);
        engine.docker("commit", "--change", "VOLUME /data", "seed", "kept:1");
        engine.docker("rm", "seed");
        engine.docker("volume", "create", "named");
        done(Change.RunContainer.of("web", "kept:1", List.of(), List.of()));
        assertThat(engine.docker("volume", "ls", "-q").lines()).hasSize(2);
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(engine.docker("volume", "ls", "-q")).isEqualTo("named");

        engine.docker("run", "-d", "--name", "first", "-p", "8090:80", IMAGE);
        assertThat(controller.apply(new Change.RunContainer(
                        "web",
                        "kept:1",
                        List.of(),
                        List.of(),
                        run("web", "bridge", 8090).ports(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        null,
                        "",
                        false,
                        false,
                        HostSettings.DEFAULT,
                        true)))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(engine.docker("volume", "ls", "-q")).isEqualTo("named");
        engine.docker("volume", "rm", "named");
        engine.docker("rmi", "kept:1");
    }

    @Test
    void aNetworkOfAConfigurationIsMadeAgainFromIt() throws Exception {
        engine.docker("network", "create", "--config-only", "--subnet", "10.77.0.0/24", "--label", "a=b", "conf");
        engine.docker("network", "create", "--config-from", "conf", "shop");
        String format = "{{.ConfigFrom.Network}} {{(index .IPAM.Config 0).Subnet}} {{.Labels}}";
        String before = engine.docker("network", "inspect", "-f", format, "shop");
        assertThat(before).startsWith("conf 10.77.0.0/24");
        done(new Change.RemoveNetwork("shop"));
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(engine.docker("network", "inspect", "-f", format, "shop")).isEqualTo(before);
        engine.docker("network", "rm", "shop");
        engine.docker("network", "rm", "conf");
    }

    /// Both know the history by its file alone.
    @Test
    void aWindowShowsAndUndoesWhatACommandDid() throws Exception {
        Path file = directory.resolve("history/engine.jsonl");
        AtomicReference<Topology> seen = new AtomicReference<>();
        try (EngineHost window =
                        RealEngine.connect(engine.asHost(), MachineAccess.none(), new EngineHistory(file), _ -> {});
                AutoCloseable _ = window.watch(seen::set, _ -> {});
                EngineHost command =
                        RealEngine.connect(engine.asHost(), MachineAccess.none(), new EngineHistory(file), _ -> {})) {
            ok(command.apply(SHOP));
            await().atMost(PATIENCE)
                    .until(() -> seen.get() instanceof Topology topology
                            && topology.undoable() instanceof HistoryEntry entry
                            && entry.title().startsWith("docker network create"));
            ok(window.apply(HistoryAction.UNDO));
            assertThat(engine.docker("network", "ls", "-qf", "type=custom")).isEmpty();
            assertThat(command.topology().undoable()).isNull();
            ok(command.apply(HistoryAction.REDO));
        }
    }

    /// Whoever presses keys while something takes long may mean what was done before it, or what is being done.
    @Test
    void nothingIsUndoneWhileSomethingIsUnderWay() throws Exception {
        String deaf = "busybox rm -f /tmp/go; trap '' TERM; while [ ! -e /tmp/go ]; do sleep 0.1; done";
        engine.docker("run", "-d", "--name", "slow", IMAGE, "sh", "-c", deaf);
        done(SHOP);
        CompletableFuture<Outcome> stop = CompletableFuture.supplyAsync(() -> {
            try {
                return controller.apply(new Change.StopContainer("slow", new StopMode(StopMode.SIGTERM, 300)));
            } catch (EngineException e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                engine.docker("events", "--since", "60s", "--until", "0s", "--filter", "event=kill"))
                        .contains("name=slow"));
        for (int pressed = 0; pressed < 3; pressed++) {
            Refusal refusal = refusedUndo();
            assertThat(refusal.code()).isEqualTo("under-way");
            assertThat(refusal.sentence()).contains("docker stop");
        }
        assertThat(stop).isNotDone();
        engine.docker("exec", "slow", "sh", "-c", "echo >/tmp/go");
        ok(stop.get(60, TimeUnit.SECONDS));
        assertThat(engine.docker("network", "ls", "-qf", "type=custom")).isNotEmpty();
        assertThat(controller.topology().activity())
                .extracting(HistoryEntry::kind)
                .containsExactly(ActivityKind.ACTION, ActivityKind.ACTION);
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(inspected("slow", ".State.Running")).isEqualTo("true");
    }

    @Test
    void aRollbackThatLosesTheEngineSaysWhatWasRefusedAndWhatIsLeft() throws Exception {
        done(run("first", "bridge", 8090));
        Path real = Path.of(engine.address().substring("unix://".length()));
        try (ForwardedSocket way = new ForwardedSocket(directory.resolve("way.sock"), real, "DELETE ");
                EngineHost cut = RealEngine.connect(new DockerHost("cut", way.address(), "test", ""), progress::add)) {
            EngineException lost =
                    catchThrowableOfType(EngineException.class, () -> cut.apply(run("second", "bridge", 8090)));
            assertThat(lost.reason())
                    .contains("port is already allocated", "did not remove container second", ". Meanwhile: ");
        }
        assertThat(engine.docker("ps", "-a", "--format", "{{.Names}}").lines())
                .containsExactlyInAnyOrder("first", "second");
    }
}
