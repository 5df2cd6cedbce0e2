package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Message;
import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.core.testing.TestHelper;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.client.StateDirectory;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Packets between the containers of a real engine, traced with the rules that the engine made.
class EngineReachabilityTest extends RealEngineTest {
    private static final String CONNECT = "Connect far to one";

    private static @Nullable Machine machine;

    @BeforeAll
    static void prepareTheHelper() throws Exception {
        machine = engine.machine(directory);
    }

    @AfterAll
    static void endTheHelper() throws EngineException {
        if (machine != null) {
            machine.down();
        }
    }

    @BeforeEach
    void runContainers() {
        engine.docker("network", "create", "one");
        engine.docker("network", "create", "two");
        engine.docker("run", "-d", "--name", "web", "--network", "one", "-p", "8090:80", IMAGE);
        engine.docker("run", "-d", "--name", "near", "--network", "one", IMAGE);
        engine.docker("run", "-d", "--name", "far", "--network", "two", IMAGE);
    }

    @Test
    void aTraceSaysWhatARealPacketDoes() throws Exception {
        try (EngineHost seeing = seeing()) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    trace(seeing, "host", "web:80", true).verdict())
                            .isEqualTo(Verdict.REACHABLE));
            TracedPath published = trace(seeing, "outside", "web:80", false);
            assertThat(published.verdict()).as(published.toString()).isEqualTo(Verdict.REACHABLE);
            assertThat(published.hops()).extracting(Hop::stage).contains(Hop.Stage.TRANSLATION, Hop.Stage.LISTENER);
            assertThat(engine.onHost("ip netns exec outside curl -sS --max-time 60 http://198.51.100.2:8090"))
                    .contains("It works!");

            TracedPath neighbour = trace(seeing, "near", "web:80", true);
            assertThat(neighbour.verdict()).as(neighbour.toString()).isEqualTo(Verdict.REACHABLE);
            assertThat(neighbour.firstProblem()).isNull();

            TracedPath isolated = trace(seeing, "far", "web:80", false);
            assertThat(isolated.verdict()).as(isolated.toString()).isEqualTo(Verdict.BLOCKED);
            assertThat(Objects.requireNonNull(isolated.firstProblem()).rules())
                    .anySatisfy(rule -> assertThat(rule.chain()).startsWith("DOCKER-ISOLATION"));
            assertThat(trace(seeing, "far", "web:80", true).verdict()).isEqualTo(Verdict.BLOCKED);
            assertThat(remedy(isolated)).isEqualTo(CONNECT);
            // Docker 28 drops such a packet here already.
            String direct = "PREROUTING -d $(docker -H " + engine.address()
                    + " inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' web)/32 ! -i br-$(docker"
                    + " -H "
                    + engine.address() + " network inspect -f '{{slice .Id 0 12}}' one) -j DROP";
            engine.onHost("iptables -t raw -A " + direct);
            TracedPath dropped = trace(seeing, "far", "web:80", true);
            assertThat(Objects.requireNonNull(dropped.firstProblem()).rules())
                    .singleElement()
                    .satisfies(rule -> assertThat(rule.table()).isEqualTo("raw"));
            assertThat(remedy(dropped)).isEqualTo(CONNECT);
            assertThat(remedy(trace(seeing, "outside", "far:80", false))).isEqualTo("Publish 80/tcp of far");
            engine.onHost("iptables -t raw -D " + direct + "; nft delete table ip raw");
            String own = "FORWARD -d 198.51.100.1/32 -i br-$(docker -H " + engine.address()
                    + " network inspect -f '{{slice .Id 0 12}}' one) -j DROP";
            engine.onHost("iptables -I " + own);
            assertThat(remedy(trace(seeing, "near", "outside", false)))
                    .startsWith(
                            "A rule of another program stops it. To delete the rule: iptables -t filter -D FORWARD");
            engine.onHost("iptables -D " + own);
            engine.docker("network", "connect", "one", "far");
            assertThat(trace(seeing, "far", "web:80", true).firstProblem()).isNull();
        }
    }

    @Test
    void withoutTheHelperOfItsMachineNothingIsTraced() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> controller.explain(new ReachabilityRequest("near", "web:80", false, false)))
                .withMessageStartingWith("A path can be explained only on the machine that the engine runs on");
    }

    /// Here the engine is on this machine, and the path of the helper's socket is too long.
    @Test
    void whereTheHelperCannotStartTheReasonAndTheRemedyAreSaid() throws Exception {
        Machine withoutHelper = new Machine(
                StateDirectory.ofMachine(directory.resolve("x".repeat(100))),
                TestHelper.command(directory),
                engine.joining());
        try (EngineHost seeing =
                RealEngine.connect(engine.asHost(), new LocalMachineAccess(withoutHelper), progress::add)) {
            needsHelper(() -> seeing.explain(new ReachabilityRequest("near", "web:80", false, false)));
            needsHelper(() -> seeing.repair(true));
            needsHelper(() -> seeing.repair(false));
            assertThat(seeing.addressMap().problems())
                    .extracting(Message::toString)
                    .anyMatch(problem -> problem.startsWith("The routes of this machine are read by its helper")
                            && problem.endsWith(" not known. Set PATCHBAY_HOME to a shorter path."));
        }
    }

    private static void needsHelper(ThrowingCallable request) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(request)
                .withMessageContaining("Patchbay needs its helper for it: The path ")
                .satisfies(refused ->
                        assertThat(refused.refusal().advice()).isEqualTo("Set PATCHBAY_HOME to a shorter path."));
    }

    private static String remedy(TracedPath path) {
        return path.remedy() == null ? "" : path.remedy().text().toString();
    }

    private static TracedPath trace(EngineHost seeing, String from, String to, boolean probe) throws Exception {
        return seeing.explain(new ReachabilityRequest(from, to, false, probe));
    }

    private EngineHost seeing() throws EngineException {
        return RealEngine.connect(
                engine.asHost(), new LocalMachineAccess(Objects.requireNonNull(machine)), progress::add);
    }
}
