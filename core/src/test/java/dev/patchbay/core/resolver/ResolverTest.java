package dev.patchbay.core.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.engine.container.ExtraHost;
import dev.patchbay.engine.container.HostSettings;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The resolver of a real Lab, asked from inside containers, from the host and from outside, by busybox'
/// `nslookup` and by a client of the tests' own.
///
/// On the network shop: web01 and web02, both also `www`, and both, which is on back as well; on back: db; on
/// the internal network vault: safe; on the default network: plain.
class ResolverTest extends ResolverLab {
    @Test
    void containersOfANetworkFindEachOtherByNameAliasAndShortId() throws Exception {
        String web01 = address("web01", 0);

        assertThat(ask("web02", shop, "web01", "A")).isEqualTo("NOERROR " + web01);
        assertThat(ask("web02", shop, "WEB01", "A")).isEqualTo("NOERROR " + web01);
        assertThat(ask("web02", shop, "first.example", "A")).isEqualTo("NOERROR " + web01);
        assertThat(ask("web02", shop, sandbox("web01").id().shortForm(), "A")).isEqualTo("NOERROR " + web01);
        assertThat(ask("web02", shop, "web01.shop", "A")).isEqualTo("NOERROR " + web01);
        assertThat(ask("web02", shop, "first.example.shop", "A")).isEqualTo("NOERROR " + web01);
        assertThat(ask("web02", shop, "web02", "A")).isEqualTo("NOERROR " + address("web02", 0));
        assertThat(from("web02", "busybox nslookup -type=a web01 " + shop)).contains("Address: " + web01);
    }

    @Test
    void anAddressHasTheNameOfItsContainerAndNetwork() throws Exception {
        assertThat(from("web02", "busybox nslookup " + address("web01", 0) + " " + shop))
                .contains("name = web01.shop");
        assertThat(ask("both", shop, reverse(address("db", 0)), "PTR")).isEqualTo("NOERROR db.back.");
        assertThat(ask("web01", shop, reverse(address("db", 0)), "PTR")).isEqualTo("NXDOMAIN");
    }

    @Test
    void whateverElseIsAskedOfAKnownNameStaysHere() throws Exception {
        for (String type : List.of("AAAA", "TXT", "MX", "ANY", "SRV")) {
            assertThat(ask("web01", shop, "web02", type)).as(type).isEqualTo("NOERROR");
        }
        assertThat(ask("web01", shop, "_http._tcp.web02", "SRV")).isEqualTo("NOERROR");
        assertThat(Files.readString(asked())).doesNotContain("web02");
    }

    @Test
    void aContainerOnTwoNetworksFindsBothThroughEitherServer() throws Exception {
        for (String server : List.of(shop, back)) {
            assertThat(ask("both", server, "web01", "A")).isEqualTo("NOERROR " + address("web01", 0));
            assertThat(ask("both", server, "db", "A")).isEqualTo("NOERROR " + address("db", 0));
            assertThat(ask("both", server, "both.back", "A")).isEqualTo("NOERROR " + address("both", 1));
        }
        assertThat(ask("web01", shop, "db", "A")).isEqualTo("NXDOMAIN");
        assertThat(ask("web01", shop, "db.back", "A")).isEqualTo("NXDOMAIN");
    }

    @Test
    void anAliasOfTwoHasBothAnswersEachFirstInTurn() throws Exception {
        String one = address("web01", 0);
        String other = address("web02", 0);
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            answers.add(ask("both", shop, "www", "A"));
        }

