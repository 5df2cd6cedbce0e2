package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The same beside a Docker that has rules of its own for IPv6, as every one from 27.0 on.
class ExternalPublishIp6tablesTest extends ExternalPublishIpv6Test {
    @BeforeAll
    static void haveDockerGuardIpv6() throws IOException {
        engine.onHost("mount -t tmpfs tmpfs /etc/docker;"
                + " echo '{\"experimental\": true, \"ip6tables\": true}' >/etc/docker/daemon.json");
        engine.stop();
        engine.startAgain();
    }

    @Test
    void dockerDropsWhatItDoesNotPublish() {
        assertThat(engine.onHost("ip6tables -S FORWARD"))
                .contains("-P FORWARD DROP", "-A FORWARD -j DOCKER-ISOLATION-STAGE-1");
    }
}
