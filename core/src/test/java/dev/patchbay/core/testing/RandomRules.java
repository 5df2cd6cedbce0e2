package dev.patchbay.core.testing;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Sets of rules by chance: of nftables or iptables, of bridges, and of routing.
public final class RandomRules {
    /// What is asked of `explain` and tried with a real connection.
    ///
    /// @param to with its port, or without one for a ping
    public record ProbedPath(String from, String to) {}

    /// Drops every packet, as a tunnel whose other end does not answer.
    public static final String TUNNEL = "vpn0";

    public static final String ADD_TUNNEL = "ip link add vpn0 type bridge; ip link set vpn0 arp off;"
            + " ip address add 10.66.0.2/24 dev vpn0; ip link set vpn0 up;"
            + " ip -6 address add 2001:db8:66::2/64 dev vpn0 nodad;"
            + " ip route add default dev vpn0 table 42; ip -6 route add default dev vpn0 table 42";

    public static final String RESTORE = """
        for v in -4 -6; do
            ip $v rule flush
            ip $v rule | grep -q ^0: || ip $v rule add from all lookup local priority 0
            ip $v rule add from all lookup main priority 32766
            [ $v = -6 ] || ip rule add from all lookup default priority 32767
            for table in 42 43; do ip $v route flush table $table 2>/dev/null; done
        done
        ip link delete vpn0 2>/dev/null
        for family in ip ip6 inet bridge; do nft delete table $family mine 2>/dev/null; done
        for tables in iptables ip6tables; do
            $tables-save | grep -q MINE && $tables-save | grep -v MINE | $tables-restore
        done
        true\
        """;

    /// Without it, the answer depends on what the kernel knows already of its neighbours.
    private static final String NEIGHBOURS = "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept; ";

    public enum Firewall {
        NFTABLES,
        IPTABLES
    }

    public enum Feature {
        SET,
        INTERVAL,
        MAP,
        VERDICT_MAP,
        MARK,
        CT,
        FIB,
        IP_RULE,
        RAW,
        BRIDGE;

        public boolean isOfNftAlone() {
            return this == MAP || this == VERDICT_MAP || this == BRIDGE;
        }
    }

    /// @param commands of a shell
    public record RuleSet(String commands, Set<Feature> features) {}

    private final Random random;
    private final boolean ipv6;
    private final String subnet;
    private final String ip;
    private final Set<Feature> used = EnumSet.noneOf(Feature.class);

    /// @param subnet of a network with containers
    public RandomRules(Random random, boolean ipv6, String subnet) {
        this.random = random;
        this.ipv6 = ipv6;
        this.subnet = subnet;
        this.ip = ipv6 ? "ip6" : "ip";
    }

    public RuleSet next(Feature feature, Firewall firewall) {
        used.clear();
        used.add(feature);
        String routing = feature == Feature.IP_RULE || random.nextInt(6) == 0 ? routingRule() : "";
        String filter = feature == Feature.BRIDGE
                ? bridgeTable()
                : firewall == Firewall.NFTABLES ? nftTable(feature) : iptables(feature);
        return new RuleSet("set -e; " + filter + "\n" + routing, EnumSet.copyOf(used));
    }

    private String any(String... values) {
        return values[random.nextInt(values.length)];
    }

    private String nftTable(Feature feature) {
        StringBuilder text = new StringBuilder("nft 'table inet mine {\n");
        text.append("set hosts { type %s; elements = { %s }; }\n"
                .formatted(
                        ipv6 ? "ipv6_addr" : "ipv4_addr",
                        ipv6 ? "2001:db8:1::2, 2001:db8:9::1" : "198.51.100.1, 192.0.2.1"));
        text.append("set nets { type %s; flags interval; elements = { %s }; }\n"
                .formatted(
                        ipv6 ? "ipv6_addr" : "ipv4_addr",
                        ipv6 ? "2001:db8:1::3-2001:db8:1::ff, 2001:db8:5::/64" : subnet + ", 203.0.113.5-203.0.113.9"));
        text.append("chain other { ").append(nftRules(Feature.CT, false)).append("}\n");
        text.append("chain one { ")
                .append(base(feature))
                .append(nftRules(feature, true))
                .append("}\n");
        Feature second = List.of(Feature.SET, Feature.INTERVAL, Feature.MARK, Feature.CT, Feature.VERDICT_MAP)
                .get(random.nextInt(5));
        text.append("chain two { ")
                .append(base(second))
                .append(nftRules(second, true))
                .append("}\n");
        used.add(second);
        return text + "}'";
    }

