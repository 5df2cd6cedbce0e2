package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.Hop.Evidence;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Remedy;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.engine.net.Addresses;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is derived from rules and routes, against a real packet from the same place to the same address.
class ReachabilityTest extends ReachabilityLab {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # two of one network, and the rest of what a container may want
        web01   | web02:80        | REACHABLE
        web01   | web02           | REACHABLE
        web01   | web02:81        | BLOCKED
        web01   | shy:80          | BLOCKED
        web01   | off:80          | BLOCKED
        off     | web01:80        | BLOCKED
        web01   | udp1:5353/udp   | REACHABLE
        web01   | udp1:5354/udp   | BLOCKED
        web01   | web01:80        | REACHABLE
        # networks are kept apart
        web01   | post:80         | BLOCKED
        web01   | post            | BLOCKED
        web01   | db:80           | BLOCKED
        db      | web01:80        | BLOCKED
        db      | db2:80          | REACHABLE
        both    | db:80           | REACHABLE
        db      | both:80         | REACHABLE
        both    | post:80         | BLOCKED
        lone1   | lone2:80        | BLOCKED
        # out into the world
        web01   | outside:9090    | REACHABLE
        web01   | outside:9091    | BLOCKED
        web01   | outside         | REACHABLE
        db      | outside:9090    | BLOCKED
        bare    | outside:9090    | BLOCKED
        lone1   | outside:9090    | REACHABLE
        # the host
        host    | web01:80        | REACHABLE
        host    | db:80           | REACHABLE
        host    | lone1           | REACHABLE
        web01   | host:9999       | REACHABLE
        web01   | host:9998       | BLOCKED
        db      | host:9999       | REACHABLE
        host    | host:9999       | REACHABLE
        # published ports
        host    | host:8080       | REACHABLE
        host    | host:8081       | REACHABLE
        host    | host:8084       | REACHABLE
        outside | web01:80        | REACHABLE
        outside | host:8080       | REACHABLE
        outside | host:8081       | BLOCKED
        outside | host:8082       | BLOCKED
        outside | db:80           | REACHABLE
        outside | lone1:80        | BLOCKED
        outside | host:9999       | REACHABLE
        web01   | host:8080       | REACHABLE
        web02   | host:8080       | REACHABLE
        post    | host:8080       | REACHABLE
        web01   | host:8086       | REACHABLE
        # whoever has an address
        web01   | 198.51.100.1:9090 | REACHABLE
        web01   | 198.51.100.7:9090 | BLOCKED
        web01   | 198.51.100.7    | REACHABLE
        db      | 198.51.100.1:9090 | BLOCKED
        host    | 198.51.100.1:9090 | REACHABLE
        web01   | 198.51.100.2:8080 | REACHABLE
        outside | 198.51.100.2:8080 | REACHABLE
        outside | 198.51.100.2:9998 | BLOCKED
        """)
    void theDerivedVerdictIsTheRealPackets(String from, String to, Verdict expected) throws Exception {
        agrees(from, to, false, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        six1    | six2:80         | REACHABLE
        six1    | six2            | REACHABLE
        six1    | six2:81         | BLOCKED
        outside | six1:80         | REACHABLE
        outside | six2:80         | BLOCKED
        host    | six1:80         | REACHABLE
        six2    | host:8085       | REACHABLE
        web01   | six1:80         | BLOCKED
        """)
    void soItIsWithIpv6(String from, String to, Verdict expected) throws Exception {
        agrees(from, to, true, expected);
    }

    /// web02 lets one address of those outside in.
    @Test
    void anotherMachineIsAskedAboutByItsAddress() throws Exception {
        for (String from : List.of("198.51.100.1", "198.51.100.7")) {
            boolean reached = lab.outside("curl -s --max-time 2 --interface " + from
                            + " http://198.51.100.2:8082/ >/dev/null && echo yes || echo no")
                    .strip()
                    .equals("yes");
            assertThat(reached).isEqualTo(from.endsWith("7"));
            for (String to : List.of("host:8082", "web02:80", "198.51.100.2:8082")) {
                assertThat(verdict(from, to, false, false))
                        .as(from + " " + to)
                        .isEqualTo(reached ? Verdict.REACHABLE : Verdict.BLOCKED);
            }
        }
        // Nobody knows who listens there.
        assertThat(verdict("web01", "192.0.2.9:80", false, false)).isEqualTo(Verdict.UNKNOWN);
        lab.onHost("ip link add vpn0 type bridge; ip address add 10.66.0.1/24 dev vpn0; ip link set vpn0 up");
        try {
            TracedPath path = explain("10.66.0.9", "web01:80", false, false);
            assertThat(path.title().toString()).isEqualTo("10.66.0.9 → web01:80/tcp");
            assertThat(path.hops().getFirst().title()).hasToString("from 10.66.0.9");
            assertThat(path.hops().getFirst().detail()).hasToString("vpn0");
            assertThat(Objects.requireNonNull(path.destination()).address()).hasToString("/10.66.0.1");
        } finally {
            lab.onHost("ip link delete vpn0");
        }
    }

    /// An address that the host or a container has is that peer.
    @Test
    void anAddressOfAContainerIsThatContainer() throws Exception {
        for (boolean ipv6 : new boolean[] {false, true}) {
            InetAddress one = Objects.requireNonNull(
                            explain("host", "six1:80", ipv6, false).destination())
                    .address();
            String address = Addresses.format(one);
            String port = ipv6 ? "[" + address + "]:80" : address + ":80";
            agrees("host", port, ipv6, Verdict.REACHABLE);
            agrees("six2", port, ipv6, Verdict.REACHABLE);
            TracedPath path = explain(address, "six2:80", ipv6, true);
            assertThat(path.verdict()).isEqualTo(Verdict.REACHABLE);
            assertThat(path.title().toString()).isEqualTo("six1 → six2:80/tcp");
            assertThat(path.hops().getLast().stage()).isEqualTo(Stage.PROBE);
        }
    }

    /// Of the server itself.
    @ParameterizedTest
    @ValueSource(strings = {"web01", "bare", "host"})
    void theClientIsTheOneThatTheServerSees(String from) throws Exception {
        String route = "ip route replace 172.16.0.0/12 via 198.51.100.2";
        lab.outside(route);
        try {
            serverSeesTheClient(from);
        } finally {
            lab.outside("ip route delete 172.16.0.0/12");
        }
    }

    private void serverSeesTheClient(String from) throws Exception {
        lab.outside("mkdir -p /run/www/cgi-bin; printf '#!/bin/sh\\nprintf \"Content-Type: text/plain\\r\\n\\r\\n"
                + "$REMOTE_ADDR\"' >/run/www/cgi-bin/sender; chmod +x /run/www/cgi-bin/sender");
        String command = "curl -s --max-time 5 http://198.51.100.1:9090/cgi-bin/sender";
        String seen = lab.onHost((from.equals("host") ? "" : "ip netns exec " + namespace(from) + " ") + command);
        assertThat(explain(from, "198.51.100.1:9090", false, false).hops())
                .filteredOn(hop -> hop.stage() == Stage.LISTENER)
                .singleElement()
                .satisfies(hop -> assertThat(hop.detail().toString()).endsWith("sees client " + seen.strip()));
    }

    /// The kernel masquerades with the address in the subnet of the gateway.
    @Test
    void aMarkThatLeadsToAnotherGatewayOfTheSameLinkChoosesTheAddress() throws Exception {
        lab.outside("ip address add 203.0.113.1/24 dev eth0");
        lab.onHost("ip address add 203.0.113.2/24 dev eth0; ip route add 198.51.100.1 via 203.0.113.1 table 42; ip rule"
                + " add fwmark 7 lookup 42 priority 100; nft 'table ip mine { chain o { type route hook output"
                + " priority -150; meta mark set 7; }; chain n { type nat hook postrouting priority 90; oifname"
                + " \"eth0\" ip saddr 198.51.100.2 masquerade; }; }'");
        try {
            serverSeesTheClient("host");
            assertThat(explain("host", "198.51.100.1:9090", false, false).hops())
                    .anySatisfy(hop -> assertThat(hop.detail().toString()).endsWith("sees client 203.0.113.2"));
        } finally {
            lab.onHost("nft delete table ip mine; ip rule del priority 100; ip route flush table 42;"
                    + " ip address delete 203.0.113.2/24 dev eth0");
            lab.outside("ip address delete 203.0.113.1/24 dev eth0");
        }
    }

    @Test
    void thePicturesPathIsTold() throws Exception {
        TracedPath path = explain("outside", "web01:80", false, true);
        assertThat(path.hops())
                .extracting(Hop::stage)
                .containsExactly(
                        Stage.ROUTE,
                        Stage.PUBLISHED_PORT,
                        Stage.CHAIN,
                        Stage.TRANSLATION,
                        Stage.FILTER,
                        Stage.ENDPOINT,
                        Stage.LISTENER,
                        Stage.REPLY,
                        Stage.PROBE);
        assertThat(path.hops())
                .filteredOn(hop -> hop.evidence() == Evidence.OBSERVED)
                .extracting(Hop::stage)
                .containsExactly(Stage.TRANSLATION, Stage.FILTER);
        assertThat(path.hops())
                .extracting(hop -> hop.title().toString())
                .contains("host:8080", "nat PREROUTING → PATCHBAY", "connected");
        assertThat(path.title().text(Locale.GERMAN)).isEqualTo("außen → web01:80/tcp");
        assertThat(path.hops())
                .extracting(hop -> hop.title().text(Locale.GERMAN))
                .contains("Host:8080", "nat PREROUTING → PATCHBAY", "web01 lauscht auf 80/tcp", "verbunden")
                .anyMatch(title -> title.matches("DNAT auf [0-9.]+:80"));
        assertThat(path.hops())
                .extracting(hop -> hop.detail().text(Locale.GERMAN))
                .contains("alle Schnittstellen", "durch Verbindungsverfolgung")
                .anyMatch(detail -> detail.matches("Regel \\d+, \\d+ Pakete?"))
                .anyMatch(detail -> detail.matches("\\d+,\\d ms"));
    }

    @Test
    void whyItIsBlockedIsToldInGermanToo() throws Exception {
        TracedPath path = explain("web01", "post:80", false, false);
        Hop trouble = Objects.requireNonNull(path.firstProblem());
        assertThat(trouble.detail().text(Locale.GERMAN))
                .matches("verworfen, Regel \\d+ von PATCHBAY-ISOLATION-STAGE-3");
        assertThat(trouble.sentence().text(Locale.GERMAN))
                .isEqualTo("Ein Paket, das aus einem anderen Netzwerk kommt und in mail gehen würde, wird verworfen:"
                        + " Netzwerke bleiben getrennt.");
        Remedy remedy = Objects.requireNonNull(path.remedy());
        assertThat(remedy.text().text(Locale.GERMAN)).isEqualTo("web01 mit mail verbinden");
    }
}
