package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Rules and links of Docker that a person changes are a problem on the object that lacks them, until they are back.
class LostRulesTest extends AttachedNetworkEngineTest {
    private static final Path WORDS = Path.of("dockerd.words");
    private static final String SAVE = "iptables-save >/run/saved";
    private static final String RESTORE = "iptables-restore /run/saved";

    private List<Problem> found() throws EngineException {
        return found(seeing.topology());
    }

    private static List<Problem> found(Topology topology) {
        // The rules that are gone are a problem of their own beside what is lost with them.
        List<Problem> lost = topology.problems().stream()
                .filter(problem -> problem.kind() != ProblemKind.ENGINE_RULES_GONE)
                .toList();
        return lost.isEmpty() ? topology.problems() : lost;
    }

    private String bridge(String network) {
        return "br-"
                + engine.docker("network", "inspect", "-f", "{{.Id}}", network).substring(0, 12);
    }

    @Test
    void eachLostEffectIsShownAndGoesWhenTheRuleIsBack() throws Exception {
        seeing.counters();
        engine.docker("network", "create", "--subnet", "10.61.0.0/24", "other");
        web("web", "--network", "shop", "-p", "8090:80");
        web("db", "--network", "other");
        answers(inspected("web", ".NetworkSettings.Networks.shop.IPAddress"));
        String shop = bridge("shop");
        assertThat(found()).isEmpty();
        engine.onHost(SAVE);

        engine.onHost("iptables -t nat -D POSTROUTING -s 10.60.0.0/24 ! -o " + shop + " -j MASQUERADE");
        is(ProblemKind.ENGINE_MASQUERADE_LOST, "shop", "IPv4");
        engine.onHost("iptables -D FORWARD -i " + shop + " ! -o " + shop + " -j ACCEPT");
        has(ProblemKind.ENGINE_FORWARD_LOST, "shop");
        engine.onHost(RESTORE);
        assertThat(found()).isEmpty();

        engine.onHost("iptables -D FORWARD -o " + shop + " -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT");
        is(ProblemKind.ENGINE_FORWARD_LOST, "shop", "IPv4");
        engine.onHost(RESTORE);

        engine.onHost("iptables -F DOCKER");
        is(ProblemKind.ENGINE_PORT_BLOCKED, "80/tcp", "web");
        engine.onHost(RESTORE);

        engine.onHost("iptables -F DOCKER-ISOLATION-STAGE-2");
        assertThat(found())
                .extracting(Problem::kind)
                .containsExactly(ProblemKind.ENGINE_ISOLATION_LOST, ProblemKind.ENGINE_ISOLATION_LOST);
        assertThat(engine.onHost("nsenter -t $(docker -H " + engine.address()
                        + " inspect -f '{{.State.Pid}}' db) -n curl -sS --max-time 60 http://"
                        + engine.docker("inspect", "-f", "{{.NetworkSettings.Networks.shop.IPAddress}}", "web")
                        + "/"))
                .contains(WORKS);
        engine.onHost(RESTORE);

        engine.onHost("iptables -P FORWARD ACCEPT");
        assertThat(found())
                .extracting(Problem::sentence)
                .allMatch(sentence -> sentence.endsWith("which the host dropped before: `iptables -P FORWARD DROP`"))
                .hasSize(2);
        engine.onHost("iptables -P FORWARD DROP");
        assertThat(found()).isEmpty();

        engine.docker("rm", "-f", "web", "db");
        engine.docker("network", "rm", "other");
    }

    /// Docker tells neither the gateway that it chose for a given subnet nor the names of veths, so both are known
    /// from before; where nothing was seen before, a veth is not given to the wrong one of two networks.
    @Test
    void changedLinksAreRecognizedByWhatWasThereBefore() throws Exception {
        seeing.counters();
        engine.docker("network", "create", "--subnet", "10.61.0.0/24", "other");
        web("web", "--network", "shop");
        engine.docker("network", "connect", "other", "web");
        assertThat(found()).isEmpty();
        String shop = bridge("shop");
        String other = bridge("other");
        String ofShop = portOf(shop);
        String ofOther = portOf(other);

        engine.onHost("ip addr del 10.60.0.1/24 dev " + shop);
        assertThat(found())
                .extracting(Problem::sentence)
                .containsExactly("The bridge " + shop + " of network shop lacks the gateway's address 10.60.0.1/24:"
                        + " `ip addr add 10.60.0.1/24 dev " + shop + "`");
        engine.onHost("ip addr add 10.60.0.1/24 dev " + shop);
        assertThat(found()).isEmpty();

        engine.onHost("ip link set " + ofShop + " nomaster; ip link set " + ofOther + " nomaster");
        assertThat(found())
                .extracting(Problem::sentence)
                .containsExactlyInAnyOrder(unplugged(ofShop, "shop", shop), unplugged(ofOther, "other", other));
        try (EngineHost another = seeing()) {
            another.counters();
            assertThat(found(another.topology()))
                    .extracting(Problem::kind)
                    .containsExactly(ProblemKind.ENGINE_CABLE_GONE, ProblemKind.ENGINE_CABLE_GONE);
            engine.onHost("ip link set " + ofOther + " master " + other);
            assertThat(found(another.topology()))
                    .extracting(Problem::sentence)
                    .containsExactly(unplugged(ofShop, "shop", shop));
        }
        engine.onHost("ip link set " + ofShop + " master " + shop);
        assertThat(found()).isEmpty();

        engine.docker("rm", "-f", "web");
        engine.docker("network", "rm", "other");
    }

