package dev.patchbay.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.KernelStateDelta;
import dev.patchbay.engine.kernel.LinkChanges;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.netns.Namespace;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What somebody does with `ip` is in the picture when the command has ended, just as if all was read.
@ExtendWith(PrivateNamespace.class)
class LinkCacheTest {
    private Namespace host;
    private RouteNetlink netlink;
    private LinkCache picture;
    private KernelState state = KernelState.EMPTY;
    private long position;

    @BeforeEach
    void make() throws Exception {
        host = Namespaces.create("host");
        netlink = RouteNetlink.openIn(host);
        picture = Namespaces.runInside(host, () -> LinkCache.open(netlink));
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
            // The kernel gives a link its link-local address a moment after it is up.
            await().pollInSameThread().untilAsserted(() -> {
                follow();
                assertIsWhatThereIs(line);
            });
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
        assertThat(picture.changesSince(position + 1)).isEmpty();
        try (LinkCache forgetful = Namespaces.runInside(host, () -> LinkCache.open(netlink, 10, () -> {}))) {
            long early = forgetful.refresh();
            addMany(directory, 12);
            long late = forgetful.refresh();
            ip("link del group 7");
            assertThat(forgetful.changesSince(forgetful.refresh())).isPresent();
            assertThat(forgetful.changesSince(early)).isEmpty();
            assertThat(forgetful.changesSince(late)).isEmpty();
        }
    }

    @Test
    void anIpv4MappedAddressIsOneOfIpv6() throws Exception {
        ip("link set lo up");
        ip("-6 addr add ::ffff:10.9.9.9/128 dev lo");
        ip("-6 route add ::ffff:10.0.0.0/104 dev lo");
        follow();
        assertIsWhatThereIs("mapped");
        assertThat(state.links().getFirst().addresses())
                .extracting(Cidr::toString)
                .contains("127.0.0.1/8", "::1/128", "::ffff:10.9.9.9/128");
        assertThat(state.routes())
                .extracting(route -> route.destination().toString())
                .contains("::ffff:10.0.0.0/104");
        assertThat(picture.unreadable()).isEmpty();
        ip("-6 addr del ::ffff:10.9.9.9/128 dev lo");
        ip("-6 route del ::ffff:10.0.0.0/104 dev lo");
        follow();
        assertIsWhatThereIs("gone");
    }

    @Test
    void aDefaultRouteWithoutGatewayIsOfItsFamily() throws Exception {
        ip("link add br0 type bridge");
        ip("link set br0 up");
        ip("-6 route add default dev br0");
        follow();
        assertThat(state.routes()).singleElement().satisfies(route -> {
            assertThat(route.isDefault()).isTrue();
            assertThat(route.isIpv6()).isTrue();
            assertThat(route.gateway()).isNull();
        });
        ip("route add default dev br0");
        follow();
        assertThat(state.routes())
                .extracting(route -> route.destination().toString())
                .containsExactly("0.0.0.0/0", "::/0");
    }

    /// Each event is followed before the next one comes. All but the second can be read, and name no link.
    @Test
    void anEventThatCannotBeReadHasEverythingReadAgain() throws Exception {
        ip("link add br0 type bridge");
        follow();
        int mtu = 1400;
        for (String message : List.of(
                "pack('LSSLLx16SS', 36, 16, 0, 0, 0, 200, 3)",
                "pack('LSSLL', 1000000, 16, 0, 0, 0)",
                "pack('LSSLLx16', 32, 16, 0, 0, 0)",
                "pack('LSSLLx4lx8', 32, 16, 0, 0, 0, -1)")) {
            List<String> command = new ArrayList<>(List.of("nsenter", "--net=/run/netns/host"));
            command.addAll(List.of(KernelEventsTest.sending(message)));
            Shell.run(command.toArray(String[]::new));
            assertThat(follow().changed()).isEmpty();
            ip("link set br0 mtu " + ++mtu);
            int now = mtu;
            assertThat(follow().changed())
                    .singleElement()
                    .satisfies(changed -> assertThat(changed.link().mtu()).isEqualTo(now));
            assertIsWhatThereIs("after an event that nobody can read");
        }
    }

    /// Something changes during each reading: the call ends all the same, and the next one goes on.
    @Test
    void changesThatKeepComingDoNotKeepAReadingFromEnding() throws Exception {
        ip("link add br0 type bridge");
        ip("link set br0 up");
        AtomicInteger readings = new AtomicInteger();
        AtomicBoolean storm = new AtomicBoolean(true);
        try (RouteNetlink other = RouteNetlink.openIn(host);
                LinkCache busy = Namespaces.runInside(
                        host,
                        () -> LinkCache.open(netlink, 10, () -> {
                            if (storm.get()) {
                                setMtu(other, 1300 + readings.incrementAndGet());
                            }
                        }))) {
            assertTimeoutPreemptively(Duration.ofSeconds(60), busy::refresh);
            assertThat(readings).hasValueBetween(1, 10);
            ip("link add br1 type bridge");
            assertTimeoutPreemptively(Duration.ofSeconds(60), busy::refresh);
            assertThat(busy.changesSince(0).orElseThrow().changed())
                    .extracting(changed -> changed.link().name())
                    .contains("br1");
            storm.set(false);
            long now = busy.refresh();
            assertThat(busy.changesSince(0).orElseThrow().changed())
                    .extracting(LinkChanges.Changed::link)
                    .containsExactlyInAnyOrderElementsOf(netlink.links());
            assertThat(busy.refresh()).isEqualTo(now);
        }
    }

    private static void setMtu(RouteNetlink netlink, int mtu) {
        try {
            netlink.setMtu(Objects.requireNonNull(netlink.link("br0")).index(), mtu);
        } catch (EngineException e) {
            throw new AssertionError(e);
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
        LinkChanges changes = picture.changesSince(position).orElseThrow();
        state = state.apply(new KernelStateDelta("host", false, changes, KernelState.Transport.DEFAULT));
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
