package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules and tables of routing that a person made: what is derived, and what a real packet does. `vpn0`, a bridge
/// without ports,
/// drops every packet, as a tunnel whose other end does not answer.
class RoutingRulesTest extends ReachabilityLab {
    private static final String RESTORE = """
        for v in -4 -6; do
            ip $v rule flush
            ip $v rule | grep -q ^0: || ip $v rule add from all lookup local priority 0
            ip $v rule add from all lookup main priority 32766
            [ $v = -6 ] || ip rule add from all lookup default priority 32767
            for table in 42 43; do ip $v route flush table $table 2>/dev/null; done
        done
        ip link delete vpn0 2>/dev/null
        nft delete table inet mine 2>/dev/null
        iptables -t mangle -F
        sysctl -q -w net.ipv4.conf.eth0.rp_filter=0 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth0.src_valid_mark=0
        true\
        """;

    @BeforeEach
    void addTunnel() throws Exception {
        lab.onHost(
                "ip link add vpn0 type bridge; ip link set vpn0 arp off; ip address add 10.66.0.2/24 dev vpn0; ip link"
                        + " set vpn0 up; ip -6 address add 2001:db8:66::2/64 dev vpn0 nodad");
    }

    @AfterEach
    void restore() throws Exception {
        String before = lab.onHost("ip rule; ip -6 rule");
        lab.onHost(RESTORE);
        assertThat(before).isNotEmpty();
        assertThat(lab.onHost("ip rule; ip -6 rule").lines()).hasSize(5);
    }

