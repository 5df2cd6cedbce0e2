package dev.patchbay.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.ContainerConfig;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointConfig;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkConfig;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleMeaningTest {
    private static final Id NETWORK = new Id("7".repeat(64));
    private static final Id CONTAINER = new Id("c".repeat(64));
    private static final Id ENDPOINT = new Id("e".repeat(64));
    private static final Id PORT = new Id("f".repeat(64));
    private static final String BRIDGE = "pb-777777777777";
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("172.18.0.2");
    private static final Cidr ADDRESS6 = Cidr.of("2001:db8:1::2/64");

    @Test
    void aPublishedPortNamesItsContainerNetworkAndBinding() {
        RuleMeaning meaning =
                meaning("nat", "PATCHBAY", "-p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.18.0.2:80");
        assertThat(meaning.sentence())
                .hasToString(
                        "A TCP packet that reaches this machine on port 8080 is rewritten to web01 (172.18.0.2:80).");
        assertThat(meaning)
                .isEqualTo(new RuleMeaning(
                        RuleOwner.PATCHBAY, NETWORK, CONTAINER, PORT, "web01 80/tcp", meaning.sentence()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        nat    | PATCHBAY    | -p tcp -m tcp --dport 8080 -j DNAT --to-destination [2001:db8:1::2]:80 | web01 80/tcp | A TCP packet that reaches this machine on port 8080 is rewritten to web01 ([2001:db8:1::2]:80).
        filter | PATCHBAY    | -d 2001:db8:1::2/128 ! -i pb-777777777777 -o pb-777777777777 -p tcp -m tcp --dport 80 -j ACCEPT | web01 80/tcp | A TCP packet for web01 (2001:db8:1::2) on port 80 from outside mynet is let in, because the port is published.
        nat    | POSTROUTING | -s 2001:db8:1::/64 ! -o pb-777777777777 -j MASQUERADE | mynet | A packet that leaves mynet (2001:db8:1::/64) for anywhere else gets this machine's address, so that the answer finds its way back.
        filter | PATCHBAY-ISOLATION-STAGE-1 | ! -d 2001:db8:1::/64 -i pb-777777777777 ! -o pb-777777777777 -j DROP | mynet | A packet from mynet to any address outside it is dropped, because the network is internal.
        nat    | OUTPUT      | ! -d ::1/128 -m addrtype --dst-type LOCAL -j PATCHBAY | '' | A packet that this machine sends to one of its own addresses goes through PATCHBAY, so that published ports answer here as well.
        """)
    void aRuleOfIp6tablesMeansTheSame(
            String table, String chain, String specification, String subject, String sentence) {
        KernelRule rule = new KernelRule(Family.IPV6, table, chain, 1, 0, 0, specification);
        RuleMeaning meaning = RuleMeaning.of(rule, topology());
        assertThat(meaning.sentence()).hasToString(sentence);
        assertThat(meaning.subject()).isEqualTo(subject);
        assertThat(RuleCommand.of(rule)).isEqualTo("ip6tables -t " + table + " -A " + chain + " " + specification);
    }

    /// As Docker 28 and 29 write them: what 20.10 kept in FORWARD has chains of its own there.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        filter | FORWARD         | -j DOCKER-FORWARD                                                       | ''           | A packet that is forwarded goes through DOCKER-FORWARD, where the rules of networks stand.
        filter | DOCKER          | -d 172.18.0.2/32 ! -i pb-777777777777 -o pb-777777777777 -p tcp -m tcp --dport 80 -j ACCEPT | web01 80/tcp | A TCP packet for web01 (172.18.0.2) on port 80 from outside mynet is let in, because the port is published.
        filter | DOCKER          | ! -i pb-777777777777 -o pb-777777777777 -j DROP                         | mynet        | A packet into mynet from anywhere else is dropped, unless a rule above lets it in to a published port.
        filter | DOCKER          | -o pb-777777777777 -p icmp -j ACCEPT                                    | mynet        | An ICMP packet into mynet is let in, because the network is routed.
        filter | DOCKER-BRIDGE   | -o pb-777777777777 -j DOCKER                                            | mynet        | A packet into mynet goes through DOCKER, where the published ports are let in.
        filter | DOCKER-CT       | -o pb-777777777777 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT | mynet        | A packet into mynet that belongs to a connection already open is let through.
        filter | DOCKER-FORWARD  | -j DOCKER-ISOLATION-STAGE-1                                             | ''           | Every forwarded packet goes through DOCKER-ISOLATION-STAGE-1, which keeps networks apart.
        filter | DOCKER-FORWARD  | -i pb-777777777777 -o pb-777777777777 -j DROP                           | mynet        | Containers of mynet may not talk to each other.
        filter | DOCKER-INTERNAL | ! -d 172.18.0.0/16 -i pb-777777777777 -j DROP                           | mynet        | A packet from mynet to any address outside it is dropped, because the network is internal.
        """)
    void theChainsOfDocker28AreDockersAndReadOut(
            String table, String chain, String specification, String subject, String sentence) {
        RuleMeaning meaning = meaning(table, chain, specification);
        assertThat(meaning.owner()).isEqualTo(RuleOwner.DOCKER);
        assertThat(meaning.subject()).isEqualTo(subject);
        assertThat(meaning.sentence()).hasToString(sentence);
    }

    @Test
    void aRuleOfTheWholeHostIsForNothingInParticular() {
        RuleMeaning meaning = meaning("filter", "FORWARD", "-j PATCHBAY-USER");

        assertThat(meaning.subject()).isEmpty();
        assertThat(meaning.network()).isNull();
        assertThat(meaning.owner()).isEqualTo(RuleOwner.PATCHBAY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        nat    | PREROUTING  | -m addrtype --dst-type LOCAL -j PATCHBAY           | A packet that arrives for one of this machine's own addresses goes through PATCHBAY, where published ports are looked up.
        nat    | OUTPUT      | -m addrtype --dst-type LOCAL -j PATCHBAY           | A packet that this machine sends to one of its own addresses goes through PATCHBAY, so that published ports answer here as well.
        nat    | POSTROUTING | -s 172.18.0.0/16 ! -o pb-777777777777 -j MASQUERADE | A packet that leaves mynet (172.18.0.0/16) for anywhere else gets this machine's address, so that the answer finds its way back.
        nat    | POSTROUTING | -o pb-777777777777 -m addrtype --src-type LOCAL -j MASQUERADE | A packet that this machine itself sends into mynet gets the gateway's address, so that a container can answer it.
        nat    | POSTROUTING | -s 172.18.0.2/32 -d 172.18.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE | A TCP packet with which web01 (172.18.0.2) reaches its own published port (80 inside) gets the gateway's address, so that the answer comes back through this machine.
        nat    | PATCHBAY    | -d 127.0.0.1/32 ! -i pb-777777777777 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.18.0.2:80 | A TCP packet that reaches this machine at 127.0.0.1 on port 8080 from anywhere but mynet itself is rewritten to web01 (172.18.0.2:80).
        nat    | PATCHBAY    | -s 192.0.2.0/24 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.18.0.2:80 | A TCP packet that reaches this machine on port 8080 from 192.0.2.0/24 is rewritten to web01 (172.18.0.2:80).
        nat    | PATCHBAY    | -p tcp -m addrtype --src-type LOCAL -m tcp --dport 8080 -j DNAT --to-destination 172.18.0.2:80 | A TCP packet that reaches this machine on port 8080 from this machine itself is rewritten to web01 (172.18.0.2:80).
        raw    | PREROUTING  | -d 127.0.0.1/32 ! -i lo -p tcp -m tcp --dport 8080 -j DROP | A TCP packet from elsewhere to 127.0.0.1 on port 8080 is dropped: what is published there is for this machine alone.
        filter | PATCHBAY    | -d 172.18.0.2/32 ! -i pb-777777777777 -o pb-777777777777 -p tcp -m tcp --dport 80 -m conntrack ! --ctstate DNAT -j DROP | A TCP packet for web01 (172.18.0.2) on port 80 that was not sent to this machine's published port is dropped: the port is not for everyone.
        filter | FORWARD     | -i pb-777777777777 ! -o pb-777777777777 -m conntrack --ctstate DNAT --ctdir REPLY -j ACCEPT | An answer from mynet to whoever asked through a published port is let out.
        filter | PATCHBAY-ISOLATION-STAGE-1 | ! -i pb-777777777777 -o pb-777777777777 -m conntrack --ctstate DNAT -j RETURN | A packet into mynet that was sent to a published port of this machine is let past, though the network is internal.
        filter | PATCHBAY-ISOLATION-STAGE-1 | -i pb-777777777777 ! -o pb-777777777777 -m conntrack --ctstate DNAT --ctdir REPLY -j RETURN | An answer from mynet to whoever asked through a published port is let past.
        nat    | DOCKER      | -i pb-777777777777 -j RETURN                       | A packet that comes from mynet itself skips the rest of this chain: it reaches containers directly, not through published ports.
        filter | FORWARD     | -j PATCHBAY-USER                                   | Every forwarded packet goes through PATCHBAY-USER first: rules of your own belong there.
        filter | FORWARD     | -j PATCHBAY-ISOLATION-STAGE-1                      | Every forwarded packet goes through PATCHBAY-ISOLATION-STAGE-1, which keeps networks apart.
        filter | FORWARD     | -o pb-777777777777 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT | A packet into mynet that belongs to a connection already open is let through.
        filter | FORWARD     | -o pb-777777777777 -j PATCHBAY                     | A packet into mynet goes through PATCHBAY, where the published ports are let in.
        filter | FORWARD     | -i pb-777777777777 ! -o pb-777777777777 -j ACCEPT  | A packet from mynet to anywhere else is let out.
        filter | FORWARD     | -i pb-777777777777 -o pb-777777777777 -j ACCEPT    | Containers of mynet may talk to each other.
        filter | FORWARD     | -i pb-777777777777 -o pb-777777777777 -j DROP      | Containers of mynet may not talk to each other.
        filter | PATCHBAY    | -d 172.18.0.2/32 ! -i pb-777777777777 -o pb-777777777777 -p tcp -m tcp --dport 80 -j ACCEPT | A TCP packet for web01 (172.18.0.2) on port 80 from outside mynet is let in, because the port is published.
        filter | PATCHBAY-ISOLATION-STAGE-1 | -i pb-777777777777 ! -o pb-777777777777 -j PATCHBAY-ISOLATION-STAGE-2 | A packet that leaves mynet goes through PATCHBAY-ISOLATION-STAGE-2, which keeps it out of every other network.
        filter | PATCHBAY-ISOLATION-STAGE-2 | -o pb-777777777777 -j DROP          | A packet that comes from another network and would go into mynet is dropped: networks are kept apart.
        filter | PATCHBAY-ISOLATION-STAGE-2 | -m conntrack --ctstate DNAT -j RETURN  | A packet that was sent to a published port of this machine is let past: what is published, every network may reach.
        filter | PATCHBAY-ISOLATION-STAGE-1 | ! -d 172.18.0.0/16 -i pb-777777777777 -j DROP | A packet from mynet to any address outside it is dropped, because the network is internal.
        filter | PATCHBAY-ISOLATION-STAGE-1 | ! -s 172.18.0.0/16 -o pb-777777777777 -j DROP | A packet into mynet from any address outside it is dropped, because the network is internal.
        filter | PATCHBAY-ISOLATION-STAGE-3 | -o pb-777777777777 -j DROP          | A packet that comes from another network and would go into mynet is dropped: networks are kept apart.
        filter | PATCHBAY-ISOLATION-STAGE-2 | -j PATCHBAY-ISOLATION-STAGE-3       | A packet that leaves its network goes through PATCHBAY-ISOLATION-STAGE-3, which keeps it out of every other network.
        filter | FORWARD     | -j PATCHBAY-FORWARD                                | A packet that is forwarded goes through PATCHBAY-FORWARD, where the rules of networks stand.
        nat    | POSTROUTING | -j PATCHBAY-POSTROUTING                            | A packet that leaves this machine goes through PATCHBAY-POSTROUTING, where its source address may be replaced.
        raw    | PREROUTING  | -j PATCHBAY-PREROUTING                             | A packet that arrives goes through PATCHBAY-PREROUTING, which lets none from outside reach a loopback address.
        filter | PATCHBAY-USER | -j RETURN                                        | A packet that met no rule above goes back to the chain it came from.
        raw    | PREROUTING  | -d 127.0.0.0/8 -i pb-777777777777 -j DROP          | A packet from mynet to this machine's loopback addresses is dropped, so that ports published on them open nothing else there.
        filter | INPUT       | ! -s 10.0.0.0/8 -i eth0 -p udp -m udp --dport 53 -j DROP | A UDP packet from anything but 10.0.0.0/8 arriving on eth0 (udp dpt:53) is dropped.
        filter | ufw-before-input | -i lo -j ACCEPT                               | A packet arriving on lo is let through. ufw made this rule.
        """)
    void oneSentenceSaysWhatTheRuleDoes(String table, String chain, String specification, String sentence) {
        assertThat(meaning(table, chain, specification).sentence()).hasToString(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        nat    | PATCHBAY    | -d 127.0.0.1/32 ! -i pb-777777777777 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.18.0.2:80 | Ein TCP-Paket, das diesen Rechner unter 127.0.0.1 auf Port 8080 von überall außer mynet selbst erreicht, wird auf web01 (172.18.0.2:80) umgeschrieben.
        nat    | PATCHBAY    | -p tcp -m addrtype --src-type LOCAL -m tcp --dport 8080 -j DNAT --to-destination 172.18.0.2:80 | Ein TCP-Paket, das diesen Rechner auf Port 8080 von ihm selbst aus erreicht, wird auf web01 (172.18.0.2:80) umgeschrieben.
        nat    | POSTROUTING | -s 172.18.0.0/16 ! -o pb-777777777777 -j MASQUERADE | Ein Paket, das mynet (172.18.0.0/16) verlässt, bekommt die Adresse dieses Rechners, damit die Antwort zurückfindet.
        nat    | POSTROUTING | -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE | Ein Paket, das das Netzwerk bridge (172.17.0.0/16) verlässt, bekommt die Adresse dieses Rechners, damit die Antwort zurückfindet.
        nat    | DOCKER      | -i docker0 -j RETURN | Ein Paket aus dem Netzwerk bridge selbst überspringt den Rest dieser Kette: Es erreicht Container direkt, nicht über veröffentlichte Ports.
        filter | INPUT       | ! -s 10.0.0.0/8 -i eth0 -p udp -m udp --dport 53 -j DROP | Ein UDP-Paket von überall außer 10.0.0.0/8, das über eth0 ankommt (udp dpt:53), wird verworfen.
        filter | INPUT       | -s 10.0.0.0/8 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT | Ein Paket einer schon offenen Verbindung von 10.0.0.0/8 (ctstate RELATED,ESTABLISHED) wird durchgelassen.
        filter | ufw-before-forward | -i eth1 ! -o eth0 -j REJECT | Ein Paket, das über eth1 ankommt und über einen anderen Link als eth0 hinausgeht, wird abgelehnt, und sein Absender erfährt es. Diese Regel stammt von ufw.
        """)
    void germanSaysTheSame(String table, String chain, String specification, String sentence) {
        assertThat(meaning(table, chain, specification).sentence().text(Locale.GERMAN))
                .isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        PATCHBAY    | -j RETURN                                     | PATCHBAY
        POSTROUTING | -s 172.18.0.0/16 ! -o pb-777777777777 -j MASQUERADE | PATCHBAY
        POSTROUTING | -s 172.18.0.2/32 -d 172.18.0.2/32 -j MASQUERADE | PATCHBAY
        POSTROUTING | -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE   | DOCKER
        POSTROUTING | -s 10.9.0.0/16 ! -o br-0123456789ab -j MASQUERADE | DOCKER
        PREROUTING  | -m addrtype --dst-type LOCAL -j DOCKER        | DOCKER
        ufw-user-input | -p tcp -m tcp --dport 22 -j ACCEPT         | UFW
        PRE_public  | -j PRE_public_log                             | FIREWALLD
        INPUT       | -j INPUT_ZONES                                | FIREWALLD
        INPUT       | -p tcp -m tcp --dport 22 -j ACCEPT            | OTHER
        POSTROUTING | -s 10.9.0.0/16 ! -o virbr0 -j MASQUERADE      | OTHER
        """)
    void theOwnerIsToldByChainTargetBridgeOrAddress(String chain, String specification, RuleOwner owner) {
        assertThat(meaning("nat", chain, specification).owner()).isEqualTo(owner);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        filter | FORWARD    | -i br-0123456789ab -o br-0123456789ab -j DROP            | DOCKER
        raw    | PREROUTING | -d 10.9.0.2/32 ! -i br-0123456789ab -j DROP              | DOCKER
        filter | FORWARD    | -i br-0123456789ab -j DROP                               | OTHER
        filter | FORWARD    | -d 10.1.0.0/16 -i br-0123456789ab -j REJECT              | OTHER
        filter | FORWARD    | -i podman1 -o eth0 -p tcp -m tcp --dport 25 -j DROP      | OTHER
        raw    | PREROUTING | -i br-0123456789ab -p udp -m udp --dport 53 -j DROP      | OTHER
        """)
    void aDropThatNoEngineMakesIsNobodysThatIsKnown(String table, String chain, String specification, RuleOwner owner) {
        assertThat(meaning(table, chain, specification).owner()).isEqualTo(owner);
    }

    private static RuleMeaning meaning(String table, String chain, String specification) {
        return RuleMeaning.of(new KernelRule(Family.IPV4, table, chain, 1, 0, 0, specification), topology());
    }

    private static Topology topology() {
        Network network = network(NETWORK, "mynet", BRIDGE, "172.18.0.0/16", "172.18.0.1", false);
        Network predefined = network(new Id("1".repeat(64)), "bridge", "docker0", "172.17.0.0/16", "172.17.0.1", true);
        Endpoint endpoint = new Endpoint(
                ENDPOINT,
                NETWORK,
                "eth0",
                "pbveeeeeeeeeeee",
                new Cidr(ADDRESS, 16),
                ADDRESS6,
                MacAddress.fromIpv4(ADDRESS),
                true,
                true,
                EndpointConfig.DEFAULT);
        PortBinding port = PortBinding.single(PORT, ENDPOINT, Protocol.TCP, Addresses.of(new byte[4]), 8080, 80, true);
        Container container = new Container(
                CONTAINER,
                "web01",
                "httpd:2.4",
                List.of("httpd-foreground"),
                Instant.EPOCH,
                Container.State.RUNNING,
                7,
                0,
                Instant.EPOCH,
                null,
                "mynet",
                List.of(),
                List.of(endpoint),
                List.of(port),
                Map.of(),
                ContainerConfig.DEFAULT,
                0);
        Host host = new Host(
                "lab",
                List.of(),
                true,
                null,
                List.of(),
                new KernelState("lab", true, List.of(), List.of(), KernelState.Transport.DEFAULT));
        return new Topology(1, host, List.of(network, predefined), List.of(container), List.of());
    }

    private static Network network(
            Id id, String name, String bridge, String subnet, String gateway, boolean predefined) {
        return new Network(
                id,
                name,
                Instant.EPOCH,
                NetworkDriver.BRIDGE,
                bridge,
                NetworkConfig.of(Cidr.of(subnet), InetAddress.ofLiteral(gateway)),
                false,
                false,
                false,
                0,
                predefined,
                true,
                65_533,
                65_532,
                Map.of());
    }
}
