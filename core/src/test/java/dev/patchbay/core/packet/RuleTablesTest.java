package dev.patchbay.core.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.packet.HookVerdict.Kind;
import dev.patchbay.core.packet.RuleTables.Phase;
import dev.patchbay.core.rules.FirewallRule;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelChain;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTablesTest {
    private static final InetAddress HOST = InetAddress.ofLiteral("198.51.100.2");
    private static final InetAddress HOST6 = InetAddress.ofLiteral("2001:db8::2");
    private static final MatchContext SURROUNDINGS =
            new MatchContext(Set.of(HOST, HOST6), new PortRange(32768, 60999), null);
    private static final Packet PACKET = Packet.first(
                    Protocol.TCP, InetAddress.ofLiteral("198.51.100.1"), InetAddress.ofLiteral("172.18.0.2"), 80)
            .withLinks("eth0", "pb-1");

    /// @param rules each `CHAIN specification`
    private static HookVerdict forward(Packet packet, String... rules) {
        Family family = packet.family();
        List<KernelChain> chains = new ArrayList<>();
        List<KernelRule> parsed = new ArrayList<>();
        chains.add(new KernelChain(family, "filter", "FORWARD", "DROP", 0, 0));
        for (String rule : rules) {
            String[] words = rule.split(" ", 2);
            if (chains.stream().noneMatch(chain -> chain.name().equals(words[0]))) {
                chains.add(new KernelChain(family, "filter", words[0], "-", 0, 0));
            }
            int number = (int) parsed.stream()
                            .filter(other -> other.chain().equals(words[0]))
                            .count()
                    + 1;
            parsed.add(new KernelRule(family, "filter", words[0], number, 0, 0, words[1]));
        }
        HostRules sample = new HostRules(0, "iptables", chains, parsed, List.of(), List.of());
        RuleTables tables = new RuleTables(sample, family);
        BaseChain filter = tables.chains(NetfilterHook.FORWARD, Phase.BEFORE_NAT).stream()
                .filter(chain -> chain.fullName().equals("filter FORWARD"))
                .findFirst()
                .orElseThrow();
        return tables.evaluate(filter, packet, SURROUNDINGS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        -j ACCEPT                                                       | ACCEPTED
        -s 198.51.100.0/24 -j ACCEPT                                    | ACCEPTED
        ! -s 198.51.100.0/24 -j ACCEPT                                  | DROPPED
        -s 198.51.100.0/255.0.255.0 -j ACCEPT                           | UNKNOWN
        -i eth+ -o pb-1 -j ACCEPT                                       | ACCEPTED
        -i eth -j ACCEPT                                                | DROPPED
        ! -i pb-1 -o pb-1 -p tcp -m tcp --dport 80 -j ACCEPT            | ACCEPTED
        -p tcp -m tcp --dport 81:90 -j ACCEPT                           | DROPPED
        -p tcp -m tcp --sport 1:1023 -j ACCEPT                          | DROPPED
        -p tcp -m tcp --sport 1024:65535 -j ACCEPT                      | ACCEPTED
        -p tcp -m tcp --sport 40000 -j ACCEPT                           | UNKNOWN
        -p udp -m udp --dport 80 -j ACCEPT                              | DROPPED
        -p 6 -j ACCEPT                                                  | ACCEPTED
        -p tcp -m multiport --dports 22,79:81 -j ACCEPT                 | ACCEPTED
        -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j ACCEPT         | ACCEPTED
        -p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN -j ACCEPT       | DROPPED
        -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT            | DROPPED
        -m state --state NEW -j ACCEPT                                  | ACCEPTED
        -m conntrack ! --ctstate DNAT -j ACCEPT                         | ACCEPTED
        -m addrtype --dst-type LOCAL -j ACCEPT                          | DROPPED
        -m addrtype --src-type UNICAST -j ACCEPT                        | ACCEPTED
        -p icmp -m icmp --icmp-type 8 -j ACCEPT                         | DROPPED
        -m mark --mark 0x1 -j ACCEPT                                    | DROPPED
        -m limit --limit 5/min -j ACCEPT                                | UNKNOWN
        -m limit --limit 5/min -j DROP                                  | DROPPED
        -m limit --limit 5/min -j LOG --log-prefix "no -j DROP here "   | DROPPED
        -i eth9 -m set --match-set bad src -j ACCEPT                    | DROPPED
        -m comment --comment "-j DROP" -j ACCEPT                        | ACCEPTED
        -f -j ACCEPT                                                    | DROPPED
        -j NFQUEUE --queue-num 0                                        | UNKNOWN
        -j REJECT --reject-with icmp-port-unreachable                   | REJECTED
        """)
    void aRuleMatchesOrNotOrNobodyKnows(String rule, Kind expected) {
        assertThat(forward(PACKET, "FORWARD " + rule).kind()).isEqualTo(expected);
    }

    /// From the host's own address, which is a unicast address to the kernel with IPv6 alone.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        LOCAL              | ACCEPTED | ACCEPTED
        UNICAST            | DROPPED  | ACCEPTED
        UNICAST,LOCAL      | ACCEPTED | ACCEPTED
        MULTICAST,LOCAL    | ACCEPTED | DROPPED
        MULTICAST          | DROPPED  | DROPPED
        """)
    void aTypeOfAddressesMeansSomethingElseWithIpv6(String types, Kind ipv4, Kind ipv6) {
        String rule = "FORWARD -m addrtype --src-type " + types + " -j ACCEPT";
        assertThat(forward(Packet.first(Protocol.TCP, HOST, PACKET.destination(), 80), rule)
                        .kind())
                .isEqualTo(ipv4);
        assertThat(forward(Packet.first(Protocol.TCP, HOST6, InetAddress.ofLiteral("2001:db8:1::2"), 80), rule)
                        .kind())
                .isEqualTo(ipv6);
    }

    @Test
    void chainsAreEnteredLeftAndGoneTo() {
        assertThat(forward(PACKET, "FORWARD -j A", "FORWARD -j ACCEPT", "A -j RETURN", "A -j DROP")
                        .kind())
                .isEqualTo(Kind.ACCEPTED);
        assertThat(forward(PACKET, "FORWARD -g A", "FORWARD -j ACCEPT", "A -i none -j DROP")
                        .kind())
                .as("what is gone to does not come back")
                .isEqualTo(Kind.DROPPED);
        HookVerdict inner = forward(PACKET, "FORWARD -j A", "A -j B", "A -j DROP", "B -p tcp -j ACCEPT");
        assertThat(inner.kind()).isEqualTo(Kind.ACCEPTED);
        assertThat(inner.matchedRules()).extracting(FirewallRule::chain).containsExactly("FORWARD", "A", "B");
    }

    @Test
    void whatCannotBeToldDoesNotMatterWhereBothWaysEndAlike() {
        String maybe = " -m statistic --mode random --probability 0.5 -j ";
        assertThat(forward(PACKET, "FORWARD" + maybe + "A", "FORWARD -j ACCEPT", "A -j ACCEPT")
                        .kind())
                .isEqualTo(Kind.ACCEPTED);
        assertThat(forward(PACKET, "FORWARD" + maybe + "A", "FORWARD -j ACCEPT", "A -j DROP")
                        .kind())
                .isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void endlessForksEndInUnknown() {
        String[] rules = new String[40];
        Arrays.fill(rules, "FORWARD -m limit --limit 5/min -j LOG");
        assertThat(forward(PACKET, rules).kind()).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void anAnswerBelongsToAConnection() {
        Packet answer = PACKET.toReply().withLinks("pb-1", "eth0");
        assertThat(forward(answer, "FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT")
                        .kind())
                .isEqualTo(Kind.ACCEPTED);
        assertThat(forward(answer, "FORWARD -p tcp -m tcp --sport 80 --dport 1024:65535 -j ACCEPT")
                        .kind())
                .isEqualTo(Kind.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({
        "172.18.0.2:80, 8080, 172.18.0.2, 80",
        "172.18.0.2, 8080, 172.18.0.2, 8080",
        "172.18.0.2:9000-9009/8000, 8003, 172.18.0.2, 9003",
        "[fd00::2]:80, 8080, fd00::2, 80",
        "fd00::2, 8080, fd00::2, 8080"
    })
    void aTranslationIsRead(String target, int port, String address, int to) {
        assertThat(NatTarget.of(target, port)).isEqualTo(new NatTarget(InetAddress.ofLiteral(address), to));
    }

    /// Each of them is one that iptables prints.
    @Test
    void aRuleInAFormThatIsNotKnownIsNoFailure() {
        assertThat(NatTarget.of(":8080", 80)).isNull();
        assertThat(NatTarget.of("999.1.1.1:80", 80)).isNull();
    }

    @Test
    void aTranslationWithAChoiceIsNotRead() {
        assertThat(NatTarget.of("172.18.0.2:9000-9009", 8080)).isNull();
        assertThat(NatTarget.of("172.18.0.2-172.18.0.9", 8080)).isNull();
    }
}