    private String base(Feature feature) {
        if (feature == Feature.RAW) {
            return "type filter hook " + any("prerouting", "output") + " priority -300; " + NEIGHBOURS;
        }
        String hook = any("prerouting", "input", "forward", "forward", "output", "postrouting");
        String type = hook.equals("output") && random.nextBoolean() ? "route" : "filter";
        return "type %s hook %s priority %s; ".formatted(type, hook, any("-310", "-150", "-90", "-5", "0", "5", "150"))
                + NEIGHBOURS;
    }

    private String nftRules(Feature feature, boolean calls) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            text.append(nftRule(feature, calls)).append("; ");
        }
        return text.toString();
    }

    private String nftRule(Feature feature, boolean calls) {
        String verdict = verdict(calls);
        return switch (feature) {
            case SET ->
                any(
                                "th dport { 80, 9090 }",
                                "meta l4proto { icmp, ipv6-icmp, udp }",
                                ip + " saddr @hosts",
                                ip + " daddr != @hosts",
                                "iifname { \"lo\", \"eth0\" }")
                        + " " + verdict;
            case INTERVAL ->
                any(
                                ip + " saddr @nets",
                                ip + " daddr @nets",
                                "tcp dport 80-9100",
                                "th dport != 1-1023",
                                ip + " daddr " + subnet)
                        + " " + verdict;
            case MAP ->
                "meta mark set th dport map { 80 : 0x11, 9090 : 0x21, 9999 : 0x3 }; meta mark "
                        + any("0x11", "0x21", "& 0x1 == 0x1", "!= 0x3") + " " + verdict;
            case VERDICT_MAP ->
                any(
                        "th dport vmap { 80 : drop, 9090 : accept, 9999 : " + (calls ? "jump other" : "return") + " }",
                        "iifname vmap { \"eth0\" : accept, \"pb*\" : drop }",
                        "ct state vmap { new : " + verdict + ", established : accept, invalid : drop }",
                        "meta l4proto vmap { tcp : accept, udp : drop, icmp : drop, ipv6-icmp : drop }");
            case MARK ->
                any(
                        "meta mark set meta mark | 0x10",
                        "meta mark & 0xf0 == 0x10 " + verdict,
                        "meta mark set 0x21; meta" + " mark 0x21 " + verdict,
                        "meta mark != 0x10 " + verdict);
            case CT ->
                any(
                                "ct state new",
                                "ct state established,related",
                                "ct direction reply",
                                "ct status dnat",
                                "meta" + " l4proto tcp ct original proto-dst { 8080, 80 }")
                        + " " + verdict;
            case FIB ->
                any("fib daddr type local", "fib saddr type != local", "fib daddr type != { local, broadcast }") + " "
                        + verdict;
            case RAW ->
                any(
                        "tcp dport { 80, 8080, 9999 } notrack",
                        "th dport 9999 drop",
                        ip + " saddr @nets drop",
                        "ct state" + " untracked drop",
                        "meta l4proto tcp " + verdict);
            case IP_RULE -> "th dport " + any("80", "9090", "8080", "9999") + " meta mark set 0x2a";
            case BRIDGE -> throw new IllegalArgumentException();
        };
    }

    private String verdict(boolean calls) {
        String verdict = any("accept", "drop", "drop", "drop", "counter", "return", "jump other", "goto other");
        return !calls && verdict.endsWith("other") ? "drop" : verdict;
    }

    /// Rules of a bridge see frames between its ports, and those from and to the host.
    private String bridgeTable() {
        StringBuilder text = new StringBuilder("nft 'table bridge mine {\n");
        for (String chain : List.of("one", "two")) {
            String hook = any("prerouting", "input", "forward", "forward", "output", "postrouting");
            text.append("chain %s { type filter hook %s priority %s; ".formatted(chain, hook, any("-200", "0", "5")))
                    .append(NEIGHBOURS);
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                String match = any(
                        "ether type " + ip,
                        ip + " saddr " + subnet,
                        ip + " daddr " + subnet + " tcp dport 80",
                        "tcp dport { 80, 9999 }",
                        "meta l4proto { icmp, ipv6-icmp }",
                        "th dport 9090");
                text.append(match)
                        .append(' ')
                        .append(any("accept", "drop", "drop", "counter"))
                        .append("; ");
            }
            text.append("}\n");
        }
        return text + "}'";
    }

    private String iptables(Feature feature) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            String table =
                    feature == Feature.RAW ? "raw" : feature == Feature.IP_RULE ? "mangle" : any("filter", "mangle");
            String hook = switch (table) {
                case "raw" -> any("PREROUTING", "OUTPUT");
                case "filter" -> any("INPUT", "FORWARD", "OUTPUT");
                default -> any("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");
            };
            String name = "MINE-" + i;
            text.append("*").append(table).append("\n:").append(name).append(" - [0:0]\n");
            if (ipv6) {
                text.append("-A ").append(name).append(" -p ipv6-icmp --icmpv6-type 135 -j RETURN\n-A ");
                text.append(name).append(" -p ipv6-icmp --icmpv6-type 136 -j RETURN\n");
            }
            for (int rules = random.nextInt(1, 4); rules > 0; rules--) {
                text.append("-A ")
                        .append(name)
                        .append(' ')
                        .append(iptablesRule(feature, table))
                        .append('\n');
            }
            text.append("-I ").append(hook).append(" -j ").append(name).append("\nCOMMIT\n");
        }
        return (ipv6 ? "ip6tables" : "iptables") + "-restore --noflush <<'END'\n" + text + "END";
    }

    private String iptablesRule(Feature feature, String table) {
        String target = " -j " + any("ACCEPT", "DROP", "DROP", "RETURN");
        return switch (feature) {
            case SET ->
                "-p tcp -m multiport " + any("--dports 80,9090", "--dports 8080,9999", "--ports 80,81") + target;
            case INTERVAL -> any("-s " + subnet, "-d " + subnet, "! -s " + subnet, "-p tcp --dport 80:9100") + target;
            case MARK ->
                table.equals("mangle") && random.nextBoolean()
                        ? "-p tcp -j MARK --set-xmark " + any("0x10/0xff", "0x21")
                        : "-m mark " + any("", "! ") + "--mark " + any("0x10/0xf0", "0x21", "0x0") + target;
            case CT ->
                any(
                                "-m conntrack --ctstate NEW",
                                "-m conntrack --ctstate RELATED,ESTABLISHED",
                                "-m conntrack --ctdir" + " REPLY",
                                "-m conntrack --ctstate DNAT")
                        + target;
            case FIB ->
                any("-m addrtype --dst-type LOCAL", "-m addrtype ! --src-type LOCAL", "-m addrtype --dst-type UNICAST")
                        + target;
            case RAW ->
                any("-p tcp --dport 80 -j CT --notrack", "-p tcp --dport 9999 -j DROP", "-s " + subnet + target);
            case IP_RULE -> "-p tcp --dport " + any("80", "9090", "8080", "9999") + " -j MARK --set-xmark 0x2a";
            case MAP, VERDICT_MAP, BRIDGE -> throw new IllegalArgumentException();
        };
    }

    private String routingRule() {
        used.add(Feature.IP_RULE);
        String outside = ipv6 ? "2001:db8:66::/64" : "198.51.100.0/24";
        String match = any(
                "from " + subnet,
                "to " + subnet,
                "iif lo",
                "not from " + subnet,
                "fwmark 0x2a",
                "fwmark 0x2a",
                "fwmark 0x20/0x30",
                "to " + outside,
                "iif eth0 ipproto tcp",
                "ipproto tcp dport 80");
        String action = any(
                "lookup 42",
                "lookup 42",
                "lookup 42 suppress_prefixlength 0",
                "blackhole",
                "unreachable",
                "prohibit",
                "goto 32766");
        return "ip %s rule add %s %s priority 100".formatted(ipv6 ? "-6" : "-4", match, action);
    }
}
