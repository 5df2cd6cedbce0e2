package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.reachability.Remedy;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.core.testing.RealLab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What stands in the way is named, and the remedy helps.
class RemedyTest extends ReachabilityLab {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        outside | web01:80     | iptables -I FORWARD -p tcp --dport 80 -j DROP         | iptables -D FORWARD -p tcp --dport 80 -j DROP
        outside | web01:80     | iptables -I FORWARD -p tcp --dport 80 -j REJECT       | iptables -D FORWARD -p tcp --dport 80 -j REJECT
        web01   | web02:80     | iptables -I FORWARD -s SHOP -d SHOP -p tcp --syn -j DROP | iptables -D FORWARD -s SHOP -d SHOP -p tcp --syn -j DROP
        web01   | host:9999    | iptables -A INPUT -i pb-+ -p tcp -m multiport --dports 9000:9999 -j DROP | iptables -F INPUT
        host    | web01:80     | iptables -A OUTPUT -d SHOP -p tcp -j DROP             | iptables -F OUTPUT
        outside | web01:80     | iptables -t raw -A PREROUTING -i eth0 -j DROP         | iptables -t raw -D PREROUTING -i eth0 -j DROP
        outside | web01:80     | iptables -N ufw-test; iptables -A ufw-test -s 198.51.100.0/24 -j DROP; iptables -I FORWARD -j ufw-test | iptables -D FORWARD -j ufw-test; iptables -F ufw-test; iptables -X ufw-test
        web01   | outside:9090 | iptables -I FORWARD -i eth0 -m conntrack --ctstate ESTABLISHED -j DROP | iptables -D FORWARD -i eth0 -m conntrack --ctstate ESTABLISHED -j DROP
        web01   | outside:9090 | sysctl -q -w net.ipv4.ip_forward=0                    | sysctl -q -w net.ipv4.ip_forward=1
        """)
    void whatSomebodyElseDoesIsSeen(String from, String to, String by, String back) throws Exception {
        String subnet = lab.controller().topology().networks().stream()
                .filter(network -> network.name().equals("shop"))
                .map(network -> String.valueOf(network.subnet()))
                .findFirst()
                .orElseThrow();
        agrees(from, to, false, Verdict.REACHABLE);
        lab.onHost(by.replace("SHOP", subnet));
        try {
            agrees(from, to, false, Verdict.BLOCKED);
            assertThat(explain(from, to, false, false).remedy()).isInstanceOf(Remedy.ByHand.class);
        } finally {
            lab.onHost(back.replace("SHOP", subnet));
        }
        agrees(from, to, false, Verdict.REACHABLE);
    }

    @Test
    void whatCannotBeToldIsUnknownAndDecidedByAProbe() throws Exception {
        lab.onHost("iptables -I FORWARD -p tcp --dport 80 -m statistic --mode random --probability 1 -j DROP");
        try {
            assertThat(verdict("outside", "web01:80", false, false)).isEqualTo(Verdict.UNKNOWN);
            assertThat(verdict("outside", "web01:80", false, true)).isEqualTo(Verdict.BLOCKED);
        } finally {
            lab.onHost("iptables -D FORWARD 1");
        }
        lab.onHost("iptables -I FORWARD -m statistic --mode random --probability 0.5 -j LOG");
        try {
            agrees("outside", "web01:80", false, Verdict.REACHABLE);
        } finally {
            lab.onHost("iptables -D FORWARD 1");
        }
    }

    @Test
    void aFlushedRuleIsNamedAndRepairHelps() throws Exception {
        lab.onHost("iptables -t nat -F PATCHBAY");
        try {
            agrees("outside", "web01:80", false, Verdict.BLOCKED);
            assertThat(explain("outside", "web01:80", false, false).remedy()).isInstanceOf(Remedy.ByRepair.class);
        } finally {
            lab.controller().repair(false);
        }
        agrees("outside", "web01:80", false, Verdict.REACHABLE);
        lab.onHost("iptables -F PATCHBAY");
        try {
            agrees("outside", "web01:80", false, Verdict.BLOCKED);
            assertThat(explain("outside", "web01:80", false, false).remedy()).isInstanceOf(Remedy.ByRepair.class);
        } finally {
            lab.controller().repair(false);
        }
        agrees("outside", "web01:80", false, Verdict.REACHABLE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        web01   | post:80         | Connect web01 to mail
        db      | outside:9090    | Connect db to bridge
        web02   | off:80          | Start off
        outside | lone2:80        | Publish 80/tcp of lone2
        """)
    void theRemedyHelpsAndIsTakenBack(String from, String to, String words) throws Exception {
        agrees(from, to, false, Verdict.BLOCKED);
        assertThat(explain(from, to, false, true).remedy()).isInstanceOfSatisfying(Remedy.ByChange.class, remedy -> {
            assertThat(remedy.text()).hasToString(words);
            assertThat(lab.controller()).satisfies(controller -> RealLab.done(controller.apply(remedy.change())));
        });
        await().until(() -> verdict(from, to, false, false) == Verdict.REACHABLE);
        agrees(from, to, false, Verdict.REACHABLE);
        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        agrees(from, to, false, Verdict.BLOCKED);
    }
}
