package dev.patchbay.core.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.Change;
import dev.patchbay.core.EndpointRequest;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.Driver;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExtraHost;
import dev.patchbay.engine.spec.HostSettings;
import dev.patchbay.engine.spec.RestartPolicy;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import java.io.File;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.xbill.DNS.Message;

/// The resolver of a real Lab, asked from inside containers, from the host and from outside, by busybox'
/// `nslookup` and by a client of the tests' own.
///
/// On the network shop: web01 and web02, both also `www`, and both, which is on back as well; on back: db; on
/// the internal network vault: safe; on the default network: plain.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResolverTest {
    private static final String OUTSIDE = "198.51.100.1";
    private static final List<String> SLEEP = List.of("sleep", "3600");
    private static final HostSettings ASKS_OUTSIDE = settings(List.of(OUTSIDE), List.of(), List.of(), List.of());

    private RealLab lab;
    private String shop;
    private String back;

    @BeforeAll
    void build(@TempDir Path home) throws Exception {
        lab = new RealLab(home, ResolverStart.words());
        assertThat(resolvers()).isEmpty();
        create("shop", false);
        create("back", false);
        create("vault", true);
        run("web01", ASKS_OUTSIDE, EndpointRequest.on("shop").withAliases(List.of("www", "First.example")));
        run("web02", HostSettings.DEFAULT, EndpointRequest.on("shop").withAliases(List.of("www")));
        run("both", HostSettings.DEFAULT, EndpointRequest.on("shop"), EndpointRequest.on("back"));
        run("db", HostSettings.DEFAULT, EndpointRequest.on("back"));
        run("safe", ASKS_OUTSIDE, EndpointRequest.on("vault"));
        run("plain", HostSettings.DEFAULT);
        shop = "172.18.0.1";
        back = "172.19.0.1";
        lab.outside("setsid " + tool("serve", OUTSIDE) + " >" + asked() + " </dev/null & until grep -q ready " + asked()
                + "; do sleep 0.1; done");
    }

    @AfterAll
    void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    /// What the server outside was asked.
    private Path asked() {
        return lab.directory().home().resolve("asked");
    }

    private void create(String name, boolean internal) throws EngineException {
        lab.done(new Change.CreateNetwork(
                name, Driver.BRIDGE, List.of(), false, internal, false, false, null, Map.of(), Map.of()));
    }

    private void run(String name, HostSettings settings, EndpointRequest... networks) throws EngineException {
        lab.done(Change.RunContainer.of(name, "host", SLEEP, List.of(networks)).withSettings(settings));
    }

    private static HostSettings settings(
            List<String> dns, List<String> search, List<String> options, List<ExtraHost> hosts) {
        return new HostSettings(
                RestartPolicy.NO,
                false,
                false,
                dns.stream().map(InetAddress::ofLiteral).toList(),
                search,
                options,
                hosts);
    }

    private SandboxSpec sandbox(String name) throws EngineException {
        return specs(SandboxSpec.class)
                .filter(sandbox -> sandbox.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private <T extends Spec> Stream<T> specs(Class<T> type) throws EngineException {
        return lab.state().specs().stream().filter(type::isInstance).map(type::cast);
    }

    private String address(String container, int endpoint) throws EngineException {
        SandboxSpec sandbox = sandbox(container);
        List<EndpointSpec> endpoints = specs(EndpointSpec.class)
                .filter(each -> each.sandbox().equals(sandbox.id()))
                .toList();
        return endpoints.get(endpoint).addresses().getFirst().address().getHostAddress();
    }

    private static String tool(String... words) throws Exception {
        String classPath = Stream.of(DnsTool.class, ResolverMain.class, Message.class, Logger.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator));
        return Path.of(System.getProperty("java.home"), "bin", "java")
                + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -XX:-UsePerfData -Dslf4j.internal.verbosity=ERROR"
                + " -cp " + classPath + " " + DnsTool.class.getName() + " " + String.join(" ", words) + " 2>/dev/null";
    }

    private String from(String container, String command) throws Exception {
        return lab.onHost("ip netns exec " + sandbox(container).namespaceName() + " " + command);
    }

    private String ask(String container, String server, String name, String type) throws Exception {
        return from(container, tool("ask", server, name, type)).strip();
    }

    private List<String> resolvers() throws EngineException {
        return lab.onHost("pgrep -fx '[^ ]*java (-XX[^ ]* )*-Xmx32m .*ResolverMain' || true")
                .lines()
                .toList();
    }

    private String file(String container, String name) throws Exception {
        return Files.readString(lab.directory()
                .sandboxes()
                .resolve(sandbox(container).id().shortForm())
                .resolve(name));
    }

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

    private static String reverse(String address) {
        String[] parts = address.split("\\.");
        return parts[3] + "." + parts[2] + "." + parts[1] + "." + parts[0] + ".in-addr.arpa";
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
    void theDefaultNetworkHasNoNames() throws Exception {
        assertThat(lab.onHost("ss -Hlun sport = 53; ss -Hltn sport = 53"))
                .contains(shop + ":53", back + ":53", "172.20.0.1:53")
                .doesNotContain("172.17.0.1:53");
        assertThat(file("plain", "resolv.conf")).doesNotContain("172.17.0.1", "ndots");
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
    void aNetworkOfItsOwnIsListenedOnAsLongAsSomebodyIsThere() throws Exception {
        create("brief", false);
        String listening = "ss -Hlun sport = 53 | grep -c 172.2[1-9] || true";
        assertThat(lab.onHost(listening).strip()).isEqualTo("0");
        run("guest", HostSettings.DEFAULT, EndpointRequest.on("brief"));
        assertThat(lab.onHost(listening).strip()).isEqualTo("1");
        lab.done(new Change.RemoveContainer("guest", true));
        assertThat(lab.onHost(listening).strip()).isEqualTo("0");
        lab.done(new Change.RemoveNetwork("brief"));
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

    @Test
    void threeHundredQuestionsAtOnceAreAnswered() throws Exception {
        assertThat(from("db", tool("together", back, "both", "300")).strip())
                .isEqualTo("NOERROR " + address("both", 1));
        assertThat(from("web01", tool("together", shop, "here.test", "300")).strip())
                .isEqualTo("NOERROR 192.0.2.80");
    }

    @Test
    void noiseHurtsNobody() throws Exception {
        List<String> before = resolvers();
        from("db", tool("noise", back, "42", "3000"));
        assertThat(ask("db", back, "both", "A")).isEqualTo("NOERROR " + address("both", 1));
        assertThat(from("db", tool("ask", back, "both", "A", "tcp")).strip())
                .isEqualTo("NOERROR " + address("both", 1));
        assertThat(resolvers()).isEqualTo(before);
    }

    @Test
    void itMayListenOnLowPortsAndNothingElse() throws Exception {
        // Bit 10 is CAP_NET_BIND_SERVICE.
        assertThat(lab.onHost("grep -E '^(Cap|NoNewPrivs)' /proc/" + resolvers().getFirst() + "/status"))
                .isEqualTo("""
                        CapInh:\t0000000000000400
                        CapPrm:\t0000000000000400
                        CapEff:\t0000000000000400
                        CapBnd:\t0000000000000400
                        CapAmb:\t0000000000000400
                        NoNewPrivs:\t1
                        """);
    }

    @Test
    void itAnswersWhileNoHelperRunsAndTheNextHelperReplacesIt() throws Exception {
        String namespace = sandbox("web02").namespaceName();
        String web01 = address("web01", 0);
        List<String> before = resolvers();
        assertThat(before).hasSize(1);

        lab.killHelper();
        assertThat(lab.onHost("ip netns exec " + namespace + " " + tool("ask", shop, "web01", "A"))
                        .strip())
                .isEqualTo("NOERROR " + web01);

        lab.up();
        assertThat(resolvers()).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(ask("web02", shop, "web01", "A")).isEqualTo("NOERROR " + web01);
        assertThat(lab.controller().repair(true)).isEmpty();
    }

    @Test
    void aKilledOneShowsAndComesBackWithARepairOrTheNextChange() throws Exception {
        lab.onHost("kill -KILL " + resolvers().getFirst());
        await().until(() -> !lab.controller().repair(true).isEmpty());
        lab.controller().repair(false);
        assertThat(ask("web02", shop, "web01", "A")).isEqualTo("NOERROR " + address("web01", 0));
        assertThat(lab.controller().repair(true)).isEmpty();

        lab.onHost("kill -KILL " + resolvers().getFirst());
        await().until(() -> !lab.controller().repair(true).isEmpty());
        run("next", HostSettings.DEFAULT, EndpointRequest.on("back"));
        assertThat(ask("web02", shop, "web01", "A")).isEqualTo("NOERROR " + address("web01", 0));
        assertThat(ask("db", back, "next", "A")).isEqualTo("NOERROR " + address("next", 0));
        lab.done(new Change.RemoveContainer("next", true));
    }
}
