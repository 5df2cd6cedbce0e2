package dev.patchbay.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.ruleset.Ruleset;
import dev.patchbay.engine.ruleset.RulesetScripts;
import dev.patchbay.engine.ruleset.SpecSketch;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What the rules do to packets: two containers on one network, a third on another, and an outside.
@ExtendWith(PrivateNamespace.class)
class PublishedPortTest {
    @TempDir
    Path pages;

    private final Iptables iptables = new Iptables(Family.IPV4, new TransactionCounter());
    private final SpecSketch sketch = new SpecSketch();
    private final List<Process> servers = new ArrayList<>();
    private final List<String> links = new ArrayList<>();
    private final List<String> namespaces = new ArrayList<>();
    private Ruleset rules = Ruleset.EMPTY;

    @BeforeEach
    void build() throws Exception {
        Path bridgeFilter = Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");
        PrivateNamespace.require(Files.exists(bridgeFilter), "the kernel module br_netfilter");
        Files.writeString(bridgeFilter, "1");
        Files.writeString(Path.of("/proc/sys/net/ipv4/ip_forward"), "1");
        Files.writeString(pages.resolve("index.html"), "It works!");

        NetworkSpec first = network("10.1.0.1/16");
        NetworkSpec second = network("10.2.0.1/16");
        container("c1", first.bridge(), "10.1.0.2/16", "10.1.0.1");
        container("c2", first.bridge(), "10.1.0.3/16", "10.1.0.1");
        container("c3", second.bridge(), "10.2.0.2/16", "10.2.0.1");
        container("c6", second.bridge(), "10.2.0.6/16", "10.2.0.1");
        NetworkSpec internal = network("10.3.0.1/16", "internal");
        container("c4", internal.bridge(), "10.3.0.2/16", "");
        container("c5", internal.bridge(), "10.3.0.3/16", "");
        container("outside", "", "198.51.100.1/24", "198.51.100.2");
        in("outside", "ip", "address", "add", "198.51.100.7/24", "dev", "eth0");
        Shell.run("ip", "address", "add", "198.51.100.2/24", "dev", "v-outside");
        sketch.port(sketch.sandboxOn(first, "10.1.0.2/16"), "8080:80/tcp");
        sketch.port(sketch.sandboxOn(first, "10.1.0.3/16"), "127.0.0.1:8081:80/tcp");
        EndpointSpec wide = sketch.sandboxOn(second, "10.2.0.6/16");
        sketch.port(wide, "79:79-81/tcp");
        sketch.port(wide, "9100:79-81/tcp");
        sketch.port(sketch.sandboxOn(second, "10.2.0.2/16"), "8082:80/tcp", "198.51.100.7/32", "203.0.113.0/24");
        sketch.port(sketch.sandboxOn(internal, "10.3.0.2/16"), "8084:80/tcp");
        rules = sketch.rules();
        iptables.run(RulesetScripts.plan(iptables, Ruleset.EMPTY, rules));
        iptables.run(RuleScript.forwardPolicyDrop(Family.IPV4, iptables.read()));
        serve("c1", "80");
        serve("c2", "80");
        serve("c3", "80");
        serve("c4", "80");
        serve("c6", "80");
        serve("outside", "80");
        serve("", "127.0.0.1:9999");
    }

    @AfterEach
    void takeDown() throws Exception {
        iptables.run(RulesetScripts.plan(iptables, rules, Ruleset.EMPTY));
        Shell.run("iptables", "-P", "FORWARD", "ACCEPT");
        for (Process server : servers) {
            server.destroyForcibly().waitFor();
        }
        // Links first: those in a namespace go some time after its name does.
        for (String link : links.reversed()) {
            Shell.run("ip", "link", "delete", link);
        }
        for (String namespace : namespaces) {
            Shell.run("ip", "netns", "delete", namespace);
        }
    }

    @Test
    void answersFromEverySide() throws Exception {
        assertThat(page("", "127.0.0.1:8080")).as("the host's loopback").isEqualTo("It works!");
        assertThat(page("", "198.51.100.2:8080")).as("the host's address").isEqualTo("It works!");
        assertThat(page("outside", "198.51.100.2:8080")).as("from outside").isEqualTo("It works!");
        assertThat(page("c3", "198.51.100.2:8080")).as("another network").isEqualTo("It works!");
        assertThat(page("c3", "10.2.0.1:8080"))
                .as("another network, by its gateway")
                .isEqualTo("It works!");
        assertThat(page("c2", "198.51.100.2:8080")).as("the same network").isEqualTo("It works!");
        assertThat(page("c1", "198.51.100.2:8080")).as("the container itself").isEqualTo("It works!");
    }

