package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules by chance, beside those of the newest Docker: what is derived, and whether a real connection is made.
class EngineRandomRulesTest {
    @TempDir
    static Path directory;

    private static RealEngine engine;
    private static Machine machine;
    private static EngineHost seeing;
    private static EngineRandomRules rules;

    @BeforeAll
    static void start() throws Exception {
        engine = RealEngine.startNewest(directory);
        machine = engine.machine(directory);
        seeing = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), _ -> {});
        rules = new EngineRandomRules(engine, seeing);
    }

    @AfterAll
    static void end() throws Exception {
        if (seeing != null) {
            seeing.close();
        }
        if (machine != null) {
            machine.down();
        }
        if (engine != null) {
            engine.close();
        }
    }

    private static TracedPath explain(String from, String to, boolean probe) throws Exception {
        return seeing.explain(new ReachabilityRequest(from, to, false, probe));
    }

    @Test
    void rulesByChanceDoWhatIsDerived() throws Exception {
        rules.compare("Docker", "DOCKER-USER");
    }

    /// On a network in these gateway modes a peer with a route reaches containers by their addresses.
    @ParameterizedTest
    @ValueSource(strings = {"routed", "nat-unprotected"})
    void aContainerThatIsNotBehindTheHostIsReachedByItsAddress(String mode) throws Exception {
        engine.docker("network", "create", "-o", "com.docker.network.bridge.gateway_mode_ipv4=" + mode, "open");
        engine.docker("run", "-d", "--name", "direct", "--network", "open", "-p", "80", RealEngineTest.IMAGE);
        String subnet = engine.docker("network", "inspect", "-f", "{{range .IPAM.Config}}{{.Subnet}}{{end}}", "open");
        engine.onHost("ip netns exec outside ip route add " + subnet + " via 198.51.100.2");
        await().untilAsserted(() ->
                assertThat(explain("host", "direct:80", true).verdict()).isEqualTo(Verdict.REACHABLE));
        List<String> destinations = mode.equals("routed")
                ? List.of("direct:80", "direct:81", "direct")
                // A published port is asked for at the host there.
                : List.of("direct:81", "direct");
        for (String to : destinations) {
            TracedPath path = explain("outside", to, false);
            String address = Addresses.format(
                    Objects.requireNonNull(path.destination(), path::toString).address());
            assertThat(address)
                    .isEqualTo(engine.docker(
                            "inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", "direct"));
            // What is to come back is waited for as long as the machine takes.
            int seconds = path.verdict() == Verdict.REACHABLE ? 60 : 2;
            String reached = engine.onHost("ip netns exec outside "
                    + (to.equals("direct")
                            ? "busybox ping -c 1 -W " + seconds + " " + address
                            : "curl -s --max-time " + seconds + " http://" + address + to.substring(6))
                    + " >/dev/null && echo yes || echo no");
            assertThat(path.verdict())
                    .as(path.toString())
                    .isEqualTo(reached.equals("yes") ? Verdict.REACHABLE : Verdict.BLOCKED);
        }
        engine.docker("rm", "-f", "direct");
        engine.docker("network", "rm", "open");
        engine.onHost("ip netns exec outside ip route delete " + subnet);
    }

    /// Ports are open on such a network, and what leaves it has the host's address, as on any other.
    @Test
    void lostMasqueradingOfAnUnprotectedNetworkIsAProblem() throws Exception {
        engine.docker("network", "create", "-o", "com.docker.network.bridge.gateway_mode_ipv4=nat-unprotected", "open");
        engine.docker("run", "-d", "--name", "direct", "--network", "open", RealEngineTest.IMAGE);
        String rule = engine.onHost("iptables -t nat -S POSTROUTING | grep ' -s '"
                + engine.docker("network", "inspect", "-f", "{{range .IPAM.Config}}{{.Subnet}}{{end}}", "open")
                + "| grep -v src-type");
        engine.onHost("iptables -t nat " + rule.replaceFirst("-A", "-D"));
        awaitProblems(List.of(ProblemKind.ENGINE_RULES_GONE, ProblemKind.ENGINE_MASQUERADE_LOST));
        engine.onHost("iptables -t nat " + rule);
        awaitProblems(List.of());
        engine.docker("rm", "-f", "direct");
        engine.docker("network", "rm", "open");
    }

    private static void awaitProblems(List<ProblemKind> kinds) {
        await().untilAsserted(() -> assertThat(seeing.topology().problems())
                .extracting(Problem::kind)
                .isEqualTo(kinds));
    }
}
