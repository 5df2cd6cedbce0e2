package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.core.model.Topology;
import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.core.rules.NftChain;
import dev.patchbay.core.rules.NftRule;
import dev.patchbay.core.rules.RuleMeaning;
import dev.patchbay.core.rules.RuleOwner;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.kernel.KernelTable;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real firewalld and the real ufw beside a real engine, on the engine's own host: their configuration, their bus
/// and their logs are that host's alone.
class FirewallTest extends RealEngineTest {
    private static final String FROM_OUTSIDE = "ip netns exec outside curl -s --max-time 3 http://198.51.100.2:";

    private static final String END_FIREWALLD =
            "[ ! -e /run/firewalld.pid ] || { kill $(cat /run/firewalld.pid); while kill -0 $(cat /run/firewalld.pid)"
                    + " 2>/dev/null; do sleep 0.1; done; rm /run/firewalld.pid; }";

    /// What a firewall's rules are about: a port of one container, named by its address.
    private static final String WEB = "web 80/tcp";

    private static @Nullable Machine machine;

    @BeforeAll
    static void makeTheHostTheirs() throws Exception {
        boolean complete = Stream.of("firewalld", "ufw", "nft")
                .allMatch(program -> Files.isExecutable(Path.of("/usr/sbin", program)));
        assumeTrue(complete || System.getenv("CI") != null, "needs Debian's firewalld, ufw and nftables");
        engine.onHost("mount -t tmpfs tmpfs /var/log; for d in firewalld ufw default; do cp -r /etc/$d /run/etc-$d;"
                + " mount --bind /run/etc-$d /etc/$d; done; mkdir -p /run/dbus; dbus-daemon --system --fork --nopidfile;"
                // A service of the host itself: what a firewall closes is this, and not a container's port.
                + " busybox httpd -p 8099 -h /run/image/www");
        machine = engine.machine(directory);
    }

