package dev.patchbay.engine.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.protocol.KernelChange;
import dev.patchbay.engine.protocol.KernelState;
import dev.patchbay.engine.protocol.LinkChanges;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What somebody does with `ip` is in the picture when the command has ended, just as if all was read.
@ExtendWith(PrivateNamespace.class)
class HostPictureTest {
    private Namespace host;
    private RouteNetlink netlink;
    private HostPicture picture;
    private KernelState state = KernelState.NOTHING;
    private long position;

    @BeforeEach
    void make() throws Exception {
        host = Namespaces.create("host");
        netlink = RouteNetlink.openIn(host);
        picture = Namespaces.inside(host, () -> HostPicture.open(netlink));
        follow();
    }

    @AfterEach
    void delete() throws Exception {
        picture.close();
        netlink.close();
        host.close();
        Namespaces.delete("host");
    }

    @Test
    void followsWhateverIsDone() throws Exception {
        ip("link set lo up");
        for (String line : """
                link add br0 type bridge
                link set br0 up
                addr add 10.1.0.1/24 dev br0
                addr add fd00:1::1/64 dev br0 nodad
                link add ve0 type veth peer name ve1
                link set ve0 master br0 up
                link set ve1 up
                route add default via 10.1.0.254 metric 20
                addr add 10.2.0.1/24 dev ve1
                route add default via 10.2.0.254 metric 10
                route add default via fd00:1::254
                route add 10.9.0.0/16 nexthop via 10.1.0.2 nexthop via 10.2.0.3
                route add blackhole 10.8.0.0/16
                link set ve1 down
                link set ve1 name other mtu 1300 alias mine group 7
                link set other up
                route add 10.9.0.0/16 nexthop via 10.1.0.2 nexthop via 10.2.0.3
                route del 10.9.0.0/16
                addr del 10.1.0.1/24 dev br0
                link set br0 down
                link set br0 up
                link del ve0
                link del br0
                """.lines().toList()) {
            try {
                ip(line);
            } catch (AssertionError refusedByTheKernel) {
                assertThat(line).startsWith("route");
            }
            LinkChanges changes = follow();
            assertThat(changes.changed()).as(line).hasSizeLessThanOrEqualTo(3);
            assertIsWhatThereIs(line);
        }
    }

    @Test
    void theDefaultRouteThatTheKernelPrefersComesFirst() throws Exception {
        for (String link : List.of("br1", "br2")) {
            ip("link add " + link + " type bridge");
            ip("link set " + link + " up");
        }
        ip("addr add 10.1.0.1/24 dev br1");
        ip("addr add 10.2.0.1/24 dev br2");
        ip("route add default via 10.1.0.2 metric 9");
        ip("route add default via 10.2.0.2 metric 3");
        follow();
        assertThat(state.routes()).extracting(KernelState.Route::device).startsWith("br2", "br1");
    }

    @Test
    void aBurstOfChangesIsReadAsAWhole(@TempDir Path directory) throws Exception {
        addMany(directory, 100);
        assertThat(follow().changed()).hasSize(100);
        assertIsWhatThereIs("many links added");
        assertThat(follow().changed()).isEmpty();
        ip("link del group 7");
        assertThat(follow().gone()).hasSize(100);
        assertIsWhatThereIs("many links deleted");
    }

    @Test
    void anyOrderOfChangesSeenAtAnyTimes() throws Exception {
        Random random = new Random(24);
        List<String> done = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String name = "l" + random.nextInt(6);
            String line = switch (random.nextInt(7)) {
                case 0 -> "link add " + name + " type bridge";
                case 1 -> "link del " + name;
                case 2 -> "link set " + name + " up";
                case 3 -> "link set " + name + " down";
                case 4 -> "addr add 10." + random.nextInt(3) + ".0.1/24 dev " + name;
                case 5 -> "addr flush dev " + name;
                default -> "route add 10.99." + random.nextInt(3) + ".0/24 dev " + name;
            };
            Process process = new ProcessBuilder(("ip -n host " + line).split(" "))
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            process.waitFor();
            done.add(line);
            if (random.nextBoolean()) {
                follow();
                assertIsWhatThereIs(String.join("\n", done));
            }
        }
    }

    @Test
    void whoKnowsTooLittleIsToldSo(@TempDir Path directory) throws Exception {
        assertThat(picture.since(position + 1)).isEmpty();
        try (HostPicture forgetful = Namespaces.inside(host, () -> HostPicture.open(netlink, 10))) {
            long early = forgetful.refresh();
            addMany(directory, 12);
            long late = forgetful.refresh();
            ip("link del group 7");
            assertThat(forgetful.since(forgetful.refresh())).isPresent();
            assertThat(forgetful.since(early)).isEmpty();
            assertThat(forgetful.since(late)).isEmpty();
        }
    }

    private static void addMany(Path directory, int count) throws Exception {
        Path batch = directory.resolve("batch");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add("link add d" + i + " group 7 type bridge");
        }
        Files.write(batch, lines);
        Shell.run("ip", "-n", "host", "-batch", batch.toString());
    }

    private LinkChanges follow() throws EngineException {
        long now = picture.refresh();
        LinkChanges changes = picture.since(position).orElseThrow();
        state = state.after(new KernelChange("host", false, changes, KernelState.Transport.USUAL));
        position = now;
        return changes;
    }

    private void assertIsWhatThereIs(String when) throws EngineException {
        assertThat(state.links()).as(when).isEqualTo(netlink.links());
        assertThat(state.routes()).as(when).containsExactlyInAnyOrderElementsOf(netlink.routes());
    }

    private static void ip(String line) throws Exception {
        Shell.run(("ip -n host " + line).split(" "));
    }
}
