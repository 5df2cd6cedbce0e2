package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.app.cli.command.ExitCode;
import dev.patchbay.app.differential.EngineRunner;
import dev.patchbay.app.differential.EngineVersion;
import dev.patchbay.app.hosts.HostConnector;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.core.docker.LocalMachineAccess;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Commands on each release of an engine that people run: Docker's own client, the kernel and real packets say the
/// same, and nothing is left.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineReleaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String IMAGE = "httpd:2.4";
    private static final String WORKS = "It works!";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Its own number and that of its other end.
    private static final Pattern LINK = Pattern.compile("^(\\d+): [^@]*@if(\\d+):");

    @TempDir
    static Path directory;

    private final EngineVersion version;

    private EngineRunner engine;
    private Machine machine;
    private Map<String, String> environment;

    private String before;

    EngineReleaseTest(EngineVersion version) {
        this.version = version;
    }

    @BeforeAll
    void startTheEngine() throws Exception {
        Path own = Files.createTempDirectory(directory, "e");
        engine = version.start(own);
        machine = new Machine(
                StateDirectory.ofMachine(own.resolve("root")), HelperCommand.ofThisProgram(), engine.joining());
        environment = Map.of(
                "DOCKER_HOST",
                engine.address(),
                "HOME",
                own.toString(),
                "PATCHBAY_HOME",
                own.resolve("home").toString(),
                "PATCHBAY_HOST",
                "local");
        // Tables that stay when their last rule has gone, and chains and links that an engine makes once and keeps.
        onHost("for i in iptables ip6tables; do for t in raw nat filter; do $i -t $t -A OUTPUT -j ACCEPT;"
                + " $i -t $t -D OUTPUT -j ACCEPT; done; done");
        engine.docker("run", "-d", "--name", "first", "-p", "8080:80", IMAGE);
        engine.docker("network", "create", "first");
        engine.docker("network", "connect", "first", "first");
        engine.docker("rm", "-f", "first");
        engine.docker("network", "rm", "first");
        before = kernel();
    }

    @AfterAll
    void endTheEngine() throws EngineException {
        if (engine != null) {
            machine.down();
            engine.close();
        }
    }

    @AfterEach
    void leaveNothing() {
        List<String> left = engine.lines("ps", "-aq");
        left.forEach(id -> engine.docker("rm", "-f", id));
        engine.docker("network", "prune", "-f");
        assertThat(left).isEmpty();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(kernel()).isEqualTo(before));
    }

    /// Rules of both families, tables, links and addresses. netavark 1.4 leaves an empty chain of a port behind
    /// when another container is still on the network.
    private String kernel() {
        return onHost(
                "(iptables-save; ip6tables-save) | grep -vE '^#|^:NETAVARK-DN-' | sed 's/\\[[0-9:]*\\]//'; nft list"
                    + " tables | sort; ip -o link | cut -d: -f2; ip -o address | sed 's/^[0-9]*: //; s/ tentative//;"
                    + " s/valid_lft.*//'");
    }

    private String onHost(String script) {
        return engine.onHost(script).line();
    }

    private CliResult typed(String... words) {
        return CliResult.run(environment, Clock.systemUTC(), this::open, words);
    }

    private ConnectedHost open(String name) throws EngineException {
        HostOpener.Result answer = HostConnector.start(
                environment,
                name,
                (_, silence) -> new LocalMachineAccess(machine, silence),
                DockerEngine.SILENCE,
                _ -> {});
        assertThat(answer).isInstanceOf(HostOpener.Result.Opened.class);
        return ((HostOpener.Result.Opened) answer).connected();
    }

    /// What a command prints that has to succeed.
    private String done(String line) {
        CliResult typed = typed(line.split(" "));
        assertThat(typed.exitCode()).as(line + ": " + typed.err()).isEqualTo(ExitCode.DONE);
        return typed.out().strip();
    }

    private String fromOutside(int port) {
        return onHost("ip netns exec outside curl -s --max-time 3 http://198.51.100.2:" + port + "/ || true");
    }

    private String fromHost(int port) {
        return onHost("curl -s --max-time 3 http://127.0.0.1:" + port + "/ || true");
    }

    private String fromContainer(String container, String address) {
        return engine.inside(container, "curl -s --max-time 3 http://" + address + "/ || true")
                .line();
    }

    private void answers(int port) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(fromOutside(port)).contains(WORKS));
        assertThat(fromHost(port)).contains(WORKS);
    }

    private void silent(int port) {
        assertThat(fromOutside(port) + fromHost(port)).isEmpty();
    }

    private JsonNode ofTheEngine(String path) throws Exception {
        return JSON.readTree(onHost("curl -s --unix-socket " + engine.address().substring("unix://".length())
                + " http://engine/v1.41" + path));
    }

    private String addressOf(String container, String network) {
        return engine.docker("inspect", "-f", "{{.NetworkSettings.Networks." + network + ".IPAddress}}", container);
    }

    @Test
    void theSeedSession() throws Exception {
        String networks = done("network ls --no-trunc");
        done("run -dit --name web01 -p 8080:80 " + IMAGE);
        done("run -dit --name web02 -p 8081:80 " + IMAGE);
        assertThat(done("ps -a --no-trunc --format {{.ID}}").lines().sorted().toList())
                .isEqualTo(engine.lines("ps", "-a", "--no-trunc", "--format", "{{.ID}}").stream()
                        .sorted()
                        .toList());
        answers(8080);
        answers(8081);
        assertThat(JSON.readTree(done("container inspect web01")).get(0))
                .isEqualTo(ofTheEngine("/containers/web01/json"));
        assertThat(done("container inspect --format={{.NetworkSettings.IPAddress}} web01"))
                .isEqualTo(engine.docker("inspect", "-f", "{{.NetworkSettings.IPAddress}}", "web01"));
        done("stop web01 web02");
        silent(8080);
        done("rm web01 web02");

        String id = done("network create mydockernet");
        assertThat(engine.docker("network", "inspect", "-f", "{{.Id}}", "mydockernet"))
                .isEqualTo(id);
        done("run -dit --name web01 -p 8080:80 --net mydockernet " + IMAGE);
        done("run -dit --name web02 -p 8081:80 --net mydockernet " + IMAGE);
        answers(8080);
        assertThat(JSON.readTree(done("network inspect mydockernet")).get(0))
                .isEqualTo(ofTheEngine("/networks/mydockernet"));
        assertThat(fromContainer("web02", addressOf("web01", "mydockernet"))).contains(WORKS);

        done("network disconnect mydockernet web01");
        silent(8080);
        answers(8081);
        done("network connect mydockernet web01");
        answers(8080);

        done("stop web01 web02");
        silent(8080);
        silent(8081);
        done("rm web01 web02");
        done("network rm mydockernet");
        assertThat(done("network ls --no-trunc")).isEqualTo(networks);
    }

    @Test
    void aPortOfARunningContainerIsPublishedAndTakenBack() {
        done("network create shop");
        done("run -d --name web --network shop " + IMAGE);
        String started = engine.docker("inspect", "-f", "{{.State.StartedAt}}", "web");

        done("publish web 8090:80");

        answers(8090);
        assertThat(done("ps")).contains("0.0.0.0:8090->80/tcp (by Patchbay)");
        assertThat(engine.docker("inspect", "-f", "{{.State.StartedAt}}", "web"))
                .isEqualTo(started);
        assertThat(done("undo")).isEqualTo("undo: patchbay publish web 8090:80");
        silent(8090);
        done("redo");
        answers(8090);
        done("unpublish web 8090:");
        silent(8090);
        done("rm -f web");
        done("network rm shop");
    }

    @Test
    void containersOnANetworkOfPatchbaysFindEachOtherByName() {
        done("network create shop");
        done("run -d --name web --network shop " + IMAGE);
        done("run -d --name db " + IMAGE);
        String without = tables("web") + tables("db");
        done("network create --managed-by patchbay --subnet 10.78.0.0/24 lane");
        done("network connect lane web");
        done("network connect --alias store lane db");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(found("web", "db")).contains("10.78.0.3"));
        assertThat(found("web", "store.lane")).contains("10.78.0.3");
        assertThat(found("db", "web")).contains("10.78.0.2");
        assertThat(engine.within("web", "busybox ping -c1 -W5 store").line()).contains(" 0% packet loss");
        assertThat(found("web", "nobody")).doesNotContain("10.78.0.");

        assertThat(done("undo")).contains("network connect");
        assertThat(found("web", "store")).doesNotContain("10.78.0.");
        done("network disconnect lane web");
        assertThat(tables("web") + tables("db")).isEqualTo(without);
        done("network rm lane");
        done("rm -f web db");
        done("network rm shop");
    }

    /// Without numbers of ports and counters.
    private String tables(String container) {
        return engine.inside(container, "nft list ruleset")
                .line()
                .replaceAll("counter packets \\d+ bytes \\d+", "")
                .replaceAll("(127.0.0.11:|sport )\\d+", "");
    }

    private String found(String container, String name) {
        return engine.inside(container, "busybox nslookup " + name + " 198.51.100.1 2>&1 || true")
                .line();
    }

    @Test
    void whoHoldsAPortIsSaid() {
        done("run -d --name web -p 8090:80 " + IMAGE);
        CliResult second = typed("run", "-d", "--name", "second", "-p", "8090:80", IMAGE);
        assertThat(second.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(second.err()).contains("Container web publishes it.");
        String pid = onHost("busybox nc -l -p 8095 >/dev/null 2>&1 </dev/null & echo $!");
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(onHost("ss -ltn")).contains(":8095 "));
            CliResult third = typed("run", "-d", "--name", "third", "-p", "8095:80", IMAGE);
            assertThat(third.err()).contains("(pid " + pid + ").");
            assertThat(typed("publish", "web", "8095:80").err()).contains("(pid " + pid + ").");
        } finally {
            onHost("kill " + pid);
        }
        assertThat(engine.lines("ps", "-a", "--format", "{{.Names}}")).containsExactly("web");

        CliResult silent = typed("publish", "web", "8096:81");
        assertThat(silent.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(silent.err()).startsWith("nothing listens on 81/tcp in web");
        assertThat(typed("publish", "web", "8097:80").err()).isEmpty();
        done("rm -f web");
    }

    @Test
    void aPortIsPublishedElsewhereInOneStep() {
        done("network create shop");
        done("run -d --name web --network shop " + IMAGE);
        done("run -d --name other --network shop -p 8091:80 " + IMAGE);
        done("publish web 8090:80");
        answers(8090);
        answers(8091);

        CliResult taken = typed("republish", "web", "8090:", "8091");
        assertThat(taken.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(taken.err()).contains("port is already allocated").contains("other");
        answers(8090);

        done("republish web 8090: 8092");
        answers(8092);
        silent(8090);
        done("republish web 8092: 127.0.0.1:8092");
        assertThat(fromOutside(8092)).isEmpty();
        assertThat(fromHost(8092)).contains(WORKS);

        assertThat(done("undo")).startsWith("undo: patchbay republish web ");
        answers(8092);
        done("undo");
        answers(8090);
        silent(8092);
        done("rm -f web other");
        done("network rm shop");
    }

    @Test
    void aContainerMovesToAnotherNetworkInOneStep() {
        done("network create --subnet 10.71.0.0/24 front");
        done("network create --subnet 10.72.0.0/24 back");
        done("run -d --name web --network front --network-alias shop -p 8090:80 " + IMAGE);
        done("run -d --name near --network back " + IMAGE);
        answers(8090);

        done("network move front back web");
        assertThat(addressOf("web", "back")).startsWith("10.72.0.");
        assertThat(engine.docker("inspect", "-f", "{{json .NetworkSettings.Networks}}", "web"))
                .doesNotContain("\"front\"");
        assertThat(fromContainer("near", addressOf("web", "back"))).contains(WORKS);
        assertThat(engine.docker("inspect", "-f", "{{.NetworkSettings.Networks.back.Aliases}}", "web"))
                .contains("shop");
        answers(8090);

        assertThat(done("undo")).isEqualTo("undo: patchbay network move front back web");
        assertThat(addressOf("web", "front")).startsWith("10.71.0.");
        assertThat(engine.docker("inspect", "-f", "{{json .NetworkSettings.Networks}}", "web"))
                .doesNotContain("\"back\"");
        answers(8090);
        done("rm -f web near");
        done("network rm front back");
    }

    @Test
    void theDefaultGatewayIsChosenWhereTheEngineHasPriorities() {
        done("network create --subnet 10.71.0.0/24 front");
        done("network create --subnet 10.72.0.0/24 zone");
        done("run -d --name web --network front " + IMAGE);
        done("network connect zone web");
        String before = defaultRoute();

        CliResult typed = typed("network", "gateway", "zone", "web");
        if (version == EngineVersion.DOCKER_28) {
            assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
            assertThat(defaultRoute()).contains("via 10.72.0.1");
            assertThat(done("undo")).isEqualTo("undo: patchbay network gateway zone web");
        } else {
            assertThat(typed.exitCode()).as(typed.out()).isEqualTo(ExitCode.REFUSED);
        }
        assertThat(defaultRoute()).isEqualTo(before).contains("via 10.71.0.1");
        done("rm -f web");
        done("network rm front zone");
    }

    private String defaultRoute() {
        return engine.inside("web", "ip route show default").line();
    }

    @Test
    void explainSaysWhatARealPacketDoes() {
        done("network create one");
        done("network create two");
        done("run -d --name web --network one -p 8090:80 " + IMAGE);
        done("run -d --name near --network one " + IMAGE);
        done("run -d --name far --network two " + IMAGE);
        answers(8090);
        String address = addressOf("web", "one");

        agrees("host", true);
        agrees("outside", true);
        assertThat(fromContainer("near", address)).contains(WORKS);
        agrees("near", true);
        boolean reached = fromContainer("far", address).contains(WORKS);
        assertThat(reached && version.isDocker())
                .as("Docker keeps networks apart")
                .isFalse();
        agrees("far", reached);

        done("rm -f web near far");
        done("network rm one two");
    }

    private void agrees(String from, boolean reached) {
        CliResult typed = typed("explain", from, "web:80", "--probe");
        assertThat(typed.out())
                .as(typed.err())
                .startsWith(from + " → web:80/tcp: " + (reached ? "reachable" : "blocked"));
        assertThat(typed.exitCode()).isEqualTo(reached ? ExitCode.DONE : ExitCode.REFUSED);
    }

    /// Networks of Podman whose rules are gone get them back by what the problem says; Docker's are put back here as
    /// its restart would.
    @Test
    void aLostRuleIsAProblemUntilItIsBack() throws Exception {
        String isolated = version.isDocker() ? "" : "-o isolate=true ";
        done("network create " + isolated + "one");
        done("network create " + isolated + "two");
        done("run -d --name web --network one -p 8090:80 " + IMAGE);
        done("run -d --name far --network two " + IMAGE);
        answers(8090);
        done("rules");
        try (ConnectedHost host = open("local")) {
            assertThat(drift(host)).isEmpty();
            AtomicReference<Topology> heard = new AtomicReference<>(host.topology());
            try (AutoCloseable _ = host.watch(heard::set, _ -> {}, _ -> {})) {
                onHost("iptables-save >/run/saved4; ip6tables-save >/run/saved6; "
                        + (version.isDocker()
                                ? "nft flush ruleset"
                                : "iptables -F; iptables -t nat -F; nft flush table inet netavark || true")
                        + "; iptables -P FORWARD DROP");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(kinds(heard.get()))
                                .contains(
                                        ProblemKind.ENGINE_MASQUERADE_LOST,
                                        ProblemKind.ENGINE_FORWARD_LOST,
                                        ProblemKind.ENGINE_PORT_LOST));
                onHost("iptables -P FORWARD ACCEPT");
                mend();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(kinds(heard.get())).isEmpty());
            }
            answers(8090);
        }
        done("rm -f web far");
        done("network rm one two");
    }

    /// Podman's command is of its own release, with the words of `build/podman-host`.
    private void mend() {
        onHost(
                version.isDocker()
                        ? "iptables-restore /run/saved4; ip6tables-restore /run/saved6"
                        : "r=$(awk '$2 ~ \"/engine$\" { print substr($2, 1, length($2) - 7); exit }' /proc/mounts);"
                                + " [ ! -e /run/containers.conf ] || export CONTAINERS_CONF=/run/containers.conf;"
                                + " ${r:+chroot $r} /usr/bin/podman --root /run/podman-data --runroot /run/containers"
                                + " --tmpdir /run/libpod --storage-driver vfs --network-config-dir /run/podman-networks"
                                + " --cgroup-manager cgroupfs --events-backend file network reload web far");
    }

    private static List<ProblemKind> kinds(Topology topology) {
        return topology.problems().stream().map(Problem::kind).toList();
    }

    private static List<ProblemKind> drift(ConnectedHost host) throws EngineException {
        return kinds(host.topology());
    }

    /// The kernel gives each end of a cable the interface number of the other end.
    @Test
    void theHostsEndOfEachCableIsKnown() throws Exception {
        done("network create one");
        done("network create two");
        done("run -d --name web --network one " + IMAGE);
        done("network connect two web");
        done("run -d --name near --network one " + IMAGE);
        // Who reads traffic has started the helper.
        done("rules");

        Map<String, String> ends = new HashMap<>();
        try (ConnectedHost host = open("local")) {
            Topology topology = host.topology();
            for (Container container : topology.containers()) {
                for (Endpoint endpoint : container.endpoints()) {
                    String network = Objects.requireNonNull(topology.network(endpoint.network()))
                            .name();
                    ends.put(container.name() + " " + network, endpoint.hostInterface());
                    Matcher link = LINK.matcher(onHost("ip -o link show dev " + endpoint.hostInterface()));
                    assertThat(link.find()).isTrue();
                    String inside = "ip -o link | grep -i " + Objects.requireNonNull(endpoint.mac());
                    assertThat(engine.inside(container.name(), inside).line())
                            .startsWith(link.group(2) + ": ")
                            .contains("@if" + link.group(1) + ":");
                }
            }
        }
        assertThat(ends).containsOnlyKeys("web one", "web two", "near one");
        assertThat(ends.values()).doesNotHaveDuplicates();
        done("rm -f web near");
        done("network rm one two");
    }

    @Test
    void aContainerThatSomebodyConnectedIsNotRemovedByTheUndoOfItsRun() {
        done("network create shop");
        done("run -d --name web --network shop " + IMAGE);
        done("run -d --name ended " + IMAGE);
        engine.docker("kill", "ended");
        assertThat(done("undo")).startsWith("undo: docker run ");
        assertThat(engine.lines("ps", "-a", "--format", "{{.Names}}")).containsExactly("web");

        engine.docker("network", "create", "theirs");
        engine.docker("network", "connect", "theirs", "web");
        CliResult undo = typed("undo");
        assertThat(undo.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(undo.err()).contains("web has been connected to theirs since");
        assertThat(engine.docker("inspect", "-f", "{{.State.Running}}", "web")).isEqualTo("true");
        done("rm -f web");
        assertThat(done("undo")).isEqualTo("undo: docker network create shop");
        engine.docker("network", "rm", "theirs");
    }

    @Test
    void whatACommandDidTheNextOneUndoes() {
        done("network create shop");
        done("run -d --name web --network shop " + IMAGE);
        done("network create other");
        done("network connect other web");

        assertThat(done("undo")).isEqualTo("undo: docker network connect other web");
        assertThat(engine.docker("inspect", "-f", "{{json .NetworkSettings.Networks}}", "web"))
                .doesNotContain("\"other\"");
        done("redo");
        assertThat(engine.docker("inspect", "-f", "{{json .NetworkSettings.Networks}}", "web"))
                .contains("\"other\"");
        done("network disconnect shop web");
        assertThat(done("undo")).isEqualTo("undo: docker network disconnect shop web");
        assertThat(engine.docker("inspect", "-f", "{{json .NetworkSettings.Networks}}", "web"))
                .contains("\"shop\"");
        done("undo");
        assertThat(done("undo")).isEqualTo("undo: docker network create other");
        assertThat(engine.lines("network", "ls", "--format", "{{.Name}}")).doesNotContain("other");
        done("rm -f web");
        done("network rm shop");
    }
}
