package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Topology;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.status.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody deletes the directory of all names of namespaces, and makes it again: names are watched as before.
class NamespaceWatchTest {
    private static final String NAME = "ip netns | grep -o 'pb-[0-9a-f]*'";

    @TempDir
    private Path home;

    private final AtomicReference<Topology> seen = new AtomicReference<>();
    private RealLab lab;
    private AutoCloseable watch;

    @BeforeEach
    void aContainer() throws Exception {
        lab = new RealLab(home);
        lab.done(ContainerLifecycleLab.web("web01"));
        watch = lab.controller().watch(seen::set, _ -> {});
        await().until(() -> seen.get() != null);
    }

    @AfterEach
    void end() throws Exception {
        watch.close();
        lab.close();
    }

    @Test
    void namesAreWatchedInADirectoryThatWasMadeAgain() throws Exception {
        for (int round = 0; round < 2; round++) {
            String name = lab.onHost(NAME).strip();
            lab.onHost("for name in /run/netns/*; do umount -l $name; done; umount -l /run/netns;"
                    + " rm -r /run/netns && mkdir -p /run/netns");
            awaitGone(name);

            lab.controller().repair(false);
            await().until(() -> sentences().isEmpty());
            String again = lab.onHost(NAME).strip();
            assertThat(again).isNotEmpty();
            lab.onHost("ip netns delete " + again);
            awaitGone(again);

            lab.controller().repair(false);
            await().until(() -> sentences().isEmpty());
            assertThat(lab.onHost(NAME)).isNotEmpty();
        }
    }

    private void awaitGone(String name) {
        await().untilAsserted(() -> assertThat(sentences())
                .anySatisfy(sentence -> assertThat(sentence).contains(name).contains("is gone")));
    }

    private List<String> sentences() {
        return seen.get().problems().stream().map(Problem::sentence).toList();
    }
}
