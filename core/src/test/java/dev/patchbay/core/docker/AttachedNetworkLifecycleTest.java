package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What became of containers on networks beside their engine: each start finds them again, and nothing outlives them.
class AttachedNetworkLifecycleTest extends AttachedNetworkEngineTest {
    @Test
    void aContainerKeepsItsPlaceThroughRestartsUntilItIsRemoved() throws Exception {
        web("web", "--network", "shop");
        lane("lane", "10.78.0.0/24");
        String empty = everything();
        make(new Change.Connect("web", EndpointRequest.on("lane").withAddress("10.78.0.9")));
        for (int restart = 0; restart < 20; restart++) {
            engine.docker("restart", "-t", "1", "web");
            answers("10.78.0.9");
        }
        engine.docker("stop", "-t", "1", "web");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(everything()).isEqualTo(empty));
        assertThat(container(seeing.topology(), "web").endpoints()).hasSize(2);
        web("late", "--network", "shop");
        make(connect("late", "lane"));
        answers("10.78.0.2");
        engine.docker("start", "web");
        answers("10.78.0.9");

        seeing.close();
        engine.docker("rm", "-f", "web", "late");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(everything()).isEqualTo(empty));
        seeing = seeing();
        make(new Change.RemoveNetwork("lane"));
        assertThat(everything()).isEqualTo(everythingBefore);
        nothingIsRecorded();
    }

    /// A repair finds the new namespace before the records name it.
    @Test
    void aLinkThatARepairHasAttachedStaysWhereItIs() throws Exception {
        web("web", "--network", "shop");
        lane("lane", "10.78.0.0/24");
        make(connect("web", "lane"));
        answers("10.78.0.2");
        follower("STOP");
        engine.docker("restart", "-t", "1", "web");
        String repaired;
        try (HelperSession session = HelperSession.connect(helper())) {
            List<SandboxSpec> recorded = session.state().specs().sandboxes();
            assertThat(session.repair(false)).isNotEmpty();
            repaired = inside("web", "ip -o link show pb0");
            follower("CONT");
            await().untilAsserted(() ->
                    assertThat(session.state().specs().sandboxes()).isNotEqualTo(recorded));
        }
        assertThat(inside("web", "ip -o link show pb0")).isEqualTo(repaired);
        answers("10.78.0.2");
        make(new Change.Disconnect("lane", "web"));
        make(new Change.RemoveNetwork("lane"));
        assertThat(everything()).isEqualTo(everythingBefore);
        nothingIsRecorded();
    }

    @Test
    void engineAndHelperMayDieAndComeBack() throws Exception {
        web("web", "--network", "shop", "--restart", "always");
        lane("lane", "10.78.0.0/24");
        make(connect("web", "lane"));
        answers("10.78.0.2");
        for (boolean killed : List.of(true, false)) {
            if (killed) {
                engine.kill();
            } else {
                engine.stop();
            }
            engine.startAgain();
            answers("10.78.0.2");
        }
        seeing.close();
        machine.down();
        assertThat(reply("", "http://10.78.0.2/")).contains(WORKS);
        engine.docker("restart", "-t", "1", "web");
        seeing = seeing();
        make(Change.CreateNetwork.on("other", "10.79.0.0/24").managedBy(Manager.PATCHBAY));
        assertThat(container(seeing.topology(), "web").endpoints()).hasSize(2);
        answers("10.78.0.2");
        make(new Change.Disconnect("lane", "web"));
        make(new Change.RemoveNetwork("lane"));
        make(new Change.RemoveNetwork("other"));
        // An engine that starts has its networks in another order each time.
        assertThat(everything().lines())
                .containsExactlyInAnyOrderElementsOf(everythingBefore.lines().toList());
    }

    @Test
    void aCableThatIsPulledByHandIsSeenAndMended() throws Exception {
        web("web", "--network", "shop");
        lane("lane", "10.78.0.0/24");
        make(connect("web", "lane"));
        // Whoever follows the engine repairs when it begins, and has begun when it has followed a restart.
        engine.docker("restart", "-t", "1", "web");
        for (String deed : List.of(
                "ip link delete $(ip -o link | grep -oE 'pbv[0-9a-f]{12}')",
                "nsenter -t $(docker -H " + engine.address() + " inspect -f '{{.State.Pid}}' web) -n"
                        + " ip address flush dev pb0")) {
            answers("10.78.0.2");
            engine.onHost(deed);
            assertThat(engine.onHost("curl -s --max-time 1 http://10.78.0.2/ || true"))
                    .isEmpty();
            assertThat(seeing.repair(true)).isNotEmpty();
            assertThat(seeing.repair(false)).isNotEmpty();
            answers("10.78.0.2");
            assertThat(seeing.repair(true)).isEmpty();
        }
        make(new Change.Disconnect("lane", "web"));
        make(new Change.RemoveNetwork("lane"));
        assertThat(everything()).isEqualTo(everythingBefore);
    }

    @Test
    void theContainerInItsPlaceGetsIt() throws Exception {
        web("web", "--network", "shop");
        lane("lane", "10.78.0.0/24");
        make(new Change.Connect("web", EndpointRequest.on("lane").withAddress("10.78.0.9")));
        String first = inspected("web", ".Id");
        make(new Change.Recreate(new Change.Publish("web", PortMapping.of(null, 8080, 80, Protocol.TCP))));
        assertThat(inspected("web", ".Id")).isNotEqualTo(first);
        assertThat(inside("web", "ip -o address show pb0")).contains("10.78.0.9/24");
        answers("10.78.0.9");
        ok(seeing.apply(HistoryAction.UNDO));
        answers("10.78.0.9");
        make(new Change.Disconnect("lane", "web"));
        make(new Change.RemoveNetwork("lane"));
        nothingIsRecorded();
    }
}
