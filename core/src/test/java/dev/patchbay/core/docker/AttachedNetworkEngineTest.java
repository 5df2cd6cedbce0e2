package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.BackgroundProcess;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.Machine;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// A real engine with a helper of its host, and networks that Patchbay manages beside it.
abstract class AttachedNetworkEngineTest extends RealEngineTest {
    static final String WORKS = "It works!";

    private final EngineHistory history = new EngineHistory(null);
    Machine machine;
    EngineHost seeing;
    String everythingBefore;

    /// It stays when its last rule has gone.
    @BeforeAll
    static void makeTheRawTable() {
        engine.onHost("for i in iptables ip6tables; do $i -t raw -A OUTPUT -j ACCEPT; $i -t raw -D OUTPUT -j ACCEPT;"
                + " done");
    }

    @BeforeEach
    void connectWithTheHelper() throws Exception {
        machine = engine.machine(directory);
        engine.docker("network", "create", "--subnet", "10.60.0.0/24", "shop");
        everythingBefore = everything();
        seeing = seeing();
    }

    EngineHost seeing() throws EngineException {
        return RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), history, progress::add);
    }

    @AfterEach
    void endTheHelper() throws EngineException {
        for (Network left : seeing.topology().networks()) {
            if (left.attached()) {
                engine.onHost("docker -H " + engine.address() + " rm -f web db late alone || true");
                make(new Change.RemoveNetwork(left.name()));
            }
        }
        seeing.close();
        machine.down();
    }

    /// Rules of both families, and every link that is ours.
    static String everything() {
        return engine.onHost(RealEngine.RULES + "; ip -o link | grep -oE '(pb-|pbv)[0-9a-f]{12}' || true");
    }

    static void web(String name, String... options) {
        engine.onHost("docker -H " + engine.address() + " run -d --name " + name + " " + String.join(" ", options) + " "
                + IMAGE);
    }

    Outcome.Done make(Change change) throws EngineException {
        return ok(seeing.apply(change));
    }

    /// A container that runs shows that the engine runs here; where there is none, one does for a moment.
    void lane(String name, String subnet) throws EngineException {
        boolean alone = engine.docker("ps", "-q").isEmpty();
        if (alone) {
            web("shows-where", "--network", "bridge");
        }
        make(Change.CreateNetwork.on(name, subnet).managedBy(Manager.PATCHBAY));
        if (alone) {
            engine.docker("rm", "-f", "shows-where");
        }
    }

    static Change connect(String container, String network) {
        return new Change.Connect(container, EndpointRequest.on(network));
    }

    static void answers(String address) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.onHost("curl -s --max-time 2 http://" + address + "/ || true"))
                        .contains(WORKS));
    }

    static String inside(String container, String command) {
        return engine.onHost("nsenter -t $(docker -H " + engine.address() + " inspect -f '{{.State.Pid}}' " + container
                + ") -n " + command);
    }

    Refusal refusal(Change change) throws EngineException {
        Outcome outcome = seeing.apply(change);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).refusal();
    }

    /// It has just been started, maybe.
    void follower(String signal) throws Exception {
        BackgroundProcess follower = machine.follower(engine.address());
        // Its record exists for a moment before it names the process, and a signal to 0 is one to this process.
        await().atMost(PATIENCE).until(follower::isRunning);
        long pid = new ObjectMapper()
                .readTree(follower.file(".json").toFile())
                .path("pid")
                .asLong();
        assertThat(pid).isPositive();
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    Path helper() throws EngineException {
        return ((HelperStart.Ready) machine.up()).socket();
    }

    void nothingIsRecorded() throws Exception {
        try (HelperSession records = HelperSession.connect(helper())) {
            assertThat(records.state().specs().all()).isEmpty();
        }
    }
}
