package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.Remedy;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tables of nft that a person made, beside the rules of the Lab: what is derived, and what a real packet does.
class NftReachabilityTest extends ReachabilityLab {
    @AfterEach
    void deleteTables() throws Exception {
        lab.onHost("for family in ip inet bridge netdev; do nft delete table $family mine 2>/dev/null; done; true");
    }

    private static void load(String family, String... objects) throws Exception {
        lab.onHost("nft 'table " + family + " mine { " + String.join("; ", objects) + "; }'");
    }

    private static String address(String container) throws Exception {
        TracedPath path = explain("host", container + ":80", false, false);
        return Objects.requireNonNull(path.destination()).address().getHostAddress();
    }

    /// %s is the address of web01, and %n the bridge of its network.
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
        outside => web01:80 => chain f { type filter hook forward priority 0; ip daddr %s drop; } => BLOCKED
        outside => web01:80 => chain f { type filter hook forward priority 0; ip daddr != %s ct state new drop; } => REACHABLE
        outside => web01:80 => chain f { type filter hook forward priority 10; policy drop; ct state established accept; } => BLOCKED
        outside => web01:80 => chain f { type filter hook forward priority 10; policy drop; ct state { new, established } accept; } => REACHABLE
        outside => web01:80 => set s { type ipv4_addr . inet_service; flags interval; elements = { 172.16.0.0/12 . 80-90 }; }; chain f { type filter hook forward priority 1; ip daddr . tcp dport @s drop; } => BLOCKED
        outside => web01:80 => set s { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 203.0.113.5-203.0.113.9 }; }; chain f { type filter hook forward priority 1; ip saddr @s drop; } => REACHABLE
        outside => web01:80 => map v { type ifname : verdict; elements = { "eth0" : jump no }; }; chain no { tcp dport { 22, 80 } reject; }; chain f { type filter hook forward priority 1; oifname vmap @v; iifname vmap { "patchbay*" : accept }; } => REACHABLE
        web01 => outside:9090 => map v { type ifname : verdict; elements = { "eth0" : jump no }; }; chain no { tcp dport 9090 drop; }; chain f { type filter hook forward priority 1; oifname vmap @v; } => BLOCKED
        web01 => outside:9090 => chain no { return; drop; }; chain f { type filter hook forward priority 1; goto no; drop; } => REACHABLE
        web01 => outside:9090 => chain no { meta nfproto ipv6 drop; }; chain f { type filter hook forward priority 1; policy drop; jump no; meta l4proto tcp accept; } => REACHABLE
        web01 => outside:9090 => chain p { type filter hook prerouting priority -150; meta mark set meta mark | 0x20; }; chain f { type filter hook forward priority 1; meta mark & 0x30 == 0x20 drop; } => BLOCKED
        web01 => outside:9090 => chain p { type filter hook prerouting priority -150; ct mark set 0x5; }; chain f { type filter hook forward priority 1; ct direction reply ct mark 0x5 drop; } => BLOCKED
        web01 => outside:9090 => chain p { type filter hook prerouting priority -150; ct mark set 0x5; }; chain f { type filter hook forward priority 1; ct direction reply meta mark 0x5 drop; } => REACHABLE
        web01 => host:9999 => chain i { type filter hook input priority 1; fib saddr type local drop; } => REACHABLE
        web01 => host:9999 => chain i { type filter hook prerouting priority 1; fib daddr type local tcp dport 9999 drop; } => BLOCKED
        web01 => outside:9090 => chain i { type filter hook prerouting priority 1; fib saddr . iif oif missing drop; } => REACHABLE
        host => web01:80 => chain o { type filter hook output priority 0; ip daddr %s tcp flags & (syn | ack) == syn reject; } => BLOCKED
        host => web01:80 => chain o { type filter hook output priority 0; meta oifname "eth*" drop; } => REACHABLE
        host => host:9999 => chain o { type filter hook input priority 0; iif "lo" tcp dport 9999 drop; } => BLOCKED
        web01 => outside => chain f { type filter hook forward priority 1; icmp type echo-request drop; } => BLOCKED
        web01 => outside => chain f { type filter hook forward priority 1; icmp type { echo-reply, echo-request } accept; drop; } => REACHABLE
        outside => host:8080 => chain n { type nat hook prerouting priority -101; tcp dport 8080 dnat ip to %s:81; } => BLOCKED
        outside => host:8080 => chain n { type nat hook prerouting priority -99; tcp dport 8080 dnat ip to %s:81; } => REACHABLE
        outside => host:7070 => chain n { type nat hook prerouting priority -101; tcp dport 7070 redirect to :9999; } => REACHABLE
        host => host:7070 => chain n { type nat hook output priority -101; tcp dport 7070 redirect to :9999; } => REACHABLE
        outside => host:9999 => chain p { type filter hook prerouting priority -300; tcp dport 9999 notrack; }; chain i { type filter hook input priority 1; ct state untracked drop; } => BLOCKED
        web01 => outside:9090 => chain f { type filter hook forward priority -5; accept; }; chain g { type filter hook forward priority 5; ip protocol tcp drop; } => BLOCKED
        web01 => outside:9090 => chain f { type filter hook forward priority 1; ct original ip daddr 198.51.100.1 drop; } => BLOCKED
        """)
    void theDerivedVerdictIsTheRealPackets(String from, String to, String objects, Verdict expected) throws Exception {
        load("inet", objects.replace("%s", address("web01")));
        agrees(from, to, false, expected);
    }

    private static final List<List<String>> WAYS = List.of(
            List.of("outside", "web01:80"),
            List.of("outside", "host:9999"),
            List.of("web01", "outside:9090"),
            List.of("web01", "outside"),
            List.of("web01", "host:9999"),
            List.of("host", "web01:80"));
    private static final List<String> MATCHES = List.of(
            "",
            "ip saddr 198.51.100.1",
            "ip daddr != { 198.51.100.1, 198.51.100.2 }",
            "ip saddr @nets",
            "ip saddr . meta l4proto @pairs",
            "iifname \"eth0\"",
            "iifname { \"lo\", \"pb-*\" }",
            "oifname != \"eth0\"",
            "meta l4proto tcp",
            "tcp dport 80",
            "tcp dport != 80-9100",
            "th dport { 9090, 9999 }",
            "icmp type echo-request",
            "tcp flags & (syn | ack) == syn",
            "ct state new",
            "ct state established,related",
            "ct direction reply",
            "ct status dnat",
            "ct mark & 0xf == 0x3",
            "meta mark & 0xf0 == 0x10",
            "meta l4proto tcp ct original proto-dst 8080",
            "fib daddr type local",
            "fib saddr type != local",
            "ip6 daddr ::1");
    private static final List<String> VERDICTS = List.of(
            "accept",
            "drop",
            "reject",
            "return",
            "jump other",
            "goto other",
            "counter",
            "meta mark set meta mark | 0x10",
            "meta mark set 0x21",
            "ct mark set ct mark | 0x3",
            "meta mark set ct mark",
            "drop");

    /// Two base chains and one that they call, with rules by chance.
    private static String[] objects(Random random) {
        List<String> objects = new ArrayList<>();
        objects.add(
                "set nets { type ipv4_addr; flags interval; elements = { 172.16.0.0/12, 198.51.100.2-198.51.100.9 }; }");
        objects.add(
                "set pairs { type ipv4_addr . inet_proto; elements = { 198.51.100.1 . tcp, 198.51.100.1 . icmp }; }");
        for (String chain : List.of("other", "one", "two")) {
            String hook = List.of("prerouting", "input", "forward", "output", "postrouting")
                    .get(random.nextInt(5));
            int priority = List.of(-310, -150, -90, -5, 0, 5, 60, 150).get(random.nextInt(8));
            StringBuilder text = new StringBuilder("chain " + chain + " { ");
            if (!chain.equals("other")) {
                text.append("type filter hook %s priority %d; ".formatted(hook, priority));
            }
            for (int i = random.nextInt(2, 6); i > 0; i--) {
                String verdict = VERDICTS.get(random.nextInt(VERDICTS.size() - (chain.equals("other") ? 6 : 0)));
                if (chain.equals("other") && verdict.endsWith(" other")) {
                    verdict = "drop";
                }
                if (verdict.equals("reject") && (hook.contains("routing") || chain.equals("other"))) {
                    verdict = "drop";
                }
                text.append(MATCHES.get(random.nextInt(MATCHES.size())))
                        .append(' ')
                        .append(verdict)
                        .append("; ");
            }
            objects.add(text + "}");
        }
        return objects.toArray(String[]::new);
    }

    /// The seed is printed with a failure; `-Dpatchbay.seed` repeats it.
    @Test
    void rulesByChanceDoWhatIsDerived() throws Exception {
        long seed = Long.getLong("patchbay.seed", 20261202);
        Random random = new Random(seed);
        int unknown = 0;
        int blocked = 0;
        int situations = Boolean.getBoolean("patchbay.long") ? 200 : 30;
        for (int i = 0; i < situations; i++) {
            List<String> way = WAYS.get(random.nextInt(WAYS.size()));
            String[] objects = objects(random);
            load("inet", objects);
            TracedPath derived = explain(way.getFirst(), way.getLast(), false, false);
            // A connection is made by the first packet and its answer; what follows is not derived.
            boolean gets = verdict(way.getFirst(), way.getLast(), false, true) == Verdict.REACHABLE;
            if (derived.verdict() == Verdict.UNKNOWN) {
                unknown++;
            } else {
                assertThat(derived.verdict() == Verdict.REACHABLE)
                        .as(
                                "seed %d, situation %d, %s: %s; derived: %s",
                                seed,
                                i,
                                way,
                                String.join("\n", objects),
                                derived.hops().stream()
                                        .map(hop -> hop.title() + ": " + hop.detail())
                                        .toList())
                        .isEqualTo(gets);
            }
            blocked += gets ? 0 : 1;
            deleteTables();
        }
        assertThat(unknown).isZero();
        assertThat(blocked).isBetween(situations / 5, situations * 4 / 5);
    }

    @Test
    void whatDependsOnTrafficIsUnknown() throws Exception {
        load(
                "inet",
                "chain f { type filter hook forward priority 1; ip daddr " + address("web01")
                        + " limit rate over 1000/second drop; }");
        TracedPath path = explain("outside", "web01:80", false, false);
        assertThat(path.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(Objects.requireNonNull(path.firstProblem()).title().toString())
                .startsWith("inet mine f → ");
        assertThat(explain("outside", "web01:80", false, true).verdict())
                .as("the probe knows better")
                .isEqualTo(Verdict.REACHABLE);
    }

    @Test
    void aRuleThatDropsIsNamedWithTheCommandThatDeletesIt() throws Exception {
        String rule = "ip daddr " + address("web01") + " drop";
        load("inet", "chain f { type filter hook forward priority 1; counter; " + rule + "; }");
        TracedPath path = explain("outside", "web01:80", false, false);
        Hop problem = Objects.requireNonNull(path.firstProblem());
        assertThat(problem.detail().toString()).isEqualTo("dropped, rule 2 of f");
        assertThat(problem.rules().getLast().command()).isEqualTo("nft add rule inet mine f " + rule);
        String help = Objects.requireNonNull(path.remedy()).text().toString();
        assertThat(path.remedy()).isInstanceOf(Remedy.ByHand.class);
        assertThat(help).contains("nft delete rule inet mine f handle ");
        lab.onHost(help.substring(help.indexOf("nft delete")));
        agrees("outside", "web01:80", false, Verdict.REACHABLE);
    }

    @Test
    void chainsOfBridgesAndLinksAreUnknownWhereTheyAreMet() throws Exception {
        load("bridge", "chain f { type filter hook forward priority 0; ip protocol icmp drop; }");
        load("netdev", "chain f { type filter hook ingress device eth0 priority 0; ip protocol icmp drop; }");
        assertThat(verdict("web01", "web02:80", false, false)).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict("outside", "web01:80", false, false)).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict("web01", "outside:9090", false, false)).isEqualTo(Verdict.REACHABLE);
    }
}
