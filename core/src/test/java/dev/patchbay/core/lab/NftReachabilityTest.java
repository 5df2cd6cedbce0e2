package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.Remedy;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
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

    /// %s is the address of web01, and %v its port of the bridge.
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
        web01 => web02:80 => chain f { type filter hook forward priority 0; ip protocol tcp drop; } => BLOCKED
        web01 => web02:80 => chain f { type filter hook forward priority 0; iifname "%v" drop; } => BLOCKED
        web01 => web02:80 => chain f { type filter hook forward priority 0; oifname "%v" tcp sport 80 drop; } => BLOCKED
        web02 => web01:80 => chain f { type filter hook forward priority 0; iifname "%v" tcp dport 80 drop; } => REACHABLE
        web01 => web02 => chain f { type filter hook prerouting priority 0; ether type ip icmp type echo-reply drop; } => BLOCKED
        web01 => host:9999 => chain f { type filter hook forward priority 0; drop; } => REACHABLE
        web01 => host:9999 => chain f { type filter hook input priority 0; iifname "%v" ip saddr %s tcp dport 9999 drop; } => BLOCKED
        outside => web01:80 => chain f { type filter hook output priority 0; oifname "%v" tcp dport 80 drop; } => BLOCKED
        outside => web01:80 => chain f { type filter hook postrouting priority 0; tcp sport 80 drop; } => REACHABLE
        host => web01:80 => chain f { type filter hook prerouting priority 0; iifname "%v" tcp sport { 80, 81 } drop; } => BLOCKED
        """)
    void chainsOfBridgesDoWhatIsDerived(String from, String to, String objects, Verdict expected) throws Exception {
        String web01 = address("web01");
        String port = lab.controller().topology().containers().stream()
                .filter(container -> container.name().equals("web01"))
                .findFirst()
                .orElseThrow()
                .endpoints()
                .getFirst()
                .hostInterface();
        load("bridge", objects.replace("%s", web01).replace("%v", port));
        agrees(from, to, false, expected);
    }

    @Test
    void chainsOfLinksAreUnknownWhereTheyAreMet() throws Exception {
        load("netdev", "chain f { type filter hook ingress device eth0 priority 0; ip protocol icmp drop; }");
        assertThat(verdict("outside", "web01:80", false, false)).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict("web01", "outside:9090", false, false)).isEqualTo(Verdict.REACHABLE);
    }

    /// The tables of Docker 29, in the shape that moby documents: two bridges, and a published port of web01.
    @ParameterizedTest
    @CsvSource({
        "outside, host:8088, REACHABLE",
        "host, host:8088, BLOCKED",
        "outside, web01:80, REACHABLE",
        "post, web01:80, BLOCKED",
        "web02, web01:80, REACHABLE",
        "web01, outside:9090, REACHABLE",
        "web01, host:9999, REACHABLE",
        "host, web01:80, REACHABLE"
    })
    void tablesOfDocker29DoWhatIsDerived(String from, String to, Verdict expected) throws Exception {
        List<String> objects = new ArrayList<>();
        List<String> bridges = List.of(bridge("shop"), bridge("mail"));
        for (String hook :
                List.of("filter-forward-in", "filter-forward-out", "nat-postrouting-in", "nat-postrouting-out")) {
            objects.add(bridges.stream()
                    .map(bridge -> "\"" + bridge + "\" : jump " + hook + "__" + bridge)
                    .collect(Collectors.joining(
                            ", ", "map " + hook + "-jumps { type ifname : verdict; elements = { ", " }; }")));
        }
        for (String bridge : bridges) {
            boolean shop = bridge.equals(bridges.getFirst());
            objects.add(
                    "chain filter-forward-in__" + bridge + " { ct state established,related counter accept; iifname \""
                            + bridge + "\" counter accept; " + (shop ? "ip daddr %s tcp dport 80 counter accept; " : "")
                            + "counter drop; }");
            objects.add("chain filter-forward-out__" + bridge
                    + " { ct state established,related counter accept; counter accept; }");
            objects.add("chain nat-postrouting-in__" + bridge + " { }");
            objects.add("chain nat-postrouting-out__" + bridge + " { oifname != \"" + bridge + "\" ip saddr "
                    + subnet(bridge) + " counter masquerade; }");
        }
        objects.add("chain nat-prerouting-and-output { iifname != \"%n\" tcp dport 8088 counter dnat to %s:80; }");
        objects.add("chain filter-FORWARD { type filter hook forward priority 0; oifname vmap @filter-forward-in-jumps;"
                + " iifname vmap @filter-forward-out-jumps; }");
        objects.add("chain nat-OUTPUT { type nat hook output priority -100;"
                + " ip daddr != 127.0.0.0/8 fib daddr type local counter jump nat-prerouting-and-output; }");
        objects.add("chain nat-PREROUTING { type nat hook prerouting priority -100;"
                + " fib daddr type local counter jump nat-prerouting-and-output; }");
        objects.add("chain nat-POSTROUTING { type nat hook postrouting priority 100;"
                + " iifname vmap @nat-postrouting-out-jumps; oifname vmap @nat-postrouting-in-jumps; }");
        objects.add("chain raw-PREROUTING { type filter hook prerouting priority -300;"
                + " ip daddr %s iifname != \"%n\" counter drop; }");
        String web01 = address("web01");
        load(
                "ip",
                objects.stream()
                        .map(object -> object.replace("%s", web01).replace("%n", bridges.getFirst()))
                        .toArray(String[]::new));
        agrees(from, to, false, expected);
    }

    private static String bridge(String network) throws Exception {
        return lab.controller().topology().networks().stream()
                .filter(other -> other.name().equals(network))
                .findFirst()
                .orElseThrow()
                .bridge();
    }

    private static String subnet(String bridge) throws Exception {
        return lab.onHost("ip -4 route show dev " + bridge).split(" ")[0];
    }
}
