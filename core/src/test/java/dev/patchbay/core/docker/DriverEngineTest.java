package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.docker.driver.RemoteDriver;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.Machine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// A real engine that has Patchbay for a network driver; each test takes its networks away, and nothing is left.
abstract class DriverEngineTest extends RealEngineTest {
    static final String URL = "http://198.51.100.2:8080";

    Machine machine;
    RemoteDriver driver;

    /// It stays when its last rule has gone.
    @BeforeAll
    static void makeTheRawTable() {
        engine.onHost("iptables -t raw -A OUTPUT -j ACCEPT; iptables -t raw -D OUTPUT -j ACCEPT");
    }

    @BeforeEach
    void serve() throws Exception {
        machine = engine.machine(directory);
        driver = open();
    }

    @AfterEach
    void end() throws Exception {
        try (HelperSession records = HelperSession.connect(helper())) {
            engine.onHost("ids=$(docker -H " + engine.address() + " ps -aq); [ -z \"$ids\" ] || docker -H "
                    + engine.address() + " rm -f $ids; docker -H " + engine.address() + " network prune -f");
            assertThat(records.state().specs().all()).isEmpty();
        }
        assertThat(ourLinks()).isEmpty();
        driver.close();
        assertThat(plugins().resolve("patchbay.sock")).doesNotExist();
        machine.down();
    }

    RemoteDriver open() throws Exception {
        return RemoteDriver.open(plugins(), machine);
    }

    static Path plugins() {
        return engine.onHostPath(RemoteDriver.PLUGINS);
    }

    Path helper() throws Exception {
        return ((HelperStart.Ready) machine.up()).socket();
    }

    static String ourLinks() {
        return engine.onHost("ip -o link | grep -oE '(pb-|pbv|pbc)[0-9a-f]{12}' || true");
    }

    /// The server that a container asks may have been started just now. Names take some seconds: nobody outside
    /// answers.
    static void answers(String container, String url) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.docker("exec", container, "busybox", "wget", "-qO-", url))
                        .contains("It works!"));
    }

    static void answers() {
        for (String from : List.of("", "ip netns exec outside ")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(engine.onHost(from + "curl -sf --max-time 3 " + URL))
                            .contains("It works!"));
        }
    }
}
