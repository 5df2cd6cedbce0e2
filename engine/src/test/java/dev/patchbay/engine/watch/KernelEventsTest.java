package dev.patchbay.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.testing.Descriptors;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PrivateNamespace.class)
class KernelEventsTest {
    private final Set<KernelAspect> seen = ConcurrentHashMap.newKeySet();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    @Test
    void tellsWhatOthersChange() throws Exception {
        try (KernelEvents _ = open(news -> seen.addAll(news.aspects()))) {
            Shell.run("ip", "link", "add", "br0", "type", "bridge");
            await().until(() -> seen.contains(KernelAspect.LINKS));
            assertThat(seen).containsExactly(KernelAspect.LINKS);

            Shell.run("ip", "addr", "add", "10.1.0.1/24", "dev", "br0");
            await().until(() -> seen.contains(KernelAspect.ADDRESSES));
            Shell.run("ip", "link", "set", "br0", "up");
            Shell.run("ip", "route", "add", "10.2.0.0/16", "via", "10.1.0.2");
            await().until(() -> seen.contains(KernelAspect.ROUTES));

            seen.clear();
            Shell.run("ip", "link", "delete", "br0");
            await().until(() -> seen.containsAll(EnumSet.of(KernelAspect.LINKS, KernelAspect.ADDRESSES)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding"})
    void tellsOfForwardingOfTheHostAndNotOfSettingsOfALink(String setting) throws Exception {
        Shell.run("ip", "link", "add", "br0", "type", "bridge");
        try (KernelEvents _ = open(news -> seen.addAll(news.aspects()))) {
            Shell.run("sysctl", "-q", "-w", "net.ipv4.conf.br0.forwarding=1", "net.ipv4.conf.br0.forwarding=0");
            Shell.run("ip", "link", "delete", "br0");
            await().until(() -> seen.contains(KernelAspect.LINKS));
            assertThat(seen).doesNotContain(KernelAspect.FORWARDING, KernelAspect.RULES);

            Shell.run("sysctl", "-q", "-w", setting + "=1");
            await().until(() -> seen.contains(KernelAspect.FORWARDING));
            seen.clear();
            Shell.run("sysctl", "-q", "-w", setting + "=0");
            await().until(() -> seen.contains(KernelAspect.FORWARDING));
        }
    }

    @Test
    void tellsOfRulesMadeByHand() throws Exception {
        PrivateNamespace.require(Shell.run("iptables", "-V").contains("nf_tables"), "iptables on nf_tables");
        try (KernelEvents _ = open(news -> seen.addAll(news.aspects()))) {
            Shell.run("iptables", "-A", "FORWARD", "-j", "ACCEPT");
            await().until(() -> seen.contains(KernelAspect.RULES));
            seen.clear();
            Shell.run("iptables", "-D", "FORWARD", "-j", "ACCEPT");
            await().until(() -> seen.contains(KernelAspect.RULES));
            assertThat(seen).containsExactly(KernelAspect.RULES);
        }
    }

    @Test
    void lostEventsCountAsEverything() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (KernelEvents _ = open(changed -> {
                    seen.addAll(changed.aspects());
                    blocked.countDown();
                    awaitQuietly(release);
                });
                RouteNetlink netlink = RouteNetlink.open()) {
            int index = netlink.createBridge("br0", null, 0, "", 0);
            netlink.setUp(index); // a link that is down changes its group without an event
            blocked.await();
            try {
                for (int i = 0; i < 2000; i++) {
                    netlink.setGroup(index, 1 + i);
                }
                assertThat(seen).contains(KernelAspect.LINKS).doesNotContain(KernelAspect.RULES);
            } finally {
                release.countDown();
            }
            await().until(() -> seen.equals(EnumSet.allOf(KernelAspect.class)));

            seen.clear();
            netlink.deleteLink("br0");
            await().until(() -> seen.contains(KernelAspect.LINKS));
        }
    }

    /// Whoever may administer the network may send to its groups, too; the kernel itself sends nothing of the kind.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pack('LSSLL', 16, 16, 0, 0, 0)",
                "pack('LSSLLx16SS', 36, 16, 0, 0, 0, 200, 3)",
                "pack('LSSLLCCCCLSSx16x4', 48, 20, 0, 0, 0, 2, 24, 0, 0, 1, 24, 1)",
                "pack('LSSLL', 1000000, 16, 0, 0, 0)",
                "'x' x 70000"
            })
    void anEventThatCannotBeReadIsNewsOfEverything(String message) throws Exception {
        try (KernelEvents _ = open(news -> seen.addAll(news.aspects()))) {
            Shell.run(sending(message));
            await().until(() -> seen.equals(EnumSet.allOf(KernelAspect.class)));
            seen.clear();
            Shell.run("ip", "link", "add", "br0", "type", "bridge");
            await().until(() -> seen.contains(KernelAspect.LINKS));
            Shell.run("ip", "link", "delete", "br0");
        }
        assertThat(failures).isEmpty();
    }

    /// The command that sends to the group of links.
    static String[] sending(String message) {
        return new String[] {"perl", "-e", """
                socket(my $s, 16, 3, 0) or die $!;
                setsockopt($s, 1, 32, pack('l', 1 << 20));
                send($s, %s, 0, pack('SSLL', 16, 0, 0, 1)) or die $!;
                """.formatted(message)};
    }

    @Test
    void socketsThatFailAreOpenedAnew() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Logger log = Logger.getLogger(WatchLoop.class.getName());
        log.setLevel(Level.OFF); // the failure is the test's own
        try (KernelEvents _ = open(changed -> {
            seen.addAll(changed.aspects());
            if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("the listener of this test fails on purpose");
            }
        })) {
            Shell.run("ip", "link", "add", "br0", "type", "bridge");
            await().until(() -> seen.equals(EnumSet.allOf(KernelAspect.class)));
            await().untilAsserted(() ->
                    assertThat(failures).containsExactly("the listener of this test fails on purpose", "works again"));
            seen.clear();
            Shell.run("ip", "link", "delete", "br0");
            await().until(() -> seen.contains(KernelAspect.LINKS));
        }
        log.setLevel(null);
    }

    private KernelEvents open(Consumer<KernelEventBatch> listener) throws EngineException {
        return KernelEvents.open(
                listener,
                failure -> failures.add(failure.map(Exception::getMessage).orElse("works again")));
    }

    @Test
    void aListenersFailureDoesNotEndTheWatching() throws Exception {
        Logger log = Logger.getLogger(WatchLoop.class.getName());
        log.setLevel(Level.OFF); // the failure is the test's own
        try (KernelEvents _ = open(changed -> {
            seen.addAll(changed.aspects());
            throw new IllegalStateException("the listener of this test fails on purpose");
        })) {
            Shell.run("ip", "link", "add", "br0", "type", "bridge");
            await().until(() -> seen.contains(KernelAspect.LINKS));
            seen.clear();
            Shell.run("ip", "link", "delete", "br0");
            await().until(() -> seen.contains(KernelAspect.LINKS));
        }
        log.setLevel(null);
    }

    @Test
    void closingEndsTheThreadAndTheSockets() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        open(_ -> calls.incrementAndGet()).close();
        List<String> descriptors = Descriptors.ofTheEngine();
        for (int i = 0; i < 20; i++) {
            open(_ -> calls.incrementAndGet()).close();
        }
        assertThat(Descriptors.ofTheEngine()).isEqualTo(descriptors);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("kernel-events"));

        calls.set(0);
        Shell.run("ip", "link", "add", "br0", "type", "bridge");
        Shell.run("ip", "link", "delete", "br0");
        assertThat(calls).hasValue(0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
