package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.docker.config.DockerHost;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.Specs;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// Docker and Podman on one machine, with one helper, and a controller of each.
abstract class BothEnginesTest extends AttachedNetworkEngineTest {
    private static final String START = """
        podman="/usr/bin/podman --root /run/podman-data --runroot /run/containers --tmpdir /run/libpod \
        --storage-driver vfs --network-config-dir /run/podman-networks --cgroup-manager cgroupfs \
        --events-backend file"
        if mountpoint -q /sys/fs/cgroup/unified; then umount /sys/fs/cgroup/unified; fi
        (exec 9</sys/fs/cgroup; flock -s 9; exec $podman system service --time=0 unix://SOCKET) \
        >/run/podman.log 2>&1 </dev/null &
        echo $! >/run/podman.pid
        until curl -s --unix-socket SOCKET http://podman/_ping >/dev/null; do kill -0 $!; sleep 0.1; done
        tar -C /run/image -c . | $podman import --quiet --change 'CMD ["httpd-foreground"]' --change 'EXPOSE 80' \
        - docker.io/library/httpd:2.4
        $podman run --rm docker.io/library/httpd:2.4 true
        """;

    EngineHost podman;

    private static Path socket() {
        return directory.resolve("podman.sock");
    }

    @BeforeAll
    static void startPodman() {
        RealEngine.needPodman();
        engine.onHost("set -e; " + START.replace("SOCKET", socket().toString()));
        // Podman's chains stay once it has any, and Docker puts its own before them with its next network.
        engine.docker("network", "create", "first");
        engine.docker("network", "rm", "first");
    }

    @AfterAll
    static void endPodman() {
        if (engine == null) {
            return;
        }
        engine.onHost("podman=$(cat /run/podman.pid); kill $podman;"
                + " while readlink /proc/$podman/exe >/dev/null; do sleep 0.1; done;"
                // As build/podman-host does.
                + " flock -n /sys/fs/cgroup find /sys/fs/cgroup -depth -type d -path '*/libpod_parent*' -exec rmdir {}"
                + " + 2>/dev/null || true");
    }

    @BeforeEach
    void connectToPodman() throws EngineException {
        podman = RealEngine.connect(
                new DockerHost("podman", "unix://" + socket(), "test", ""),
                new LocalMachineAccess(machine),
                progress::add);
    }

    @AfterEach
    void leavePodman() {
        podman.close();
        podman("rm --all --force --time 0");
    }

    static String podman(String words) {
        return engine.onHost("podman --remote --url unix://" + socket() + " " + words);
    }

    static String outside(int port) {
        return engine.onHost("ip netns exec outside curl -s --max-time 3 http://198.51.100.2:" + port + "/ || true");
    }

    static void answersOutside(int port) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(outside(port)).contains(WORKS));
    }

    Specs records() throws Exception {
        try (HelperSession records = HelperSession.connect(helper())) {
            return records.state().specs();
        }
    }
}
