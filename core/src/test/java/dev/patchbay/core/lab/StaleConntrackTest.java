package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.status.PlannedStep;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A UDP client that never pauses keeps the way that it found while the rules were not ours, until a repair.
class StaleConntrackTest {
    private static final String LED_BY_HAND =
            "nat -I PREROUTING -p udp -m udp --dport 6000 -j DNAT --to-destination 172.18.0.2:5353";
    private static final String LET_IN = "filter -I PATCHBAY-USER -p udp -m udp --dport 5353 -j ACCEPT";

    @TempDir
    private static Path home;

    private static RealLab lab;

    @BeforeAll
    static void build() throws Exception {
        lab = new RealLab(home);
        lab.done(Change.CreateNetwork.named("shop"));
        UdpClient.serve(lab, "one", "shop");
    }

    @AfterAll
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void aWayThatNoPortLeadsAnyMoreEndsButNotOneThatSomebodyElseMade() throws Exception {
        lab.onHost("iptables -t " + LED_BY_HAND + "; iptables -t " + LET_IN);
        try (UdpClient client = new UdpClient(lab, home, 4000, 6000)) {
            client.awaitAnswers("one");
            assertThat(lab.controller().repair(true)).isEmpty();

            lab.onHost("iptables -t " + LED_BY_HAND.replace("-I", "-D"));
            client.awaitAnswers("one");
            assertThat(lab.controller().repair(true))
                    .containsExactly(new PlannedStep(
                            "end stray UDP flows",
                            List.of("conntrack -D -p udp --orig-src 198.51.100.1 --orig-dst 198.51.100.2"
                                    + " --orig-port-src 4000 --orig-port-dst 6000")));
            client.awaitAnswers("one");

            lab.controller().repair(false);
            client.awaitAnswers("none");
            assertThat(lab.controller().repair(true)).isEmpty();
        } finally {
            lab.onHost("iptables -t " + LET_IN.replace("-I", "-D"));
        }
    }

    @Test
    void whoSentWhileTheRulesWereGoneFindsThePortAgain() throws Exception {
        lab.done(new Change.Publish("one", PortMapping.of(null, 5353, 5353, Protocol.UDP)));
        lab.onHost("iptables -t nat -F PATCHBAY");
        // Not the port of the other client: an answer to it that came late has a flow of its own, back from 5353.
        try (UdpClient client = new UdpClient(lab, home, 4001, 5353)) {
            client.awaitAnswers("none");
            lab.controller().repair(false);
            client.awaitAnswers("one");
            assertThat(lab.controller().repair(true)).isEmpty();
        }
        lab.done(new Change.Unpublish("one", null, PortRange.single(5353), null, Protocol.UDP));
    }
}
