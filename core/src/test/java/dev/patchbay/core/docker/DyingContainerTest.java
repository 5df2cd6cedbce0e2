package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.spec.EndpointSpec;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A container that dies while it is being connected: it is connected or the action is refused in a sentence, and
/// nothing of it is left over. Each round kills it a little later in an action that takes as long as one did before.
class DyingContainerTest extends AttachedNetworkEngineTest {
    private static final int ROUNDS = Boolean.getBoolean("patchbay.long") ? 40 : 9;

    /// One that stays when it is dead, one that is gone then, and one that comes back.
    private static final List<String> KINDS = List.of("--label=kept", "--rm", "--restart=always");

    private static final String LINKS = "ip -o link | sed 's/^[0-9]*: //; s/[:@].*//' | sort";

    private final ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
    private String linksBefore = "";

    @BeforeEach
    void makeTheOtherNetwork() {
        engine.docker("network", "create", "--subnet", "10.61.0.0/24", "other");
    }

    @AfterEach
    void endTheKiller() {
        killer.shutdown();
    }

    @Test
    void onANetworkOfDockers() throws Exception {
        String before = remember();
        long nanos = nanosOf(connect("web", "other"));
        for (int round = 0; round < ROUNDS; round++) {
            String kind = KINDS.get(round % KINDS.size());
            web("web", "--network", "shop", kind);
            boolean connected = connectsWhileItDies("other", nanos * round / ROUNDS);
            if (survives(kind)) {
                assertThat(inspected("web", "json .NetworkSettings.Networks").contains("\"other\""))
                        .isEqualTo(connected);
                answers(inspected("web", ".NetworkSettings.Networks.shop.IPAddress"));
                assertThat(places()).isEqualTo(connected ? 2 : 1);
                if (connected) {
                    answers(inspected("web", ".NetworkSettings.Networks.other.IPAddress"));
                }
                engine.docker("rm", "-f", "web");
            }
            nothingIsLeft(before, 0);
        }
        itIsRefusedAfterTheDeathAndDoneBeforeIt("other");
        nothingIsLeft(before, 0);
    }

    @Test
    void onANetworkBesideIt() throws Exception {
        String untouched = everything();
        // Whoever follows the engine stays for it, and it shows that the engine runs here.
        web("db", "--network", "shop");
        lane("lane", "10.78.0.0/24");
        make(connect("db", "lane"));
        String before = remember();
        long nanos = nanosOf(connect("web", "lane"));
        for (int round = 0; round < ROUNDS; round++) {
            String kind = KINDS.get(round % KINDS.size());
            web("web", "--network", "shop", kind);
            boolean connected = connectsWhileItDies("lane", nanos * round / ROUNDS);
            if (survives(kind)) {
                assertThat(recorded()).hasSize(connected ? 2 : 1);
                answers(inspected("web", ".NetworkSettings.Networks.shop.IPAddress"));
                if (connected) {
                    answers("10.78.0.3");
                }
                assertThat(places()).isEqualTo(connected ? 2 : 1);
                engine.docker("rm", "-f", "web");
            }
            nothingIsLeft(before, 1);
        }
        itIsRefusedAfterTheDeathAndDoneBeforeIt("lane");
        nothingIsLeft(before, 1);
        make(new Change.Disconnect("lane", "db"));
        make(new Change.RemoveNetwork("lane"));
        assertThat(everything()).isEqualTo(untouched);
        nothingIsRecorded();
    }

    /// The two ends of what the rounds try, where only one outcome is right.
    private void itIsRefusedAfterTheDeathAndDoneBeforeIt(String network) throws Exception {
        web("web", "--network", "shop", "--rm");
        engine.onHost("kill -KILL " + inspected("web", ".State.Pid"));
        survives("--rm");
        assertThat(seeing.apply(connect("web", network)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().sentence()).contains("web"));
        web("web", "--network", "shop", "--rm");
        assertThat(seeing.apply(connect("web", network))).isInstanceOf(Outcome.Done.class);
        assertThat(places()).isEqualTo(2);
        engine.onHost("kill -KILL " + inspected("web", ".State.Pid"));
        survives("--rm");
    }

    private String remember() {
        linksBefore = engine.onHost(LINKS);
        return everything();
    }

    /// How long the action takes when nobody dies.
    private long nanosOf(Change change) throws Exception {
        web("web", "--network", "shop");
        long begun = System.nanoTime();
        make(change);
        long nanos = System.nanoTime() - begun;
        engine.docker("rm", "-f", "web");
        return nanos;
    }

    /// Whether it was connected; else that was refused in a sentence.
    private boolean connectsWhileItDies(String network, long nanos) throws Exception {
        String kill = "kill -KILL " + inspected("web", ".State.Pid");
        Future<String> killed = killer.schedule(() -> engine.onHost(kill), nanos, TimeUnit.NANOSECONDS);
        Outcome outcome = seeing.apply(connect("web", network));
        killed.get();
        if (outcome instanceof Outcome.Refused(Refusal refusal)) {
            assertThat(refusal.sentence()).matches("[^\\n]{10,200}");
            return false;
        }
        return true;
    }

    /// After its death, up again by itself or by hand.
    private static boolean survives(String kind) {
        switch (kind) {
            case "--rm" ->
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(engine.docker("ps", "-aq", "-f", "name=web"))
                                .isEmpty());
            case "--restart=always" ->
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(inspected("web", ".RestartCount}} {{.State.Status"))
                                .isEqualTo("1 running"));
            default -> {
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(inspected("web", ".State.Status")).isEqualTo("exited"));
                engine.docker("start", "web");
            }
        }
        return !kind.equals("--rm");
    }

    private int places() throws Exception {
        Container web = container(seeing.topology(), "web");
        return web.endpoints().size();
    }

    private List<EndpointSpec> recorded() throws Exception {
        try (HelperSession records = HelperSession.connect(helper())) {
            return records.state().specs().endpoints();
        }
    }

    /// But for these places of others.
    private void nothingIsLeft(String before, int places) throws Exception {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(everything()).isEqualTo(before);
            assertThat(engine.onHost(LINKS)).isEqualTo(linksBefore);
            assertThat(recorded()).hasSize(places);
            assertThat(seeing.repair(true)).isEmpty();
        });
    }
}