    @AfterAll
    static void endTheHelper() throws EngineException {
        if (machine != null) {
            machine.down();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nftables", "iptables"})
    void firewalldIsRecognisedAndAPortThatIsOpenInSpiteOfItIsAProblem(String backend) throws Exception {
        // Firewalls start before engines, which make their rules anew when they start.
        engine.stop();
        engine.onHost("sed -i s/^FirewallBackend=.*/FirewallBackend=" + backend + "/ /etc/firewalld/firewalld.conf;"
                + " firewalld --nofork --nopid >/run/firewalld.log 2>&1 & echo $! >/run/firewalld.pid;"
                + " until firewall-cmd --state >/dev/null 2>&1; do sleep 0.1; done");
        try {
            engine.startAgain();
            guarded("firewalld", """
                firewall-cmd -q --add-rich-rule='rule family=ipv4 destination address=%s port port=80 protocol=tcp drop'
                """, END_FIREWALLD, rules -> {
                if (backend.equals("nftables")) {
                    assertThat(rules.rules()).noneMatch(rule -> RuleOwner.ofChain(rule.chain()) == RuleOwner.FIREWALLD);
                } else {
                    // Those of ebtables, which firewalld fills as well.
                    assertThat(rules.tables()).extracting(KernelTable::family).containsOnly("bridge");
                }
            });
        } finally {
            restore();
        }
    }

    @Test
    void ufwIsRecognisedAndAPortThatIsOpenInSpiteOfItIsAProblem() throws Exception {
        engine.onHost("ufw --force enable");
        try {
            guarded("ufw", "ufw route deny proto tcp from any to %s port 80", "ufw disable", rules -> {
                // Switched off, ufw leaves its chains: they alone are no firewall.
                assertThat(rules.tables()).isEmpty();
            });
            assertThat(rules()).contains(":ufw-before-input");
        } finally {
            engine.onHost("ufw --force disable");
            restore();
        }
    }

    @Test
    void aTableOfSomebodyElsesIsListedAsItIs() throws Exception {
        try (EngineHost seeing = seeing()) {
            assertThat(seeing.counters().tables()).isEmpty();
            engine.onHost("nft 'table inet mine { chain first { type filter hook input priority 5; policy accept;"
                    + " iifname \"eth9\" tcp dport { 25, 587 } counter drop; }; }'");
            KernelTable table = seeing.counters().tables().getFirst();
            assertThat(table.name()).isEqualTo("mine");
            assertThat(table.chains()).containsExactly("first");
            assertThat(table.text().strip()).isEqualTo(engine.onHost("nft --stateless list table inet mine"));
            RuleMeaning meaning =
                    NftChain.of(table).getFirst().rules().getFirst().meaning(seeing.topology());
            assertThat(meaning.owner()).isEqualTo(RuleOwner.OTHER);
            assertThat(meaning.sentence())
                    .hasToString("A packet arriving on eth9 (tcp dport { 25, 587 } counter) is dropped.");
            engine.onHost("nft delete table inet mine");
            assertThat(seeing.counters().tables()).isEmpty();
        } finally {
            engine.onHost("nft delete table inet mine 2>/dev/null || true");
        }
    }

    private interface Look {
        void at(HostRules rules);
    }

    /// @param about has the firewall make a rule on a container's address
    private void guarded(String firewall, String about, String end, Look look) throws Exception {
        try (EngineHost seeing = seeing()) {
            seeing.counters();
            AtomicReference<Topology> last = new AtomicReference<>();
            try (AutoCloseable _ = seeing.watch(last::set, _ -> {})) {
                engine.docker("run", "-d", "--name", "shy", "-p", "127.0.0.1:8091:80", IMAGE);
                await().atMost(PATIENCE)
                        .until(() -> last.get() != null
                                && last.get().containers().size() == 1
                                && container(last.get(), "shy").running());
                await().atMost(PATIENCE).until(() -> last.get().problems().isEmpty());

                engine.docker("run", "-d", "--name", "web", "-p", "8090:80", IMAGE);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(last.get().problems())
                                .extracting(Problem::sentence)
                                .containsExactly("Port 8090/tcp of web is open to every network, whatever " + firewall
                                        + " says: the engine's rules come before its own"));
                // It says the truth: the firewall closes a port of the host, and not the container's.
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(engine.onHost(FROM_OUTSIDE + "8090")).contains("It works!"));
                assertThat(engine.onHost(FROM_OUTSIDE + "8099 || echo closed")).isEqualTo("closed");

                assertThat(verdict(seeing, "web:80")).isEqualTo(Verdict.REACHABLE);
                assertThat(verdict(seeing, "host:8099")).isEqualTo(Verdict.BLOCKED);

                engine.onHost(about.strip().formatted(inspected("web", ".NetworkSettings.IPAddress")));
                HostRules rules = seeing.counters();
                look.at(rules);
                List<RuleMeaning> theirs = meanings(rules, seeing.topology()).stream()
                        .filter(meaning -> meaning.owner().toString().equals(firewall))
                        .toList();
                assertThat(theirs)
                        .hasSizeGreaterThan(40)
                        .allSatisfy(meaning ->
                                assertThat(meaning.sentence().toString()).endsWith("."));
                assertThat(theirs).anySatisfy(meaning -> {
                    assertThat(meaning.subject()).isEqualTo(WEB);
                    assertThat(meaning.container())
                            .isEqualTo(container(last.get(), "web").id());
                    assertThat(meaning.sentence().toString())
                            .contains("is dropped")
                            .endsWith(" " + firewall + " made this rule.");
                });

                Verdict derived = verdict(seeing, "web:80");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(engine.onHost(FROM_OUTSIDE + "8090 || echo closed"))
                                .contains(derived == Verdict.REACHABLE ? "It works!" : "closed"));

                engine.onHost(end);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(last.get().problems())
                                // The rules that are gone are a problem of their own beside what is lost with them.
                                .filteredOn(problem -> problem.kind() != ProblemKind.ENGINE_RULES_GONE)
                                .extracting(Problem::sentence)
                                .containsExactlyInAnyOrderElementsOf(lost()));
            }
        }
    }

    /// Derived from the rules alone.
    private static Verdict verdict(EngineHost seeing, String to) throws Exception {
        TracedPath path = seeing.explain(new ReachabilityRequest("outside", to, false, false));
        assertThat(path.hops()).as(to).extracting(Hop::status).doesNotContain(Hop.Status.UNKNOWN);
        return path.verdict();
    }

    /// What the engine's rules no longer do: when firewalld ends, it takes all rules of iptables with it, the engine's
    /// too; when ufw ends, it sets the policy that the engine had set.
    private static List<String> lost() {
        String left = rules();
        String restart = "restarting Docker (`systemctl restart docker`) makes it again, and stops the containers that"
                + " run (2), because live-restore is off";
        List<String> lost = new ArrayList<>();
        for (String port : List.of("8090/tcp for web", "8091/tcp for shy")) {
            if (!left.contains("--dport " + port.substring(0, 4) + " -j DNAT")) {
                lost.add("The engine publishes port " + port + ", and the kernel has no rule that leads there: "
                        + restart);
            }
        }
        if (!left.contains("-s 172.17.0.0/16 ! -o docker0 -j MASQUERADE")) {
            lost.add("IPv4 packets of network bridge leave the host with addresses that nobody outside knows, because"
                    + " the engine's rule that translates them is gone: " + restart);
        }
        if (left.contains(":FORWARD ACCEPT")) {
            lost.add("Other machines reach ports of network bridge that nobody publishes over IPv4, which the host"
                    + " dropped before: `iptables -P FORWARD DROP`");
        } else if (!left.contains("-A FORWARD -i docker0 ! -o docker0 -j ACCEPT")) {
            lost.add("The host drops IPv4 packets between network bridge and the outside, because the engine's rule"
                    + " that accepts them is gone: " + restart);
        }
        return lost;
    }

    /// Of every rule there is, but the engine's; none of a chain that only the firewall has may be taken for
    /// another's.
    private static List<RuleMeaning> meanings(HostRules sample, Topology topology) {
        Stream<RuleMeaning> shown = sample.rules().stream()
                .filter(rule -> !isOfTheEngine(rule))
                .map(rule -> {
                    RuleMeaning meaning = RuleMeaning.of(rule, topology);
                    assertThat(meaning.owner() == RuleOwner.OTHER && !isBuiltIn(rule.chain()))
                            .as(rule.toString())
                            .isFalse();
                    return meaning;
                });
        Stream<NftRule> others = sample.tables().stream()
                .flatMap(table -> NftChain.of(table).stream())
                .flatMap(chain -> chain.rules().stream());
        return Stream.concat(shown, others.map(rule -> rule.meaning(topology))).toList();
    }

    private static boolean isOfTheEngine(KernelRule rule) {
        return rule.chain().startsWith("DOCKER");
    }

    private static boolean isBuiltIn(String chain) {
        return chain.equals(chain.toUpperCase(Locale.ROOT)) && !chain.contains("_");
    }

    private EngineHost seeing() throws EngineException {
        return RealEngine.connect(
                engine.asHost(), new LocalMachineAccess(Objects.requireNonNull(machine)), progress::add);
    }

    /// With nobody's rules but the engine's.
    private void restore() throws Exception {
        engine.onHost(END_FIREWALLD);
        engine.docker("rm", "-f", "web", "shy");
        if (!rules().equals(rulesBefore)) {
            engine.stop();
            // An engine forbids forwarding by default when it is the one that switches it on.
            engine.onHost("nft flush ruleset; sysctl -q -w net.ipv4.ip_forward=0");
            engine.startAgain();
        }
    }
}
