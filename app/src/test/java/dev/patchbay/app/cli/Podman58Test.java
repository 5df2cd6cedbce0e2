package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.differential.EngineVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Podman58Test extends NewestReleaseTest {
    Podman58Test() {
        super(EngineVersion.PODMAN_5_8);
    }

    /// Podman tells 0.0.0.0 of all three, and translates IPv6 for the first alone.
    @Test
    void explainSaysWhichPortAnswersOverIpv6() {
        done("network create --ipv6 --subnet 10.74.0.0/24 --subnet fd00:74::/64 both");
        done("network create --subnet 10.75.0.0/24 single");
        done("run -d --name two --network both -p 8090:80 " + IMAGE);
        done("run -d --name one --network both -p 0.0.0.0:8091:80 " + IMAGE);
        done("run -d --name none --network single -p 8092:80 " + IMAGE);
        answers(8090);
        answers(8091);
        answers(8092);
        // An IPv6 address answers once the kernel has found no other host with it.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(isAnswered(8090)).isTrue());
        for (Map.Entry<String, Integer> port :
                Map.of("two", 8090, "one", 8091, "none", 8092).entrySet()) {
            boolean answered = isAnswered(port.getValue());
            assertThat(answered).as(port.toString()).isEqualTo(port.getKey().equals("two"));
            CliResult explained = typed("explain", "-6", "outside", port.getKey() + ":80");
            assertThat(explained.out().lines().findFirst().orElse(""))
                    .as(explained.out())
                    .endsWith(answered ? "reachable" : "blocked");
        }
        done("rm -f two one none");
        done("network rm both single");
    }

    private boolean isAnswered(int port) {
        return engine.outside("curl -s --max-time 10 http://[2001:db8::2]:" + port + "/ || true")
                .out()
                .contains("It works!");
    }
}
