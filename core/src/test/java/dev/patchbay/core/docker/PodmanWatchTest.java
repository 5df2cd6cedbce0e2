package dev.patchbay.core.docker;

import static dev.patchbay.core.docker.RealEngineTest.IMAGE;
import static dev.patchbay.core.docker.RealEngineTest.PATIENCE;
import static dev.patchbay.core.docker.RealEngineTest.container;
import static dev.patchbay.core.docker.RealEngineTest.network;
import static dev.patchbay.core.docker.RealEngineTest.ok;
import static dev.patchbay.core.docker.RealEngineTest.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.rules.RuleMeaning;
import dev.patchbay.core.rules.RuleOwner;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What becomes of Podman's networks and containers is seen, by its events and in the kernel.
class PodmanWatchTest extends RealPodmanTest {
    @Test
    void aWatchSeesWhatOthersDoAndItsDeath() throws Exception {
        AtomicReference<Topology> seen = new AtomicReference<>();
        AtomicReference<EngineException> lost = new AtomicReference<>();
        try (AutoCloseable _ = controller.watch(seen::set, lost::set)) {
            engine.podman("network", "create", "--subnet", "10.77.0.0/24", "others");
            engine.podman("run", "-d", "--name", "theirs", "--network", "others", IMAGE);
            await().atMost(PATIENCE)
                    .until(() -> seen.get() != null
                            && seen.get().containers().stream().anyMatch(Container::running));
            engine.podman("network", "connect", "podman", "theirs");
            await().atMost(PATIENCE)
                    .until(() -> container(seen.get(), "theirs").endpoints().size() == 2);
            // There is no event of it.
            done(Change.CreateNetwork.on("ours", "10.78.0.0/24"));
            await().atMost(PATIENCE)
                    .until(() -> seen.get().networks().stream()
                            .anyMatch(network -> network.name().equals("ours")));
            engine.podman("rm", "--force", "--time", "0", "theirs");
            await().atMost(PATIENCE).until(() -> seen.get().containers().isEmpty());

            assertThat(controller.events().stream()
                            .filter(event -> Objects.equals(event.attributes().get("name"), "theirs"))
                            .map(event -> event.kind() + " " + event.action())
                            .map(String::toLowerCase))
                    .containsSubsequence(
                            "container create",
                            "container start",
                            "network connect",
                            "container die",
                            "container destroy");
            engine.kill();
            await().atMost(PATIENCE).until(() -> lost.get() != null);
        } finally {
            engine.startAgain();
        }
        await().atMost(PATIENCE)
                .until(() -> network(controller.topology(), "ours").subnet() != null);
    }

    /// Its process is stopped, and keeps its socket open.
    @Test
    void aWatchIsLostBySilenceWithinThreeSeconds() throws Exception {
        AtomicReference<Topology> seen = new AtomicReference<>();
        AtomicReference<EngineException> lost = new AtomicReference<>();
        EngineHistory history = new EngineHistory(null);
        Duration limit = Duration.ofSeconds(3);
        try (EngineHost watching =
                        RealEngine.connect(engine.asHost(), MachineAccess.none(), limit, Map.of(), history, _ -> {});
                AutoCloseable _ = watching.watch(seen::set, lost::set)) {
            await().atMost(PATIENCE).until(() -> seen.get() != null);
            Thread.sleep(limit.plusSeconds(2));
            assertThat(lost).hasNullValue();
            engine.onHost("kill -STOP $(pidof podman)");
            await().atMost(limit.plusSeconds(20)).until(() -> lost.get() != null);
            assertThat(lost.get().kind()).isEqualTo(EngineException.Kind.NOT_RESPONDING);
        } finally {
            engine.onHost("kill -CONT $(pidof podman)");
        }
        assertThat(controller.topology().networks()).isNotEmpty();
    }

    @Test
    void theKernelHasTheBridgesOfWhatRuns() throws Exception {
        Machine machine = engine.machine(directory);
        try (EngineHost seeing = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), _ -> {})) {
            String before = engine.onHost("iptables-save -t nat | grep -c '^-A' || true");
            assertThat(seeing.counters().rules().stream()
                            .filter(rule -> rule.table().equals("nat") && rule.family() == Family.IPV4))
                    .hasSize(Integer.parseInt(before));
            ok(seeing.apply(Change.CreateNetwork.on("shop", "10.77.0.0/24")));
            assertThat(seeing.topology().problems()).isEmpty();
            ok(seeing.apply(run("web", "shop", 8090)));

            Topology seen = seeing.topology();
            Endpoint place = container(seen, "web").endpoints().getFirst();
            assertThat(seeing.counters().rules())
                    .anyMatch(rule -> rule.specification()
                            .contains("--to-destination "
                                    + Addresses.format(Objects.requireNonNull(place.address())
                                            .address()) + ":80"))
                    .allMatch(rule -> RuleMeaning.of(rule, seen).owner() == RuleOwner.PODMAN);
            assertThat(seen.problems()).isEmpty();
            assertThat(seen.host().interfaces())
                    .singleElement()
                    .satisfies(link -> assertThat(link.name()).isEqualTo("eth0"));
            ok(seeing.apply(new Change.Publish("web", PortMapping.of(null, 8091, 80, Protocol.TCP))));
            awaitAnAnswer(8091);
            ok(seeing.apply(HistoryAction.UNDO));
            String bridge = network(seen, "shop").bridge();
            engine.onHost("ip link set " + bridge + " down");
            await().atMost(PATIENCE)
                    .until(() -> !network(seeing.topology(), "shop").bridgeUp());
        } finally {
            machine.down();
        }
    }
}