    /// %n is the subnet of web01, %s its address.
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
        outside => web01:80 => ip route add default dev vpn0 table 42; ip rule add to %n lookup 42 priority 100 => BLOCKED
        outside => web01:80 => ip route add default dev vpn0 table 42; ip rule add to %n lookup 42 suppress_prefixlength 0 priority 100 => REACHABLE
        outside => web01:80 => ip route add 172.16.0.0/12 dev vpn0 => REACHABLE
        outside => web01:80 => ip route add %s/32 dev vpn0 => BLOCKED
        outside => web01:80 => ip route add %s/32 dev vpn0; ip rule add from all to %n iif eth0 goto 500 priority 100; ip route add %n dev %b table 43; ip rule add lookup 43 priority 500 => REACHABLE
        web01 => outside:9090 => ip route add default dev vpn0 table 42; ip rule add from %n lookup 42 priority 100 => BLOCKED
        web01 => outside:9090 => ip route add default dev vpn0 table 42; ip rule add not from %n lookup 42 priority 100 => BLOCKED
        web01 => outside:9090 => ip route add default dev vpn0 table 42; ip rule add iif eth0 lookup 42 priority 100 => BLOCKED
        web01 => outside:9090 => ip route add default dev vpn0 table 42; ip rule add iif vpn0 lookup 42 priority 100 => REACHABLE
        web01 => outside:9090 => ip rule add from %n blackhole priority 100 => BLOCKED
        web01 => outside:9090 => ip rule add to 198.51.100.0/24 unreachable priority 100 => BLOCKED
        web01 => outside:9090 => ip rule add iif %b prohibit priority 100 => BLOCKED
        web01 => outside:9090 => ip route add blackhole 198.51.100.1 table 42; ip rule add lookup 42 priority 100 => BLOCKED
        web01 => outside:9090 => ip route add throw 198.51.100.1 table 42; ip route add default dev vpn0 table 42; ip rule add from %n lookup 42 priority 100 => REACHABLE
        web01 => outside:9090 => ip route add default dev vpn0 table 42; ip rule add fwmark 0x2a lookup 42 priority 100; iptables -t mangle -A PREROUTING -i %b -j MARK --set-mark 0x2a => BLOCKED
        web01 => outside:9090 => ip route add default dev vpn0 table 42; ip rule add fwmark 0x20/0x30 lookup 42 priority 100; iptables -t mangle -A PREROUTING -i %b -j MARK --set-mark 0x1a => REACHABLE
        web01 => outside:9090 => ip route add default dev vpn0 table 42; ip rule add fwmark 0x20/0x30 lookup 42 priority 100; nft 'table inet mine { chain p { type filter hook prerouting priority -150; ip saddr %n meta mark set 0x2a; }; }' => BLOCKED
        host => web01:80 => ip route add default dev vpn0 table 42; ip rule add iif lo lookup 42 priority 100 => BLOCKED
        host => web01:80 => ip route add default dev vpn0 table 42; ip rule add fwmark 7 lookup 42 priority 100; nft 'table inet mine { chain o { type route hook output priority -150; meta mark set 7; }; }' => BLOCKED
        host => web01:80 => ip route add default dev vpn0 table 42; ip rule add fwmark 7 lookup 42 priority 100; nft 'table inet mine { chain o { type filter hook output priority -150; meta mark set 7; }; }' => REACHABLE
        host => web01:80 => ip route add default dev vpn0 table 42; ip rule add fwmark 7 lookup 42 priority 100; iptables -t mangle -A OUTPUT -d %n -j MARK --set-mark 7 => BLOCKED
        host => web01:80 => ip route add default dev vpn0 table 42; ip rule add ipproto udp lookup 42 priority 100 => REACHABLE
        host => web01:80 => ip route add default dev vpn0 table 42; ip rule add ipproto tcp dport 80 lookup 42 priority 100 => BLOCKED
        outside => host:9999 => ip rule add from 198.51.100.1 blackhole priority 100; ip rule add lookup local priority 50; ip rule delete priority 0 => REACHABLE
        outside => host:9999 => ip route add 198.51.100.1 dev vpn0 => BLOCKED
        outside => host:9999 => ip route add 198.51.100.1 dev vpn0 table 42; ip rule add lookup 42 priority 100; sysctl -q -w net.ipv4.conf.eth0.rp_filter=1 => BLOCKED
        outside => host:9999 => sysctl -q -w net.ipv4.conf.eth0.rp_filter=2; ip route add unreachable 198.51.100.1 table 42; ip rule add lookup 42 priority 100 => BLOCKED
        outside => host:9999 => sysctl -q -w net.ipv4.conf.eth0.rp_filter=1; ip route add default dev vpn0 table 42; ip rule add fwmark 5 lookup 42 priority 100; nft 'table inet mine { chain p { type filter hook prerouting priority -150; iifname "eth0" meta mark set 5; }; }' => REACHABLE
        outside => host:9999 => sysctl -q -w net.ipv4.conf.eth0.rp_filter=1 net.ipv4.conf.eth0.src_valid_mark=1; ip route add default dev vpn0 table 42; ip rule add fwmark 5 lookup 42 priority 100; nft 'table inet mine { chain p { type filter hook prerouting priority -150; iifname "eth0" meta mark set 5; }; }' => BLOCKED
        outside => web01:80 => sysctl -q -w net.ipv4.conf.eth0.rp_filter=2; ip rule add to 198.51.100.1 iif lo unreachable priority 100 => REACHABLE
        outside => web01:80 => sysctl -q -w net.ipv4.conf.eth0.rp_filter=2; nft 'table inet mine { chain p { type filter hook prerouting priority -150; iifname "%b" meta mark set 5; }; }'; ip rule add to 198.51.100.1 iif %b fwmark 0/5 unreachable priority 100 => BLOCKED
        host => web01 => ip rule add from %n unreachable priority 100 => REACHABLE
        """)
    void theDerivedVerdictIsTheRealPackets(String from, String to, String commands, Verdict expected) throws Exception {
        run4(commands);
        agrees(from, to, false, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
        host => six1:80 => ip -6 rule add to 2001:db8:1::/64 blackhole priority 100 => BLOCKED
        host => six1:80 => ip -6 route add default dev vpn0 table 42; ip -6 rule add to 2001:db8:1::/64 lookup 42 priority 100 => BLOCKED
        host => six1:80 => ip -6 route add default dev vpn0 table 42; ip -6 rule add to 2001:db8:1::/64 lookup 42 suppress_prefixlength 0 priority 100 => REACHABLE
        host => six1:80 => ip -6 route add default dev vpn0 table 42; ip -6 rule add fwmark 7 lookup 42 priority 100; nft 'table inet mine { chain o { type route hook output priority -150; meta nfproto ipv6 meta mark set 7; }; }' => BLOCKED
        host => six1:80 => ip rule add to all blackhole priority 100 => REACHABLE
        host => six1:80 => ip -6 rule add from 2001:db8:1::/64 unreachable priority 100 => REACHABLE
        host => six1:80 => ip -6 rule add not from 2001:db8:1::/64 unreachable priority 100 => REACHABLE
        host => six2 => ip -6 route add default dev vpn0 table 42; ip -6 rule add from 2001:db8:1::/64 lookup 42 priority 100 => REACHABLE
        """)
    void theDerivedVerdictIsTheRealPacketsOfIpv6(String from, String to, String commands, Verdict expected)
            throws Exception {
        lab.onHost(commands);
        agrees(from, to, true, expected);
    }

    /// What people ask of a VPN: which rule and which table lead to it, and how the network comes first again.
    @Test
    void theRuleAndTheTableThatShadowANetworkAreNamed() throws Exception {
        run4("ip route add default dev vpn0 table 42; ip rule add lookup 42 priority 100");
        TracedPath path = explain("outside", "web01:80", false, false);
        Hop problem = Objects.requireNonNull(path.firstProblem());
        assertThat(problem.title().toString()).endsWith("is routed to vpn0");
        assertThat(problem.detail()).hasToString("default dev vpn0 table 42, rule 100: from all lookup 42");
        String help = Objects.requireNonNull(path.remedy()).text().toString();
        lab.onHost(help.substring(help.indexOf("ip rule add"))
                + "; ip rule add to 198.51.100.0/24 lookup main priority 2");
        agrees("outside", "web01:80", false, Verdict.REACHABLE);
    }

    private static void run4(String commands) throws Exception {
        TracedPath path = explain("host", "web01:80", false, false);
        String address = Objects.requireNonNull(path.destination()).address().getHostAddress();
        String route = lab.onHost("ip route show table main match " + address + " | grep -v default");
        lab.onHost("set -e; "
                + commands.replace("%s", address)
                        .replace("%n", route.split(" ")[0])
                        .replace("%b", route.split(" ")[2]));
    }
}
