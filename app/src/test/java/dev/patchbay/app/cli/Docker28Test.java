package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.differential.EngineVersion;
import dev.patchbay.core.docker.driver.RemoteDriver;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class Docker28Test extends NewestReleaseTest {
    Docker28Test() {
        super(EngineVersion.DOCKER_28);
    }

    /// Docker does not tell the host ports that another network driver than its own publishes.
    @Test
    void aPortOnANetworkOfPatchbaysDriverIsShownWithItsHostPort() throws Exception {
        Path plugins = engine.onHostPath(RemoteDriver.PLUGINS);
        try (RemoteDriver _ = RemoteDriver.open(plugins, machine)) {
            engine.docker("network", "create", "-d", "patchbay", "--subnet", "10.77.0.0/24", "shop");
            done("run -d --name web --network shop -p 8093:80 -p 8094-8095:81-82 -p 53:53/udp " + IMAGE);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(fromOutside(8093)).contains(WORKS));

            assertThat(done("ps --format {{.Ports}}"))
                    .isEqualTo("0.0.0.0:53->53/udp, 0.0.0.0:8093->80/tcp, 0.0.0.0:8094->81/tcp, 0.0.0.0:8095->82/tcp");
            assertThat(done("port web 80/tcp")).isEqualTo("0.0.0.0:8093");

            done("rm -f web");
            engine.docker("network", "rm", "shop");
        }
    }

    @Test
    void goneRulesAreBackWordForWord() {
        goneRulesOfDockerAreBackWordForWord("--ipv6 --subnet fd00:79::/64 ");
    }
}