    private static String unplugged(String veth, String network, String bridge) {
        return "The cable " + veth + " of container web to network " + network + " is not plugged into the bridge "
                + bridge + ": `ip link set " + veth + " master " + bridge + "`";
    }

    private static String portOf(String bridge) {
        return engine.onHost("ip -o link show master " + bridge + " | sed 's/^[0-9]*: //; s/@.*//'");
    }

    private void is(ProblemKind kind, String... words) throws EngineException {
        assertThat(found()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(kind);
            assertThat(problem.words()).startsWith(words);
            assertThat(problem.sentence()).contains("restarting Docker").contains("because live-restore is off");
        });
    }

    private void has(ProblemKind kind, String word) throws EngineException {
        assertThat(found())
                .anyMatch(problem ->
                        problem.kind() == kind && problem.words().getFirst().equals(word));
    }

    /// The remedy is what the sentence says: Docker's restart.
    @Test
    void aFlushIsHeardOfAndMendedByTheRestartOfDocker() throws Exception {
        seeing.counters();
        engine.onHost(SAVE);
        engine.docker("network", "create", "--subnet", "10.61.0.0/24", "other");
        web("web", "--network", "shop", "-p", "8090:80", "--restart", "always");
        web("db", "--network", "other");
        AtomicReference<Topology> newest = new AtomicReference<>(seeing.topology());
        assertThat(found(newest.get())).isEmpty();
        try (AutoCloseable _ = seeing.watch(newest::set, _ -> {}, _ -> {})) {
            engine.onHost("nft flush ruleset");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(found(newest.get()))
                            .extracting(Problem::kind)
                            .contains(
                                    ProblemKind.ENGINE_MASQUERADE_LOST,
                                    ProblemKind.ENGINE_PORT_LOST,
                                    ProblemKind.ENGINE_ISOLATION_LOST));
        }
        engine.stop();
        engine.startAgain();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(engine.docker("ps", "-q")).isNotEmpty();
            assertThat(found())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.ENGINE_PORTS_UNCLOSED));
        });
        // Docker sets the policy only when it switches forwarding on.
        engine.onHost("iptables -P FORWARD DROP");
        assertThat(found()).isEmpty();
        engine.docker("rm", "-f", "web", "db");
        engine.docker("network", "rm", "other");
        engine.onHost(RESTORE);
    }

    /// Docker makes no rules then, and a network may ask for fewer.
    @Test
    void aRuleThatWasNeverThereIsNotLost() throws Exception {
        seeing.counters();
        engine.docker(
                "network",
                "create",
                "-o",
                "com.docker.network.bridge.enable_ip_masquerade=false",
                "--subnet",
                "10.61.0.0/24",
                "plain");
        engine.docker("network", "create", "--internal", "--subnet", "10.62.0.0/24", "inner");
        engine.docker(
                "network",
                "create",
                "-o",
                "com.docker.network.bridge.enable_icc=false",
                "--subnet",
                "10.63.0.0/24",
                "quiet");
        for (String network : List.of("plain", "inner", "quiet")) {
            web("on-" + network, "--network", network);
        }
        // A person's own rule is not a loss.
        engine.onHost("iptables -I DOCKER-USER -s 10.63.0.0/24 -j DROP");
        assertThat(found()).isEmpty();
        engine.onHost("iptables -D DOCKER-USER -s 10.63.0.0/24 -j DROP");
        for (String network : List.of("plain", "inner", "quiet")) {
            engine.docker("rm", "-f", "on-" + network);
            engine.docker("network", "rm", network);
        }
    }

    @Test
    void anEngineWithoutRulesHasLostNone() throws Exception {
        engine.stop();
        Files.writeString(directory.resolve(WORDS), "--iptables=false\n");
        engine.onHost(SAVE + "; nft flush ruleset");
        engine.startAgain();
        try {
            seeing.counters();
            web("web", "--network", "shop");
            assertThat(found()).isEmpty();
            engine.docker("rm", "-f", "web");
        } finally {
            engine.stop();
            Files.delete(directory.resolve(WORDS));
            engine.startAgain();
            engine.onHost(RESTORE);
        }
    }
}