    @Test
    void aPortOnTheLoopbackIsForTheHostAlone() throws Exception {
        assertThat(page("", "127.0.0.1:8081")).isEqualTo("It works!");
        assertThat(get("outside", "198.51.100.2:8081")).isEmpty();
        assertThat(get("c3", "198.51.100.2:8081")).as("another network").isEmpty();
        assertThat(page("", "127.0.0.1:9999")).isEqualTo("It works!");
    }

    @Test
    void networksAreApart() throws Exception {
        assertThat(page("c2", "10.1.0.2")).isEqualTo("It works!");
        assertThat(get("c3", "10.1.0.2")).isEmpty();
        assertThat(get("c1", "10.2.0.2")).isEmpty();
        assertThat(get("outside", "10.2.0.2")).as("what is not published").isEmpty();
    }

    /// A container that sends to 127.0.0.1 by way of the bridge reaches a service that listens on the host's loopback
    /// only, since the bridge has `route_localnet`; the rule in `raw` is all that keeps it out.
    @Test
    void aContainerCannotReachTheHostsLoopback() throws Exception {
        in("c3", "ip", "address", "delete", "127.0.0.1/8", "dev", "lo");
        in("c3", "sh", "-c", "echo 1 > /proc/sys/net/ipv4/conf/eth0/route_localnet");
        in("c3", "ip", "route", "add", "127.0.0.0/8", "via", "10.2.0.1", "src", "10.2.0.2");
        assertThat(get("c3", "127.0.0.1:9999")).isEmpty();
        Shell.run("iptables", "-t", "raw", "-F", "PATCHBAY-PREROUTING");
        assertThat(page("c3", "127.0.0.1:9999")).as("without the rule").isEqualTo("It works!");
    }

    @Test
    void aRangeLeadsEachPortToItsOwn() throws Exception {
        assertThat(page("outside", "198.51.100.2:80")).as("kept").isEqualTo("It works!");
        assertThat(page("outside", "198.51.100.2:9101")).as("shifted").isEqualTo("It works!");
        assertThat(page("", "127.0.0.1:9101")).as("shifted, from the host").isEqualTo("It works!");
        assertThat(get("outside", "198.51.100.2:9100")).isEmpty();
        assertThat(get("outside", "198.51.100.2:9102")).isEmpty();
        assertThat(get("outside", "198.51.100.2:9103")).isEmpty();
    }

    @Test
    void aPortIsForThoseWhoMayUseItAndForTheHost() throws Exception {
        assertThat(page("outside", "198.51.100.2:8082", "--interface", "198.51.100.7"))
                .isEqualTo("It works!");
        assertThat(get("outside", "198.51.100.2:8082")).as("another source").isEmpty();
        assertThat(get("c1", "198.51.100.2:8082")).as("another container").isEmpty();
        assertThat(page("", "127.0.0.1:8082")).as("the host").isEqualTo("It works!");
        assertThat(page("", "198.51.100.2:8082")).as("the host").isEqualTo("It works!");
        Shell.run("iptables", "-P", "FORWARD", "ACCEPT");
        assertThat(get("outside", "10.2.0.2")).as("past the host's port").isEmpty();
    }

    /// In Docker 20.10 a neighbour that routes 127.0.0.1 to the host reaches what is published there, and whoever
    /// routes to the container's own address reaches it as well.
    @Test
    void aPortOnTheLoopbackIsOutOfReachForNeighbours() throws Exception {
        Shell.run("iptables", "-P", "FORWARD", "ACCEPT");
        assertThat(get("outside", "10.1.0.3")).as("by the container's address").isEmpty();
        in("outside", "ip", "address", "delete", "127.0.0.1/8", "dev", "lo");
        in("outside", "sh", "-c", "echo 1 > /proc/sys/net/ipv4/conf/eth0/route_localnet");
        in("outside", "ip", "route", "add", "127.0.0.0/8", "via", "198.51.100.2", "src", "198.51.100.1");
        assertThat(get("outside", "127.0.0.1:8081"))
                .as("by the loopback address")
                .isEmpty();
        Shell.run("iptables", "-t", "raw", "-F", "PATCHBAY-PREROUTING");
        assertThat(page("outside", "127.0.0.1:8081")).as("without the rule").isEqualTo("It works!");
    }

