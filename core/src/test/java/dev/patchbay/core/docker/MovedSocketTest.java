package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.client.BackgroundProcess;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The engine's socket goes elsewhere, and a link is in its place: what was recorded by the old path is followed.
class MovedSocketTest extends AttachedNetworkEngineTest {
    private static final String URL = "http://198.51.100.2:8090/";

    private BackgroundProcess follower;

    @BeforeEach
    void publish() throws Exception {
        web("web", "--network", "shop");
        make(new Change.Publish("web", PortArgument.mapping("8090:80")));
        follower = machine.follower(engine.address());
        await().atMost(PATIENCE).until(follower::isRunning);
        follower.stop();
        engine.onHost("cd " + directory + "; mv docker.sock moved.sock; ln -s moved.sock docker.sock");
    }

    @AfterEach
    void moveBack() {
        engine.onHost("cd " + directory + "; mv moved.sock docker.sock");
    }

    /// Whoever has the old address answers as well.
    private static void leadsToTheNewAddress() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.onHost("iptables-save -t nat"))
                        .contains("--dport 8090 -j DNAT --to-destination 10.60.0.3:80"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.onHost("ip netns exec outside curl -s --max-time 3 " + URL))
                        .contains(WORKS));
    }

    /// With another address than before.
    private static void restartElsewhere() {
        engine.docker("stop", "-t", "1", "web");
        web("squatter", "--network", "shop");
        engine.docker("start", "web");
        assertThat(inspected("web", ".NetworkSettings.Networks.shop.IPAddress")).isEqualTo("10.60.0.3");
    }

    @Test
    void whatIsRecordedIsFollowedThroughTheLink() throws Exception {
        new LocalMachineAccess(machine).startFollower(engine.address());
        await().atMost(PATIENCE).until(follower::isRunning);
        restartElsewhere();
        leadsToTheNewAddress();

        engine.docker("rm", "-f", "web", "squatter");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(everything()).doesNotContain("PATCHBAY"));
        await().atMost(PATIENCE).until(() -> !follower.isRunning());
        nothingIsRecorded();
    }

    /// By the name that the records have.
    @Test
    void whoeverLooksHasItFollowedAgain() throws Exception {
        try (EngineHost again = seeing()) {
            assertThat(container(again.topology(), "web").ports()).hasSize(1);
            await().atMost(PATIENCE).until(follower::isRunning);
            restartElsewhere();
            leadsToTheNewAddress();
            try (HelperSession records = HelperSession.connect(helper())) {
                assertThat(records.state().specs().externalPublishes())
                        .extracting(ExternalPublishSpec::engine)
                        .containsExactly(engine.address());
            }
        }
        engine.docker("rm", "-f", "web", "squatter");
        await().atMost(PATIENCE).until(() -> !follower.isRunning());
        nothingIsRecorded();
    }
}