        assertThat(answers).containsExactlyInAnyOrder("NOERROR " + one + " " + other, "NOERROR " + other + " " + one);
    }

    @Test
    void strangersAreRefusedFromAnotherNetworkFromTheHostAndFromOutside() throws Exception {
        assertThat(ask("db", shop, "web01", "A")).isEqualTo("REFUSED");
        assertThat(ask("plain", shop, "web01", "A")).isEqualTo("REFUSED");
        assertThat(lab.onHost(tool("ask", shop, "web01", "A")).strip()).isEqualTo("REFUSED");
        lab.outside("ip route add 172.18.0.0/16 via 198.51.100.2");
        assertThat(lab.outside(tool("ask", shop, "web01", "A")).strip()).isEqualTo("REFUSED");
        lab.outside("ip route del 172.18.0.0/16");
    }

    @Test
    void theNextQuestionKnowsOfEveryChange() throws Exception {
        run("late", HostSettings.DEFAULT, EndpointRequest.on("back").withAliases(List.of("news")));
        assertThat(ask("db", back, "news", "A")).isEqualTo("NOERROR " + address("late", 0));
        assertThat(file("late", "resolv.conf")).startsWith("nameserver " + back + "\n");

        lab.done(new Change.Connect("late", EndpointRequest.on("shop").withAliases(List.of("fresh"))));
        assertThat(ask("web02", shop, "fresh", "A")).isEqualTo("NOERROR " + address("late", 1));
        assertThat(ask("late", shop, "web01", "A")).isEqualTo("NOERROR " + address("web01", 0));
        assertThat(file("late", "resolv.conf")).contains("nameserver " + back + "\nnameserver " + shop + "\n");
        assertThat(file("late", "hosts")).contains(address("late", 1) + "\t");

        lab.done(new Change.Disconnect("back", "late"));
        assertThat(ask("late", shop, "db", "A")).isNotEqualTo("NOERROR " + address("db", 0));
        assertThat(file("late", "resolv.conf")).contains("nameserver " + shop).doesNotContain(back);

        lab.done(new Change.StopContainer("late"));
        assertThat(ask("web01", shop, "fresh", "A")).isEqualTo("NXDOMAIN");
        lab.done(new Change.StartContainer("late"));
        assertThat(ask("web02", shop, "fresh", "A")).isEqualTo("NOERROR " + address("late", 0));
        lab.done(new Change.RemoveContainer("late", true));
    }

    @Test
    void aNewNameOfAContainerAnswersInPlaceOfTheOld() throws Exception {
        run("former", HostSettings.DEFAULT, EndpointRequest.on("back"));
        lab.done(new Change.RenameContainer("former", "latter"));
        assertThat(ask("db", back, "latter", "A")).isEqualTo("NOERROR " + address("latter", 0));
        assertThat(ask("db", back, "former", "A")).isNotEqualTo("NOERROR " + address("latter", 0));
        assertThat(ask("db", back, reverse(address("latter", 0)), "PTR")).isEqualTo("NOERROR latter.back.");
        lab.done(new Change.RemoveContainer("latter", true));
    }

    @Test
    void whoSharesANetworkHasTheNamesOfItsOwner() throws Exception {
        run("owner", HostSettings.DEFAULT, EndpointRequest.on("back"));
        run("guest", HostSettings.DEFAULT, EndpointRequest.on("container:owner"));
        assertThat(file("guest", "resolv.conf"))
                .isEqualTo(file("owner", "resolv.conf"))
                .contains(back);

        lab.done(new Change.Connect("owner", EndpointRequest.on("shop")));
        assertThat(file("guest", "resolv.conf"))
                .isEqualTo(file("owner", "resolv.conf"))
                .contains(back, shop);
        assertThat(file("guest", "hosts")).isEqualTo(file("owner", "hosts")).contains(address("owner", 1));
        lab.done(new Change.RemoveContainer("guest", true));
        lab.done(new Change.RemoveContainer("owner", true));
    }

    @Test
    void membersOfAnInternalNetworkFindEachOtherAndNothingElse() throws Exception {
        assertThat(ask("safe", "172.20.0.1", "safe.vault", "A")).isEqualTo("NOERROR " + address("safe", 0));
        assertThat(ask("safe", "172.20.0.1", "secret.here.test", "A")).isEqualTo("SERVFAIL");
        assertThat(Files.readString(asked())).doesNotContain("secret");
    }

    @Test
    void whatIsUnknownIsAskedOfTheServersThatThePersonChose() throws Exception {
        assertThat(ask("web01", shop, "here.test", "A")).isEqualTo("NOERROR 192.0.2.80");
        assertThat(ask("web01", shop, "nowhere.test", "A")).isEqualTo("NXDOMAIN");
        assertThat(ask("web01", shop, "broken.test", "A")).isEqualTo("SERVFAIL");
        assertThat(ask("web01", shop, "silent.test", "A")).isEqualTo("SERVFAIL");
        assertThat(ask("web01", shop, "long.test", "TXT")).startsWith("NOERROR TC");
        assertThat(from("web01", tool("ask", shop, "long.test", "TXT", "tcp")).strip())
                .isEqualTo("NOERROR" + " text".repeat(20));
        assertThat(from("web01", tool("ask", shop, "web02", "A", "tcp")).strip())
                .isEqualTo("NOERROR " + address("web02", 0));
    }

    @Test
    void aBareNameStaysHereWhenThePersonSetsNdots() throws Exception {
        run(
                "dots",
                settings(List.of(OUTSIDE), List.of("corp.test"), List.of("ndots:2"), List.of()),
                EndpointRequest.on("shop"));
        assertThat(ask("dots", shop, "barename", "A")).isEqualTo("NOERROR");
        assertThat(ask("web01", shop, "barename2", "A")).isEqualTo("NXDOMAIN");
        assertThat(Files.readString(asked())).contains("barename2.").doesNotContain("barename.");
        assertThat(file("dots", "resolv.conf"))
                .isEqualTo("search corp.test\nnameserver " + shop + "\noptions ndots:2\n");
        lab.done(new Change.RemoveContainer("dots", true));
    }

    @Test
    void hostsAndResolvConfAreDockersWithTheGatewayAsServer() throws Exception {
        run(
                "files",
                settings(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(
                                new ExtraHost("cache", InetAddress.ofLiteral("192.0.2.9")),
                                new ExtraHost("host.docker.internal", null))),
                EndpointRequest.on("shop"),
                EndpointRequest.on("back"));
        assertThat(file("files", "hosts")).isEqualTo("""
                        127.0.0.1\tlocalhost
                        ::1\tlocalhost ip6-localhost ip6-loopback
                        fe00::0\tip6-localnet
                        ff00::0\tip6-mcastprefix
                        ff02::1\tip6-allnodes
                        ff02::2\tip6-allrouters
                        192.0.2.9\tcache
                        172.17.0.1\thost.docker.internal
                        %s\t%s
                        %s\t%s
                        """.formatted(
                        address("files", 0),
                        sandbox("files").hostname(),
                        address("files", 1),
                        sandbox("files").hostname()));
        assertThat(file("files", "resolv.conf"))
                .contains("nameserver " + shop + "\nnameserver " + back + "\n")
                .endsWith("ndots:0\n");
        lab.done(new Change.RemoveContainer("files", true));
    }
}
