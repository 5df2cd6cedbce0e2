package dev.patchbay.core.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.packet.HookVerdict.Kind;
import dev.patchbay.core.packet.RuleTables.Phase;
import dev.patchbay.core.rules.FirewallRule;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.kernel.KernelTable;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules in the JSON that nft 1.0.6 prints.
class NftRulesEvaluationTest {
    private static final InetAddress HOST = InetAddress.ofLiteral("198.51.100.2");
    private static final InetAddress OUTSIDE = InetAddress.ofLiteral("198.51.100.1");
    private static final MatchContext CONTEXT = new MatchContext(
            Set.of(HOST, InetAddress.ofLiteral("10.88.0.1")),
            new PortRange(32768, 60999),
            (address, _, _) -> address.equals(OUTSIDE) ? "eth0" : "podman0");

    /// From outside to port 80 of a container.
    private static final Packet PACKET = Packet.first(Protocol.TCP, OUTSIDE, InetAddress.ofLiteral("172.18.0.2"), 80)
            .withLinks("eth0", "br-1");

    private static KernelTable table(String family, String name, String... objects) {
        return new KernelTable(family, name, List.of(), "", "{\"nftables\": [" + String.join(", ", objects) + "]}");
    }

    private static RuleTables tables(KernelTable... tables) {
        return new RuleTables(new HostRules(0, "", List.of(), List.of(), List.of(tables), List.of()), Family.IPV4);
    }

