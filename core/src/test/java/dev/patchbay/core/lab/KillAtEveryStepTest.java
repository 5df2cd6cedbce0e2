package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.testing.KernelSnapshot;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Some verbs, each with every one of its steps failing in turn, and with the helper killed before every one of them:
/// what is there afterwards is what was there before, or what was asked, to the last line, and nothing foreign has
/// changed.
@TestInstance(Lifecycle.PER_CLASS)
abstract class KillAtEveryStepTest {
    private static final int MORE_THAN_ANY_VERB_HAS = 30;

    @TempDir
    private static Path home;

    private RealLab lab;
    private String foreign = "";

    @BeforeAll
    void build() throws Exception {
        lab = new RealLab(home);
        lab.onHost("""
                set -e
                ip link add br-other type bridge
                ip addr add 10.200.0.1/24 dev br-other
                ip link set br-other up
                iptables -t nat -N OTHER
                iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j OTHER
                iptables -t nat -A OTHER ! -i br-other -p tcp -m tcp --dport 9999 -j DNAT --to-destination 10.200.0.2:80
                """);
        for (LabVerb.Deed deed : LabVerb.BASE.subList(0, 3)) {
            RealLab.done(deed.on(lab.controller()));
        }
        // Rules of others end up between ours.
        lab.onHost("""
                set -e
                iptables -A FORWARD -i br-other -o br-other -j ACCEPT
                iptables -t nat -A POSTROUTING -s 10.200.0.0/24 ! -o br-other -j MASQUERADE
                """);
        for (LabVerb.Deed deed : LabVerb.BASE.subList(3, LabVerb.BASE.size())) {
            RealLab.done(deed.on(lab.controller()));
        }
        foreign = foreign();
    }

    @AfterAll
    void nothingForeignHasChanged() throws Exception {
        try {
            assertThat(foreign()).isEqualTo(foreign);
        } finally {
            lab.close();
        }
    }

    /// Without the carrier and the state, which the kernel sets by itself.
    private String foreign() throws EngineException {
        return lab.onHost("""
                (ip -j link show br-other; ip -j -4 addr show br-other; ip -j route show dev br-other) |
                  sed -E 's/"(NO-CARRIER|linkdown)",?|,"LOWER_UP"|"operstate":"[A-Z]+",//g'
                iptables-save | grep -nE 'br-other|10\\.200|OTHER' | cut -d: -f2- | sed 's/ \\[.*//'
                """);
    }

    abstract List<LabVerb> verbs();

    @ParameterizedTest
    @MethodSource("verbs")
    void isDoneWholeOrNotAtAll(LabVerb verb) throws Exception {
        for (LabVerb.Deed deed : verb.ready()) {
            RealLab.done(deed.on(lab.controller()));
        }
        KernelSnapshot before = settled();
        RealLab.done(verb.verb().on(lab.controller()));
        KernelSnapshot asked = settled();
        RealLab.done(verb.back().on(lab.controller()));
        assertIs(before, verb + " was taken back");

        List<String> failed = failEveryStep(verb, before, asked);
        List<String> killed = killAtEveryStep(verb, before, asked);
        for (LabVerb.Deed deed : verb.leave()) {
            RealLab.done(deed.on(lab.controller()));
        }

        System.out.printf("%-16s %d boundaries: %s%n", verb, killed.size(), killed);
        assertThat(killed).startsWith(failed.toArray(String[]::new)).endsWith("all steps done", "committed");
        assertThat(killed).hasSize(failed.size() + 1);
    }

    private List<String> failEveryStep(LabVerb verb, KernelSnapshot before, KernelSnapshot asked) throws Exception {
        List<String> hit = new ArrayList<>();
        for (int boundary = 1; boundary < MORE_THAN_ANY_VERB_HAS; boundary++) {
            Map<Path, String> logs = logs();
            lab.arm("fail", boundary);
            if (unhit(verb, asked)) {
                return hit;
            }
            assertKept(logs, verb + " failed at " + lab.lastHit());
            hit.add(lab.lastHit());
            assertIs(before, verb + " failed at " + lab.lastHit());
            assertThat(lab.controller().repair(true)).isEmpty();
        }
        throw new AssertionError(verb + " has no end: " + hit);
    }

