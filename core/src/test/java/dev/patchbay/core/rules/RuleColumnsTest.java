package dev.patchbay.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleColumnsTest {
    @Test
    void everyColumnOfAPublishedPortIsAsIptablesListsIt() {
        assertThat(columns("! -i patchbay0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80"))
                .isEqualTo(new RuleColumns(
                        "DNAT",
                        "tcp",
                        "--",
                        "!patchbay0",
                        "*",
                        "0.0.0.0/0",
                        "0.0.0.0/0",
                        "tcp dpt:8080 to:172.17.0.2:80"));
    }

    @Test
    void negatedAndSingleAddressesAreAsIptablesListsThem() {
        assertThat(columns("-s 172.17.0.2/32 ! -d 127.0.0.0/8 -j ACCEPT"))
                .isEqualTo(new RuleColumns("ACCEPT", "all", "--", "*", "*", "172.17.0.2", "!127.0.0.0/8", ""));
    }

    @Test
    void aRuleThatOnlyCountsHasNoTarget() {
        assertThat(columns("")).isEqualTo(new RuleColumns("", "all", "--", "*", "*", "0.0.0.0/0", "0.0.0.0/0", ""));
    }

    // The texts that `iptables -L -n -v` 1.8.9 printed for these rules.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    -m addrtype --dst-type LOCAL -j DOCKER                      | ADDRTYPE match dst-type LOCAL
                    -m addrtype ! --dst-type LOCAL -j DOCKER                    | ADDRTYPE match dst-type !LOCAL
                    -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT        | ctstate RELATED,ESTABLISHED
                    -m conntrack ! --ctstate NEW -j ACCEPT                      | ! ctstate NEW
                    -p tcp -m tcp --dport 8000:8010 -j ACCEPT                   | tcp dpts:8000:8010
                    -p udp -m udp --sport 53 --dport 53 -j ACCEPT               | udp spt:53 dpt:53
                    -p tcp -m tcp ! --dport 22 -j DROP                          | tcp dpt:!22
                    -p tcp -m multiport --dports 80,443 -j ACCEPT               | multiport dports 80,443
                    -p icmp -m icmp --icmp-type 8 -j ACCEPT                     | icmptype 8
                    -m comment --comment "a -j \\"b\\"" -j ACCEPT               | /* a -j "b" */
                    -j REJECT --reject-with icmp-port-unreachable               | reject-with icmp-port-unreachable
                    -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080        | tcp dpt:80 redir ports 8080
                    """)
    void matchesAreAsIptablesListsThem(String specification, String match) {
        assertThat(columns(specification).match()).isEqualTo(match);
    }

    @Test
    void anUnknownMatchKeepsItsOwnText() {
        assertThat(columns("-m recent --name x ! --rcheck -j DROP").match()).isEqualTo("-m recent --name x ! --rcheck");
    }

    @Test
    void aRuleIsWrittenBackAsTheCommandThatAppendsIt() {
        assertThat(RuleCommand.of(new KernelRule(Family.IPV4, "nat", "PATCHBAY", 1, 0, 0, "-i patchbay0 -j RETURN")))
                .isEqualTo("iptables -t nat -A PATCHBAY -i patchbay0 -j RETURN");
    }

    private static RuleColumns columns(String specification) {
        return RuleColumns.of(new KernelRule(Family.IPV4, "nat", "X", 1, 0, 0, specification));
    }
}