    private static KernelTable recorded(String family, String name) {
        try (InputStream stream =
                Objects.requireNonNull(NftRulesEvaluationTest.class.getResourceAsStream(name + ".json"))) {
            return new KernelTable(
                    family, name, List.of(), "", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String chain(String name) {
        return "{\"chain\": {\"name\": \"%s\"}}".formatted(name);
    }

    private static String base(String name, String hook, int priority, String policy) {
        return """
            {"chain": {"name": "%s", "type": "filter", "hook": "%s", "prio": %d, "policy": "%s"}}\
            """.formatted(name, hook, priority, policy);
    }

    private static String rule(String chain, String expressions) {
        return "{\"rule\": {\"chain\": \"%s\", \"handle\": 7, \"expr\": [%s]}}".formatted(chain, expressions);
    }

    /// Of the only chain of nft at this hook.
    private static HookVerdict verdict(RuleTables tables, NetfilterHook hook, Packet packet) {
        for (Phase phase : Phase.values()) {
            for (BaseChain chain : tables.chains(hook, phase)) {
                if (chain.nft()) {
                    return tables.evaluate(chain, packet, CONTEXT);
                }
            }
        }
        throw new AssertionError("no chain at " + hook);
    }

    private static HookVerdict forward(Packet packet, String... objects) {
        String[] all = Arrays.copyOf(objects, objects.length + 1);
        all[objects.length] = base("fw", "forward", 0, "drop");
        return verdict(tables(table("inet", "mine", all)), NetfilterHook.FORWARD, packet);
    }

    /// The other rule of the chain is the policy, which drops.
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '\0', textBlock = """
        {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "198.51.100.1"}} => ACCEPTED
        {"match": {"op": "!=", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": {"set": ["1.1.1.1", "2.2.2.2"]}}} => ACCEPTED
        {"match": {"op": "!=", "left": {"payload": {"protocol": "ip6", "field": "saddr"}}, "right": "::1"}} => DROPPED
        {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "daddr"}}, "right": {"prefix": {"addr": "172.16.0.0", "len": 12}}}} => ACCEPTED
        {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "@s1"}} => ACCEPTED
        {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "daddr"}}, "right": "@s1"}} => DROPPED
        {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "daddr"}}, "right": "@d1"}} => UNKNOWN
        {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "daddr"}}, "right": "@gone"}} => UNKNOWN
        {"match": {"op": "==", "left": {"concat": [{"payload": {"protocol": "ip", "field": "saddr"}}, {"meta": {"key": "l4proto"}}, {"payload": {"protocol": "th", "field": "dport"}}]}, "right": "@c1"}} => ACCEPTED
        {"match": {"op": "!=", "left": {"concat": [{"payload": {"protocol": "ip", "field": "saddr"}}, {"meta": {"key": "l4proto"}}, {"payload": {"protocol": "th", "field": "dport"}}]}, "right": "@c1"}} => DROPPED
        {"match": {"op": "==", "left": {"concat": [{"meta": {"key": "iifname"}}, {"meta": {"key": "oifname"}}]}, "right": {"set": [{"concat": ["eth*", "br-1"]}]}}} => ACCEPTED
        {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": {"set": [22, {"range": [79, 81]}]}}} => ACCEPTED
        {"match": {"op": "==", "left": {"payload": {"protocol": "udp", "field": "dport"}}, "right": 80}} => DROPPED
        {"match": {"op": "!=", "left": {"payload": {"protocol": "udp", "field": "dport"}}, "right": 53}} => DROPPED
        {"match": {"op": ">=", "left": {"payload": {"protocol": "tcp", "field": "sport"}}, "right": 1024}} => ACCEPTED
        {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "sport"}}, "right": {"range": [40000, 40010]}}} => UNKNOWN
        {"match": {"op": "==", "left": {"payload": {"protocol": "icmp", "field": "type"}}, "right": "echo-request"}} => DROPPED
        {"match": {"op": "==", "left": {"&": [{"payload": {"protocol": "tcp", "field": "flags"}}, ["fin", "syn", "rst", "ack"]]}, "right": "syn"}} => ACCEPTED
        {"match": {"op": "==", "left": {"meta": {"key": "l4proto"}}, "right": {"set": ["tcp", "udp"]}}} => ACCEPTED
        {"match": {"op": "==", "left": {"meta": {"key": "nfproto"}}, "right": "ipv6"}} => DROPPED
        {"match": {"op": "==", "left": {"meta": {"key": "protocol"}}, "right": "ip"}} => ACCEPTED
        {"match": {"op": "==", "left": {"meta": {"key": "iif"}}, "right": "lo"}} => DROPPED
        {"match": {"op": "!=", "left": {"meta": {"key": "iifname"}}, "right": {"set": ["a", "b*"]}}} => ACCEPTED
        {"match": {"op": "==", "left": {"meta": {"key": "cpu"}}, "right": 1}} => UNKNOWN
        {"match": {"op": "==", "left": {"meta": {"key": "iiftype"}}, "right": "ether"}} => UNKNOWN
        {"match": {"op": "==", "left": {"meta": {"key": "mark"}}, "right": 0}} => ACCEPTED
        {"match": {"op": "!=", "left": {"&": [{"meta": {"key": "mark"}}, 8192]}, "right": 0}} => DROPPED
        {"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": ["established", "new"]}} => ACCEPTED
        {"match": {"op": "!=", "left": {"ct": {"key": "state"}}, "right": {"|": ["established", "related"]}}} => ACCEPTED
        {"match": {"op": "!", "left": {"ct": {"key": "state"}}, "right": "established"}} => ACCEPTED
        {"match": {"op": "==", "left": {"ct": {"key": "state"}}, "right": {"set": ["established", "related"]}}} => DROPPED
        {"match": {"op": "in", "left": {"ct": {"key": "status"}}, "right": "dnat"}} => DROPPED
        {"match": {"op": "==", "left": {"ct": {"key": "direction"}}, "right": "original"}} => ACCEPTED
        {"match": {"op": "==", "left": {"ct": {"key": "ip daddr", "dir": "original"}}, "right": "172.18.0.2"}} => ACCEPTED
        {"match": {"op": "==", "left": {"ct": {"key": "proto-dst", "dir": "original"}}, "right": 81}} => DROPPED
        {"match": {"op": "==", "left": {"fib": {"result": "type", "flags": ["daddr"]}}, "right": "local"}} => DROPPED
        {"match": {"op": "!=", "left": {"fib": {"result": "type", "flags": ["daddr", "iif"]}}, "right": {"set": ["local", "broadcast"]}}} => ACCEPTED
        {"match": {"op": "==", "left": {"fib": {"result": "oif", "flags": ["saddr", "iif"]}}, "right": false}} => DROPPED
        {"match": {"op": "!=", "left": {"fib": {"result": "oif", "flags": ["saddr", "mark", "iif"]}}, "right": "0"}} => ACCEPTED
        {"match": {"op": "!=", "left": {"&": [{"payload": {"protocol": "ip", "field": "frag-off"}}, 8191]}, "right": 0}} => DROPPED
        {"match": {"op": "<", "left": {"payload": {"protocol": "ip", "field": "ttl"}}, "right": 5}} => UNKNOWN
        {"match": {"op": "==", "left": {"socket": {"key": "transparent"}}, "right": 1}} => UNKNOWN
        {"limit": {"rate": 5, "burst": 5, "per": "second"}} => UNKNOWN
        {"quota": {"val": 25, "val_unit": "mbytes", "inv": true}} => UNKNOWN
        {"set": {"op": "add", "elem": {"payload": {"protocol": "ip", "field": "saddr"}}, "set": "@d1"}} => UNKNOWN
        {"counter": {"packets": 0, "bytes": 0}} => ACCEPTED
        {"log": {"prefix": "x", "group": 1}} => ACCEPTED
        {"queue": {"num": 1}} => UNKNOWN
        {"xt": null} => UNKNOWN
        {"mangle": {"key": {"payload": {"protocol": "ip", "field": "dscp"}}, "value": 3}} => ACCEPTED
        {"mangle": {"key": {"payload": {"protocol": "ip", "field": "daddr"}}, "value": "1.2.3.4"}} => UNKNOWN
        {"vmap": {"key": {"ct": {"key": "state"}}, "data": {"set": [["invalid", {"drop": null}], ["new", {"accept": null}]]}}} => ACCEPTED
        {"vmap": {"key": {"meta": {"key": "iifname"}}, "data": {"set": [["docker*", {"accept": null}], ["eth0", {"drop": null}]]}}} => DROPPED
        {"vmap": {"key": {"meta": {"key": "iifname"}}, "data": {"set": [["docker*", {"accept": null}], ["*", {"return": null}]]}}} => DROPPED
        {"vmap": {"key": {"numgen": {"mode": "random", "mod": 2, "offset": 0}}, "data": {"set": [[0, {"accept": null}], [1, {"drop": null}]]}}} => UNKNOWN
        {"vmap": {"key": {"numgen": {"mode": "inc", "mod": 2, "offset": 0}}, "data": {"set": [[0, {"drop": null}], [1, {"drop": null}]]}}} => DROPPED
        {"vmap": {"key": {"concat": [{"payload": {"protocol": "ip", "field": "saddr"}}, {"payload": {"protocol": "tcp", "field": "dport"}}]}, "data": {"set": [[{"concat": [{"prefix": {"addr": "198.0.0.0", "len": 8}}, {"range": [80, 90]}]}, {"accept": null}]]}}} => ACCEPTED
        """)
    void aRuleOfNftMatchesOrNotOrItIsNotKnown(String expressions, Kind expected) {
        HookVerdict verdict = forward(
                PACKET,
                "{\"set\": {\"name\": \"s1\", \"flags\": [\"interval\"], \"elem\": [\"1.2.3.4\", {\"prefix\":"
                        + " {\"addr\": \"10.0.0.0\", \"len\": 8}}, {\"range\": [\"198.51.100.1\", \"198.51.100.9\"]}]}}",
                "{\"set\": {\"name\": \"c1\", \"elem\": [{\"concat\": [{\"prefix\": {\"addr\": \"198.0.0.0\", \"len\":"
                        + " 8}}, \"tcp\", {\"range\": [80, 90]}]}]}}",
                "{\"set\": {\"name\": \"d1\", \"flags\": [\"timeout\"], \"timeout\": 60}}",
                rule("fw", expressions + ", {\"accept\": null}"));
        assertThat(verdict.kind()).isEqualTo(expected);
    }

    @Test
    void chainsAreJumpedToLeftAndGoneTo() {
        String jump = "{\"jump\": {\"target\": \"a\"}}";
        String goTo = "{\"goto\": {\"target\": \"a\"}}";
        String accept = "{\"accept\": null}";
        String drop = "{\"drop\": null}";
        String isReturn = "{\"return\": null}";
        assertThat(forward(PACKET, chain("a"), rule("fw", jump), rule("fw", accept), rule("a", isReturn))
                        .kind())
                .isEqualTo(Kind.ACCEPTED);
        assertThat(forward(PACKET, chain("a"), rule("fw", goTo), rule("fw", accept), rule("a", isReturn))
                        .kind())
                .isEqualTo(Kind.DROPPED);
        HookVerdict inner = forward(PACKET, chain("a"), rule("fw", jump), rule("fw", accept), rule("a", drop));
        assertThat(inner.matchedRules()).extracting(FirewallRule::chain).containsExactly("fw", "a");
        assertThat(Objects.requireNonNull(inner.decidingRule()).deletion())
                .isEqualTo("nft delete rule inet mine a handle 7");
    }

    @Test
    void marksAreCarriedFromRuleToRule() {
        String mark = "{\"meta\": {\"key\": \"mark\"}}";
        String set = "{\"mangle\": {\"key\": " + mark + ", \"value\": {\"|\": [" + mark + ", 8192]}}}";
        String masked = "{\"match\": {\"op\": \"==\", \"left\": {\"&\": [" + mark + ", 12288]}, \"right\": 8192}}";
        String accept = "{\"accept\": null}";
        assertThat(forward(PACKET, rule("fw", set), rule("fw", masked + ", " + accept))
                        .kind())
                .isEqualTo(Kind.ACCEPTED);
        String limited = "{\"limit\": {\"rate\": 5, \"per\": \"second\"}}, " + set;
        HookVerdict maybe = forward(PACKET, rule("fw", limited));
        assertThat(maybe.kind()).isEqualTo(Kind.DROPPED);
        assertThat(maybe.packet().mark()).isEqualTo(new MarkBits(0, 8192));
        String ofConnection = "{\"mangle\": {\"key\": {\"ct\": {\"key\": \"mark\"}}, \"value\": " + mark + "}}";
        HookVerdict saved = forward(PACKET, rule("fw", set), rule("fw", ofConnection));
        assertThat(saved.packet().toReply().mark()).isEqualTo(MarkBits.ZERO);
        assertThat(saved.packet().toReply().tracking().mark()).isEqualTo(MarkBits.of(8192));
    }

    @Test
    void aPacketWithoutTrackingHasNoStateAndIsNotTranslated() {
        RuleTables tables = tables(
                recorded("inet", "netavark"),
                table("inet", "mine", base("raw", "prerouting", -300, "accept"), rule("raw", "{\"notrack\": null}")));
        Packet packet = Packet.first(Protocol.TCP, OUTSIDE, HOST, 8080).withLinks("eth0", "");
        Packet untracked = verdict(tables, NetfilterHook.PREROUTING, packet).packet();
        assertThat(tables.translate(NetfilterHook.PREROUTING, packet, CONTEXT).kind())
                .isEqualTo(Kind.DNAT);
        assertThat(tables.translate(NetfilterHook.PREROUTING, untracked, CONTEXT)
                        .kind())
                .isEqualTo(Kind.ACCEPTED);
    }

    /// A SYN/ACK without its SYN starts no connection; a datagram does.
    @ParameterizedTest
    @CsvSource({"TCP, invalid, DROPPED", "TCP, untracked, ACCEPTED", "UDP, invalid, ACCEPTED", "UDP, new, DROPPED"})
    void anAnswerToAPacketWithoutTrackingIsOfNoKnownConnection(Protocol protocol, String state, Kind kind) {
        RuleTables tables = tables(table(
                "inet",
                "mine",
                base("raw", "prerouting", -300, "accept"),
                rule("raw", "{\"notrack\": null}"),
                base("fw", "forward", 0, "accept"),
                rule(
                        "fw",
                        "{\"match\": {\"op\": \"in\", \"left\": {\"ct\": {\"key\": \"state\"}}, \"right\": \"" + state
                                + "\"}}, {\"drop\": null}")));
        Packet packet = Packet.first(protocol, OUTSIDE, InetAddress.ofLiteral("172.18.0.2"), 80)
                .withLinks("eth0", "");
        Packet untracked = verdict(tables, NetfilterHook.PREROUTING, packet).packet();
        Packet answer = untracked.toReply().withLinks("br-1", "eth0");
        assertThat(verdict(tables, NetfilterHook.FORWARD, answer).kind()).isEqualTo(kind);
    }

    @Test
    void chainsOfIptablesAndNftAreCalledInTheOrderOfTheirPriorities() {
        HostRules rules = new HostRules(
                0,
                "",
                List.of(
                        new KernelChain(Family.IPV4, "filter", "FORWARD", "ACCEPT", 0, 0),
                        new KernelChain(Family.IPV4, "mangle", "FORWARD", "ACCEPT", 0, 0)),
                List.of(),
                List.of(
                        table(
                                "inet",
                                "late",
                                base("a", "forward", 10, "accept"),
                                base("b", "forward", -10, "accept"),
                                base("c", "prerouting", -150, "accept"),
                                base("d", "prerouting", -90, "accept")),
                        table("ip6", "other", base("e", "forward", 0, "drop"))),
                List.of());
        RuleTables tables = new RuleTables(rules, Family.IPV4);
        assertThat(tables.chains(NetfilterHook.FORWARD, Phase.BEFORE_NAT))
                .extracting(BaseChain::fullName)
                .containsExactly("mangle FORWARD", "inet late b", "filter FORWARD", "inet late a", "security FORWARD");
        assertThat(tables.chains(NetfilterHook.PREROUTING, Phase.AFTER_NAT))
                .extracting(BaseChain::fullName)
                .containsExactly("inet late d");
    }

    @Test
    void theFirstChainThatTranslatesWins() {
        String dnat = "{\"dnat\": {\"family\": \"ip\", \"addr\": \"10.0.0.%d\", \"port\": 80}}";
        String nat = """
            {"chain": {"name": "n", "type": "nat", "hook": "prerouting", "prio": %d, "policy": "accept"}}\
            """;
        RuleTables ordered = tables(
                table("ip", "b", nat.formatted(-90), rule("n", dnat.formatted(2))),
                table("ip", "a", nat.formatted(-100), rule("n", dnat.formatted(1))));
        assertThat(ordered.translate(NetfilterHook.PREROUTING, PACKET, CONTEXT).natArgument())
                .isEqualTo("10.0.0.1:80");
        RuleTables equal = tables(
                table("ip", "b", nat.formatted(-100), rule("n", dnat.formatted(2))),
                table("ip", "a", nat.formatted(-100), rule("n", dnat.formatted(1))));
        assertThat(equal.translate(NetfilterHook.PREROUTING, PACKET, CONTEXT).kind())
                .isEqualTo(Kind.UNKNOWN);
        assertThat(ordered.translate(NetfilterHook.PREROUTING, PACKET.toReply(), CONTEXT)
                        .kind())
                .isEqualTo(Kind.ACCEPTED);
    }

    @Test
    void translationsOfEveryFormAreRead() {
        assertThat(natOf("{\"dnat\": {\"family\": \"ip\", \"addr\": {\"map\": {\"key\": {\"concat\": [{\"payload\":"
                                + " {\"protocol\": \"ip\", \"field\": \"daddr\"}}, {\"payload\": {\"protocol\": \"tcp\", \"field\":"
                                + " \"dport\"}}]}, \"data\": \"@m1\"}}}}")
                        .natArgument())
                .isEqualTo("5.6.7.8:90");
        assertThat(natOf("{\"dnat\": {\"family\": \"ip\", \"addr\": {\"map\": {\"key\": {\"jhash\": {\"mod\":"
                                + " 2, \"expr\": {\"payload\": {\"protocol\": \"ip\", \"field\": \"saddr\"}}}},"
                                + " \"data\": {\"set\": [[0, \"10.0.0.1\"], [1, \"10.0.0.2\"]]}}}}}")
                        .kind())
                .isEqualTo(Kind.UNKNOWN);
        assertThat(natOf("{\"dnat\": {\"port\": 8080}}").natArgument()).isEqualTo("172.18.0.2:8080");
        assertThat(natOf("{\"dnat\": {\"family\": \"ip6\", \"addr\": \"fd00::1\", \"port\": 80}}")
                        .kind())
                .isEqualTo(Kind.ACCEPTED);
        assertThat(natOf("{\"redirect\": {\"port\": 81}}"))
                .extracting(HookVerdict::kind, HookVerdict::natArgument)
                .containsExactly(Kind.REDIRECTED, "81");
        assertThat(natOf("{\"masquerade\": {\"flags\": \"random\"}}").kind()).isEqualTo(Kind.MASQUERADED);
    }

    private static HookVerdict natOf(String statement) {
        return tables(table(
                        "inet",
                        "mine",
                        "{\"chain\": {\"name\": \"n\", \"type\": \"nat\", \"hook\": \"prerouting\", \"prio\": -100}}",
                        "{\"map\": {\"name\": \"m1\", \"elem\": [[{\"concat\": [\"172.18.0.2\", 80]}, {\"concat\":"
                                + " [\"5.6.7.8\", 90]}]]}}",
                        rule("n", statement)))
                .translate(NetfilterHook.PREROUTING, PACKET, CONTEXT);
    }

    @Test
    void netavarkPublishesAPort() {
        RuleTables tables = tables(recorded("inet", "netavark"));
        Packet packet = Packet.first(Protocol.TCP, OUTSIDE, HOST, 8080).withLinks("eth0", "");
        HookVerdict dnat = tables.translate(NetfilterHook.PREROUTING, packet, CONTEXT);
        assertThat(dnat.kind()).isEqualTo(Kind.DNAT);
        assertThat(dnat.natArgument()).isEqualTo("10.88.0.2:80");
        assertThat(dnat.chain().fullName()).isEqualTo("inet netavark PREROUTING");
        assertThat(dnat.matchedRules())
                .extracting(FirewallRule::chain)
                .containsExactly("PREROUTING", "NETAVARK-HOSTPORT-DNAT", "nv_2f259bab_10_88_0_0_nm16_dnat");

        Packet inside = dnat.packet()
                .withDestination(InetAddress.ofLiteral("10.88.0.2"), 80)
                .withLinks("eth0", "podman0");
        assertThat(verdict(tables, NetfilterHook.FORWARD, inside).kind()).isEqualTo(Kind.ACCEPTED);
        assertThat(tables.translate(NetfilterHook.POSTROUTING, inside, CONTEXT).kind())
                .isEqualTo(Kind.ACCEPTED);

        Packet own = Packet.first(Protocol.TCP, InetAddress.ofLiteral("127.0.0.1"), HOST, 8080)
                .withLinks("", "lo");
        HookVerdict marked = tables.translate(NetfilterHook.OUTPUT, own, CONTEXT);
        assertThat(marked.packet().mark()).isEqualTo(MarkBits.of(0x2000));
        assertThat(tables.translate(NetfilterHook.POSTROUTING, marked.packet(), CONTEXT)
                        .kind())
                .as("a loopback address is masqueraded by its mark")
                .isEqualTo(Kind.MASQUERADED);

        Packet isolated = Packet.first(
                        Protocol.TCP, InetAddress.ofLiteral("10.89.0.2"), InetAddress.ofLiteral("10.88.0.2"), 80)
                .withLinks("podman1", "podman0");
        assertThat(verdict(tables, NetfilterHook.FORWARD, isolated))
                .satisfies(drop -> assertThat(drop.kind()).isEqualTo(Kind.DROPPED))
                .satisfies(drop -> assertThat(drop.matchedRules())
                        .extracting(FirewallRule::chain)
                        .containsExactly("FORWARD", "NETAVARK-ISOLATION-1", "NETAVARK-ISOLATION-2"));
    }

    @Test
    void dockersVerdictMapsLeadToTheChainsOfABridge() {
        RuleTables tables = tables(recorded("ip", "docker-bridges"));
        InetAddress web = InetAddress.ofLiteral("172.17.0.2");
        Packet packet = Packet.first(Protocol.TCP, OUTSIDE, HOST, 8080).withLinks("eth0", "");
        assertThat(tables.translate(NetfilterHook.PREROUTING, packet, CONTEXT).natArgument())
                .isEqualTo("172.17.0.2:80");
        Packet published = packet.withDestination(web, 80).withLinks("eth0", "docker0");
        assertThat(verdict(tables, NetfilterHook.FORWARD, published).kind()).isEqualTo(Kind.ACCEPTED);
        Packet other = packet.withDestination(web, 81).withLinks("eth0", "docker0");
        assertThat(verdict(tables, NetfilterHook.FORWARD, other).kind()).isEqualTo(Kind.DROPPED);
        assertThat(verdict(tables, NetfilterHook.FORWARD, other.toReply().withLinks("docker0", "eth0"))
                        .kind())
                .isEqualTo(Kind.ACCEPTED);
        Packet direct = Packet.first(Protocol.TCP, OUTSIDE, web, 80).withLinks("eth0", "");
        assertThat(verdict(tables, NetfilterHook.PREROUTING, direct).kind()).isEqualTo(Kind.DROPPED);
        Packet leaving = Packet.first(Protocol.TCP, web, OUTSIDE, 80).withLinks("docker0", "eth0");
        assertThat(tables.translate(NetfilterHook.POSTROUTING, leaving, CONTEXT).kind())
                .isEqualTo(Kind.MASQUERADED);
        Packet apart = Packet.first(Protocol.TCP, web, InetAddress.ofLiteral("172.18.0.2"), 80)
                .withLinks("docker0", "br-one");
        assertThat(verdict(tables, NetfilterHook.FORWARD, apart).kind()).isEqualTo(Kind.DROPPED);
    }

    @Test
    void firewalldClosesTheHostAndLetsTranslatedPacketsPass() {
        RuleTables tables = tables(recorded("inet", "firewalld"));
        Packet toHost = Packet.first(Protocol.TCP, OUTSIDE, HOST, 80).withLinks("eth0", "");
        assertThat(verdict(tables, NetfilterHook.INPUT, toHost).kind()).isEqualTo(Kind.REJECTED);
        Packet ssh = Packet.first(Protocol.TCP, OUTSIDE, HOST, 22).withLinks("eth0", "");
        assertThat(verdict(tables, NetfilterHook.INPUT, ssh).kind()).isEqualTo(Kind.ACCEPTED);
        Packet ping = Packet.first(null, OUTSIDE, HOST, 0).withLinks("eth0", "");
        assertThat(verdict(tables, NetfilterHook.INPUT, ping).kind()).isEqualTo(Kind.ACCEPTED);
        assertThat(verdict(tables, NetfilterHook.FORWARD, PACKET).kind()).isEqualTo(Kind.REJECTED);
        Packet translated = PACKET.withDestination(InetAddress.ofLiteral("172.18.0.2"), 80);
        assertThat(verdict(tables, NetfilterHook.FORWARD, translated).kind()).isEqualTo(Kind.ACCEPTED);

        RuleTables six = new RuleTables(
                new HostRules(0, "", List.of(), List.of(), List.of(recorded("inet", "firewalld")), List.of()),
                Family.IPV6);
        Packet wrongLink = Packet.first(
                        Protocol.TCP, InetAddress.ofLiteral("2001:db8::1"), InetAddress.ofLiteral("2001:db8::2"), 80)
                .withLinks("eth0", "");
        BaseChain filter = six.chains(NetfilterHook.PREROUTING, Phase.AFTER_NAT).getFirst();
        assertThat(six.evaluate(filter, wrongLink, CONTEXT).kind()).isEqualTo(Kind.DROPPED);
        assertThat(six.evaluate(filter, wrongLink.withLinks("podman0", ""), CONTEXT)
                        .kind())
                .isEqualTo(Kind.ACCEPTED);
    }

    @Test
    void aTableThatCannotBeReadAndChainsOfLinksAreNamed() {
        String frames = "{\"chain\": {\"name\": \"f\", \"type\": \"filter\", \"hook\": \"%s\", \"prio\": 0, \"policy\":"
                + " \"accept\"%s}}";
        RuleTables tables = tables(
                new KernelTable("inet", "long", List.of("a"), "", ""),
                table("bridge", "br", frames.formatted("forward", ""), rule("f", "{\"drop\": null}")),
                table("bridge", "idle", frames.formatted("forward", "")),
                table(
                        "netdev",
                        "nd",
                        frames.formatted("ingress", ", \"dev\": \"eth0\""),
                        rule("f", "{\"drop\": null}")),
                table("arp", "requests", frames.formatted("input", ""), rule("f", "{\"drop\": null}")));
        assertThat(tables.unreadable()).containsExactly("inet long");
        assertThat(tables.onLinks()).extracting(BaseChain.OnLink::fullName).containsExactly("netdev nd f");
        assertThat(tables.bridgeChains(NetfilterHook.FORWARD))
                .extracting(BaseChain::fullName)
                .containsExactlyInAnyOrder("bridge br f", "bridge idle f");
        assertThat(tables.onLinks().getLast().devices()).containsExactly("eth0");
    }

    @Test
    void marksOfIptablesAreCarriedWithTheirMasks() {
        List<KernelRule> rules = new ArrayList<>();
        for (String specification : List.of(
                "-j MARK --set-xmark 0x12/0xff",
                "-j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xf0",
                "-m mark --mark 0x12/0xff -m connmark --mark 0x3/0xf -j DROP",
                "-m limit --limit 5/min -j MARK --set-xmark 0x1/0x1",
                "-m mark --mark 0x13/0xff -j DROP")) {
            rules.add(new KernelRule(Family.IPV4, "mangle", "FORWARD", rules.size() + 1, 0, 0, specification));
        }
        RuleTables tables = new RuleTables(new HostRules(0, "", List.of(), rules, List.of(), List.of()), Family.IPV4);
        HookVerdict verdict = tables.evaluate(
                tables.chains(NetfilterHook.FORWARD, Phase.BEFORE_NAT).getFirst(), PACKET, CONTEXT);
        assertThat(verdict.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(verdict.packet().mark()).isEqualTo(new MarkBits(0x12, 1));
        assertThat(verdict.packet().tracking().mark().value() & 0xf0).isEqualTo(0x10);
    }
}
