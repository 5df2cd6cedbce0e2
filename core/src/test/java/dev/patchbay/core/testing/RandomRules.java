package dev.patchbay.core.testing;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/// Sets of rules by chance: of nftables or iptables, alone or in the shape of a firewall, of bridges, and of routing.
public final class RandomRules {
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
        for family in inet bridge; do nft delete table $family mine 2>/dev/null; done
        nft delete table inet firewalld 2>/dev/null
        for tables in iptables ip6tables; do
            $tables-save | grep -qE 'MINE|ufw' || continue
            $tables-save | grep -vE 'MINE|ufw' | $tables-restore
            $tables -P INPUT ACCEPT
        done
        true\
        """;

    /// Without it, the answer depends on what the kernel knows already of its neighbours.
    private static final String NEIGHBOURS = "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept; ";

    /// The network with IPv6 that a host must have.
    public static final String SUBNET6 = "2001:db8:1::/64";

    /// Of another protocol, such as ICMP, the same bytes are something else.
    private static final String TRANSPORT = "meta l4proto { tcp, udp } ";

    public enum Firewall {
        NFTABLES,
        IPTABLES,
        /// Its chains and policy, with a person's rules in them.
        UFW,
        /// Its table and zone, with a person's rules in them.
        FIREWALLD;

        public boolean has(Feature feature) {
            return switch (feature) {
                case MAP, VERDICT_MAP -> this == NFTABLES || this == FIREWALLD;
                case BRIDGE -> this == NFTABLES;
                case RAW -> this == NFTABLES || this == IPTABLES;
                case IP_RULE -> this != UFW;
                case SET, INTERVAL, MARK, CT, FIB -> true;
            };
        }
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
        BRIDGE
    }

    /// @param commands of a shell
    public record RuleSet(String commands, Firewall firewall, Set<Feature> features) {}

    private final Random random;
    private final boolean ipv6;
    private final String subnet;
    private final String userChain;
    private final String ip;
    private final Set<Feature> used = EnumSet.noneOf(Feature.class);

    /// @param subnet of a network with containers and IPv4
    /// @param userChain of iptables, in which the host's engine leaves room for rules
    public RandomRules(Random random, boolean ipv6, String subnet, String userChain) {
        this.random = random;
        this.ipv6 = ipv6;
        this.subnet = ipv6 ? SUBNET6 : subnet;
        this.userChain = userChain;
        this.ip = ipv6 ? "ip6" : "ip";
    }

    /// @param firewall that [Firewall#has] the feature
    public RuleSet next(Feature feature, Firewall firewall) {
        used.clear();
        used.add(feature);
        String routing = feature == Feature.IP_RULE || random.nextInt(6) == 0 ? routingRule() : "";
        String filter = feature == Feature.BRIDGE
                ? bridgeTable()
                : switch (firewall) {
                    case NFTABLES -> nftTable(feature);
                    case IPTABLES -> iptables(feature);
                    case UFW -> ufw(feature);
                    case FIREWALLD -> firewalld(feature);
                };
        return new RuleSet("set -e; " + filter + "\n" + routing, firewall, EnumSet.copyOf(used));
    }

    private String any(String... values) {
        return values[random.nextInt(values.length)];
    }

    private String nftTable(Feature feature) {
        StringBuilder text = new StringBuilder("nft 'table inet mine {\n").append(nftSets());
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

    private String nftSets() {
        return "set hosts { type %s; elements = { %s }; }\n"
                        .formatted(
                                ipv6 ? "ipv6_addr" : "ipv4_addr",
                                ipv6 ? "2001:db8:1::2, 2001:db8:9::1" : "198.51.100.1, 192.0.2.1")
                + "set nets { type %s; flags interval; elements = { %s }; }\n"
                        .formatted(
                                ipv6 ? "ipv6_addr" : "ipv4_addr",
                                ipv6
                                        ? "2001:db8:1::3-2001:db8:1::ff, 2001:db8:5::/64"
                                        : subnet + ", 203.0.113.5-203.0.113.9");
    }

    /// As firewalld 2 has it for a zone without interfaces of its own.
    private String firewalld(Feature feature) {
        boolean early = feature == Feature.IP_RULE;
        String known = "ct state { established, related } accept; ";
        String end = any("reject with icmpx admin-prohibited; ", "reject; ", "accept; ");
        return "nft 'table inet firewalld {\n" + nftSets()
                + "chain other { " + nftRules(Feature.CT, false) + "}\n"
                + "chain mangle_PREROUTING { type filter hook prerouting priority -140; "
                + (early ? nftRules(feature, true) : "") + "}\n"
                + "chain filter_IN_public { " + (early ? "" : nftRules(feature, true)) + "}\n"
                + "chain filter_FWD_public { " + (early ? "" : nftRules(feature, true)) + "}\n"
                + "chain filter_INPUT { type filter hook input priority 10; " + known
                + "ct status dnat accept; iifname \"lo\" accept; " + NEIGHBOURS + "ct state invalid drop; "
                + "jump filter_IN_public; " + end + "}\n"
                + "chain filter_FORWARD { type filter hook forward priority 10; " + known
                + any("ct status dnat accept; ", "") + "iifname \"lo\" accept; ct state invalid drop; "
                + "jump filter_FWD_public; " + end + "}\n"
                + "chain filter_OUTPUT { type filter hook output priority 10; " + known
                + "oifname \"lo\" accept; }\n}'";
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
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            text.append(nftRule(feature, calls)).append("; ");
        }
        return text.toString();
    }

    private String nftRule(Feature feature, boolean calls) {
        String verdict = verdict(calls);
        return switch (feature) {
            case SET ->
                any(
                                TRANSPORT + "th dport { 80, 9090 }",
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
                                TRANSPORT + "th dport != 1-1023",
                                ip + " daddr " + subnet)
                        + " " + verdict;
            case MAP ->
                TRANSPORT + "meta mark set th dport map { 80 : 0x11, 9090 : 0x21, 9999 : 0x3 }; meta mark "
                        + any("0x11", "0x21", "& 0x1 == 0x1", "!= 0x3") + " " + verdict;
            case VERDICT_MAP ->
                any(
                        TRANSPORT + "th dport vmap { 80 : drop, 9090 : accept, 9999 : "
                                + (calls ? "jump other" : "return") + " }",
                        "iifname vmap { \"eth0\" : accept, \"pb*\" : drop }",
                        "ct state vmap { new : " + verdict.replace("counter", "continue")
                                + ", established : accept, invalid : drop }",
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
                        TRANSPORT + "th dport 9999 drop",
                        ip + " saddr @nets drop",
                        "ct state" + " untracked drop",
                        "meta l4proto tcp " + verdict);
            case IP_RULE -> TRANSPORT + "th dport " + any("80", "9090", "8080", "9999") + " meta mark set 0x2a";
            case BRIDGE -> throw new IllegalArgumentException();
        };
    }

    private String verdict(boolean calls) {
        String verdict =
                any("accept", "drop", "drop", "drop", "drop", "drop", "counter", "return", "jump other", "goto other");
        return !calls && verdict.endsWith("other") ? "drop" : verdict;
    }

    /// Rules of a bridge see frames between its ports, and those from and to the host.
    private String bridgeTable() {
        StringBuilder text = new StringBuilder("nft 'table bridge mine {\n");
        for (String chain : List.of("one", "two")) {
            String hook = any("prerouting", "input", "forward", "forward", "output", "postrouting");
            text.append("chain %s { type filter hook %s priority %s; ".formatted(chain, hook, any("-200", "0", "5")))
                    .append(NEIGHBOURS);
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                String match = any(
                        "ether type " + ip,
                        ip + " saddr " + subnet,
                        ip + " daddr " + subnet + " tcp dport 80",
                        "tcp dport { 80, 9999 }",
                        "meta l4proto { icmp, ipv6-icmp }",
                        TRANSPORT + "th dport 9090");
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
                case "filter" -> any("INPUT", "FORWARD", "OUTPUT", userChain);
                default -> any("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");
            };
            String name = "MINE-" + i;
            text.append("*").append(table).append("\n:").append(name).append(" - [0:0]\n");
            text.append(iptablesRules(name, feature, table));
            text.append("-I ").append(hook).append(" -j ").append(name).append("\nCOMMIT\n");
        }
        return restore(text.toString());
    }

    private String restore(String tables) {
        return (ipv6 ? "ip6tables" : "iptables") + "-restore --noflush <<'END'\n" + tables + "END";
    }

    private String iptablesRules(String chain, Feature feature, String table) {
        StringBuilder text = new StringBuilder();
        if (ipv6) {
            text.append("-A ").append(chain).append(" -p ipv6-icmp --icmpv6-type 135 -j RETURN\n-A ");
            text.append(chain).append(" -p ipv6-icmp --icmpv6-type 136 -j RETURN\n");
        }
        for (int rules = random.nextInt(1, 5); rules > 0; rules--) {
            text.append("-A ")
                    .append(chain)
                    .append(' ')
                    .append(iptablesRule(feature, table))
                    .append('\n');
        }
        return text.toString();
    }

    /// As ufw has it, which drops what nobody allowed; the policy of forwarding is the engine's.
    private String ufw(Feature feature) {
        String ufw = ipv6 ? "ufw6-" : "ufw-";
        StringBuilder text = new StringBuilder("*filter\n:INPUT " + any("ACCEPT", "DROP", "DROP") + " [0:0]\n");
        for (String hook : List.of("input", "forward")) {
            String before = ufw + "before-" + hook;
            String user = ufw + "user-" + hook;
            text.append(":%s - [0:0]\n:%s - [0:0]\n".formatted(before, user));
            text.append("-A %1$s -j %2$s\n-A %1$s -j %3$s\n".formatted(hook.toUpperCase(Locale.ROOT), before, user));
            if (hook.equals("input")) {
                text.append("-A ").append(before).append(" -i lo -j ACCEPT\n");
            }
            text.append("-A %1$s -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n".formatted(before));
            text.append("-A %s -m conntrack --ctstate INVALID -j DROP\n".formatted(before));
            text.append("-A %s %s -j ACCEPT\n"
                    .formatted(before, ipv6 ? "-p ipv6-icmp" : "-p icmp --icmp-type echo-request"));
            text.append(iptablesRules(user, feature, "filter"));
        }
        return restore(text + "COMMIT\n");
    }

    private String iptablesRule(Feature feature, String table) {
        String target = " -j " + any("ACCEPT", "DROP", "DROP", "DROP", "RETURN");
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