    /// Docker publishes nothing there, and does not say so.
    @Test
    void aPortOfAnInternalNetworkIsReachedAndLetsNothingOut() throws Exception {
        assertThat(page("", "127.0.0.1:8084")).as("the host's loopback").isEqualTo("It works!");
        assertThat(page("outside", "198.51.100.2:8084")).as("from outside").isEqualTo("It works!");
        assertThat(page("c1", "198.51.100.2:8084")).as("another network").isEqualTo("It works!");
        assertThat(page("c5", "10.3.0.1:8084")).as("the same network").isEqualTo("It works!");
        assertThat(get("outside", "10.3.0.2")).as("past the host's port").isEmpty();

        in("c4", "ip", "route", "add", "default", "via", "10.3.0.1");
        assertThat(get("c4", "198.51.100.1")).as("out").isEmpty();
        assertThat(get("c4", "10.1.0.2")).as("to another network").isEmpty();
        assertThat(get("c4", "198.51.100.2:8080"))
                .as("to what another network publishes")
                .isEmpty();
        assertThat(page("c1", "198.51.100.1")).as("what the others can").isEqualTo("It works!");
    }

    private NetworkSpec network(String gateway, String... flags) throws Exception {
        NetworkSpec network = sketch.network(gateway, flags);
        Shell.run("ip", "link", "add", network.bridge(), "type", "bridge");
        Shell.run("ip", "address", "add", gateway, "dev", network.bridge());
        Shell.run("ip", "link", "set", network.bridge(), "up");
        Files.writeString(Path.of("/proc/sys/net/ipv4/conf", network.bridge(), "route_localnet"), "1");
        links.add(network.bridge());
        return network;
    }

    private void container(String name, String bridge, String address, String gateway) throws Exception {
        Shell.run("ip", "netns", "add", name);
        namespaces.add(name);
        Shell.run(
                "ip",
                "link",
                "add",
                "v-" + name,
                "type",
                "veth",
                "peer",
                "name",
                "eth0",
                "address",
                "02:42:00:00:00:0" + namespaces.size(),
                "netns",
                name);
        links.add("v-" + name);
        if (!bridge.isEmpty()) {
            Shell.run("ip", "link", "set", "v-" + name, "master", bridge);
            Shell.run("ip", "link", "set", "v-" + name, "type", "bridge_slave", "hairpin", "on");
        }
        Shell.run("ip", "link", "set", "v-" + name, "up");
        in(name, "ip", "link", "set", "lo", "up");
        in(name, "ip", "address", "add", address, "dev", "eth0");
        in(name, "ip", "link", "set", "eth0", "up");
        if (!gateway.isEmpty()) {
            in(name, "ip", "route", "add", "default", "via", gateway);
        }
    }

    private void serve(String namespace, String port) throws IOException {
        List<String> command = within(namespace, "busybox", "httpd", "-f", "-p", port, "-h", pages.toString());
        servers.add(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
        String own = port.contains(":") ? port : "127.0.0.1:" + port;
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> get(namespace, own).equals("It works!"));
    }

    /// As [#get], for a target that has to answer: a busy machine may take its time.
    private static String page(String namespace, String target, String... options)
            throws IOException, InterruptedException {
        List<String> longer = new ArrayList<>(List.of("--max-time", "20"));
        longer.addAll(List.of(options));
        return get(namespace, target, longer.toArray(String[]::new));
    }

    /// The page, or nothing when there is no answer.
    private static String get(String namespace, String target, String... options)
            throws IOException, InterruptedException {
        List<String> command = within(namespace, "curl", "-s", "--max-time", "2", "http://" + target + "/");
        command.addAll(List.of(options));
        Process curl = new ProcessBuilder(command).start();
        String page = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        curl.waitFor();
        return page;
    }

    private static void in(String namespace, String... command) throws Exception {
        Shell.run(within(namespace, command).toArray(String[]::new));
    }

    private static List<String> within(String namespace, String... command) {
        List<String> whole = new ArrayList<>();
        if (!namespace.isEmpty()) {
            whole.addAll(List.of("ip", "netns", "exec", namespace));
        }
        whole.addAll(List.of(command));
        return whole;
    }
}
