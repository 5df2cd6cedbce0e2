package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whether a port that Docker publishes is in force is read from the kernel's rules.
class PublishedPortCheckTest extends AttachedNetworkEngineTest {
    private static final Path WORDS = Path.of("dockerd.words");

    private List<PortBinding.RuleState> rules(String name) throws EngineException {
        return container(seeing.topology(), name).ports().stream()
                .map(PortBinding::ruleState)
                .toList();
    }

    private List<String> lost() throws EngineException {
        return seeing.topology().problems().stream()
                .filter(problem -> problem.kind() == ProblemKind.ENGINE_PORT_LOST)
                .map(Problem::sentence)
                .toList();
    }

    /// Without a proxy nothing but these rules carries a port.
    @Test
    void aPortWhoseRulesWereFlushedIsNotInForce() throws Exception {
        seeing.counters();
        web("web", "--network", "shop", "-p", "8090:80", "-p", "127.0.0.1:8091:81/udp", "-p", "8100-8102:90-92");
        assertThat(rules("web")).hasSize(3).containsOnly(PortBinding.RuleState.PRESENT);
        assertThat(lost()).isEmpty();
        engine.onHost("iptables-save -t nat >/run/nat");

        engine.onHost("iptables -t nat -D DOCKER $(iptables -t nat -L DOCKER -n --line-numbers | grep 'dpt:8101 '"
                + " | cut -d' ' -f1)");
        assertThat(lost())
                .containsExactly(
                        "The engine publishes port 8100-8102/tcp for web, and the kernel has no rule that leads"
                                + " there: restarting Docker (`systemctl restart docker`) makes it again, and stops the"
                                + " containers that run (1), because live-restore is off");
        engine.onHost("iptables -t nat -F");
        assertThat(rules("web")).hasSize(3).containsOnly(PortBinding.RuleState.ABSENT);
        assertThat(lost()).hasSize(3);
        assertThat(seeing.topology().driftCoverage()).isEqualTo(Topology.DriftCoverage.ENGINE_RULES);
        assertThat(seeing.repair(true))
                .extracting(PlannedStep::name)
                .containsExactly("put back iptables rules of Docker");

        // A rule of nft counts as one of iptables does, and one that cannot be evaluated may lead anywhere.
        engine.onHost("nft add table ip proxy"
                + " && nft add chain ip proxy lead '{ type nat hook prerouting priority 0; }'");
        assertThat(rules("web")).containsOnly(PortBinding.RuleState.ABSENT);
        String address = engine.docker("inspect", "-f", "{{.NetworkSettings.Networks.shop.IPAddress}}", "web");
        engine.onHost("nft add rule ip proxy lead tcp dport 8090 dnat to " + address + ":80");
        assertThat(rules("web"))
                .containsOnlyOnce(PortBinding.RuleState.PRESENT)
                .containsOnly(PortBinding.RuleState.PRESENT, PortBinding.RuleState.ABSENT);
        engine.onHost("nft add rule ip proxy lead numgen random mod 2 eq 0 dnat to 10.60.0.99");
        assertThat(rules("web")).contains(PortBinding.RuleState.UNKNOWN).doesNotContain(PortBinding.RuleState.ABSENT);
        engine.onHost("nft delete table ip proxy");
        engine.onHost("iptables-restore -T nat /run/nat");
        assertThat(lost()).isEmpty();
        engine.docker("rm", "-f", "web");
    }

    /// Docker's usual setting.
    @Test
    void aPortThatAProxyCarriesIsNeverCalledOutOfForce() throws Exception {
        proxy(true);
        try {
            seeing.counters();
            web("web", "--network", "shop", "-p", "8090:80", "-p", "8091:81");
            assertThat(rules("web")).containsOnly(PortBinding.RuleState.PRESENT);
            engine.onHost("iptables-save -t nat >/run/nat; iptables -t nat -F");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(engine.onHost("curl -s --max-time 3 http://198.51.100.2:8090/"))
                            .contains(WORKS));
            assertThat(rules("web")).containsOnly(PortBinding.RuleState.UNKNOWN);
            assertThat(lost()).isEmpty();
            assertThat(seeing.explain(new ReachabilityRequest("outside", "host:8091", false, false))
                            .hops())
                    .filteredOn(hop -> hop.title().toString().equals("docker-proxy connects to web"))
                    .singleElement()
                    .satisfies(hop -> assertThat(hop.detail()).hasToString("sees client " + clientOfPort81()));
            engine.onHost("iptables-restore -T nat /run/nat");
            engine.docker("rm", "-f", "web");
        } finally {
            proxy(false);
        }
    }

    /// Whom a server in web sees that is asked through the host's port 8091.
    private static String clientOfPort81() {
        String pid = engine.docker("inspect", "-f", "{{.State.Pid}}", "web");
        engine.onHost("nsenter -t " + pid + " -n perl -MIO::Socket::IP -e 'my $s = IO::Socket::IP->new(Listen => 1,"
                + " LocalPort => 81, ReuseAddr => 1) or die; my $c = $s->accept; print $c $c->peerhost'"
                + " >/dev/null 2>&1 </dev/null &");
        await().atMost(PATIENCE)
                .until(() -> engine.onHost("nsenter -t " + pid + " -n ss -Hltn").contains(":81 "));
        return engine.onHost("perl -MIO::Socket::IP -e 'print IO::Socket::IP->new(PeerHost => \"198.51.100.2\","
                + " PeerPort => 8091)->getline'");
    }

    private void proxy(boolean on) throws IOException {
        Path words = directory.resolve(WORDS);
        if (on) {
            Files.writeString(words, "--userland-proxy=true\n");
        } else {
            Files.delete(words);
        }
        engine.stop();
        engine.startAgain();
    }

    /// As for a user who may not start the machine's helper.
    @Test
    void whereTheRulesCannotBeReadNothingIsSaid() throws Exception {
        web("web", "--network", "shop", "-p", "8090:80");
        Topology seen = controller.topology();
        assertThat(seen.driftCoverage()).isEqualTo(Topology.DriftCoverage.NOTHING);
        assertThat(container(seen, "web").ports())
                .singleElement()
                .satisfies(port -> assertThat(port.ruleState()).isEqualTo(PortBinding.RuleState.UNKNOWN));
        engine.docker("rm", "-f", "web");
    }

    /// The rules go before the engine says that the container has stopped, or after: neither is a lost port.
    @Test
    void aContainerThatStopsHasLostNothing() throws Exception {
        seeing.counters();
        for (int turn = 0; turn < 3; turn++) {
            web("web", "--network", "shop", "-p", "8090:80", "--stop-signal", "KILL");
            Thread stop = Thread.ofVirtual().start(() -> engine.docker("stop", "web"));
            while (stop.isAlive()) {
                assertThat(lost()).isEmpty();
            }
            stop.join();
            await().atMost(PATIENCE).until(() -> lost().isEmpty());
            engine.docker("rm", "-f", "web");
        }
    }
}