    private List<String> killAtEveryStep(LabVerb verb, KernelSnapshot before, KernelSnapshot asked) throws Exception {
        List<String> hit = new ArrayList<>();
        for (int boundary = 1; boundary < MORE_THAN_ANY_VERB_HAS; boundary++) {
            Map<Path, String> logs = logs();
            lab.arm("kill", boundary);
            if (unhit(verb, asked)) {
                return hit;
            }
            hit.add(lab.lastHit());
            String when = verb + " was killed at " + lab.lastHit();
            lab.up();
            if (!hit.getLast().equals("committed")) {
                assertKept(logs, when);
            }
            assertRecovered(verb, before, asked, when);
            if (hit.getLast().equals("all steps done")) {
                killInRecovery(verb, boundary, before, asked);
            }
        }
        throw new AssertionError(verb + " has no end: " + hit);
    }

    /// Kills the helper at the boundary, and the next one at every step of its recovery.
    private void killInRecovery(LabVerb verb, int boundary, KernelSnapshot before, KernelSnapshot asked)
            throws Exception {
        for (int inRecovery = 1; inRecovery < MORE_THAN_ANY_VERB_HAS; inRecovery++) {
            lab.arm("kill", boundary);
            assertThat(unhit(verb, asked)).isFalse();
            lab.arm("kill", inRecovery);
            HelperStart start = lab.start();
            boolean recoveryIsOver = lab.disarm();
            if (!recoveryIsOver) {
                assertThat(start).isInstanceOf(HelperStart.Unavailable.class);
            }
            lab.up();
            assertRecovered(
                    verb,
                    before,
                    asked,
                    verb + " was killed at " + boundary + ", its recovery at " + inRecovery + " (" + lab.lastHit()
                            + ")");
            if (recoveryIsOver) {
                return;
            }
        }
        throw new AssertionError("recovery of " + verb + " has no end");
    }

    /// An action that was acknowledged, or written down as done, stays; any other is taken back.
    private void assertRecovered(LabVerb verb, KernelSnapshot before, KernelSnapshot asked, String when)
            throws Exception {
        boolean done = lab.lastHit().equals("committed");
        assertIs(done ? asked : before, when);
        assertThat(lab.controller().repair(true)).as(when).isEmpty();
        if (done) {
            RealLab.done(verb.back().on(lab.controller()));
            assertIs(before, verb + " was taken back after it was killed");
        }
    }

    /// Runs the verb; when it gets through untouched, takes it back.
    private boolean unhit(LabVerb verb, KernelSnapshot asked) throws Exception {
        try {
            RealLab.done(verb.verb().on(lab.controller()));
        } catch (EngineException e) {
            assertThat(lab.isArmed()).as(verb + ": " + e).isFalse();
            return false;
        }
        assertThat(lab.disarm())
                .as("the failpoint was hit, and " + verb + " done all the same")
                .isTrue();
        assertIs(asked, verb + " was done");
        RealLab.done(verb.back().on(lab.controller()));
        return true;
    }

    /// How the log of each container begins: a log that is lost does not come back.
    private Map<Path, String> logs() throws IOException {
        Map<Path, String> logs = new TreeMap<>();
        try (Stream<Path> directories = Files.list(lab.directory().sandboxes())) {
            for (Path log : directories.map(one -> one.resolve("log")).toList()) {
                if (Files.exists(log)) {
                    logs.put(log, Files.readString(log).lines().findFirst().orElse(""));
                }
            }
        }
        return logs;
    }

    private void assertKept(Map<Path, String> before, String when) throws IOException {
        Map<Path, String> now = logs();
        assertThat(now.keySet()).as(when).isEqualTo(before.keySet());
        before.forEach((log, beginning) -> assertThat(now.get(log)).as(when).startsWith(beginning));
    }

    private void assertIs(KernelSnapshot wanted, String when) throws Exception {
        KernelSnapshot atOnce = KernelSnapshot.of(lab);
        atOnce.ofTheNetwork().assertEquals(wanted.ofTheNetwork(), when + ", at once");
        if (!atOnce.equals(wanted)) {
            Awaitility.await().untilAsserted(() -> KernelSnapshot.of(lab).assertEquals(wanted, when));
        }
    }

    /// A picture that two looks agree on: programs that were just started have become what they are.
    private KernelSnapshot settled() throws Exception {
        KernelSnapshot last = KernelSnapshot.of(lab);
        for (KernelSnapshot next = KernelSnapshot.of(lab); !next.equals(last); next = KernelSnapshot.of(lab)) {
            last = next;
        }
        return last;
    }
}
