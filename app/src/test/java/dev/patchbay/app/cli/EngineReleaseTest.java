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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    static final Duration PATIENCE = Duration.ofMinutes(1);
    static final String IMAGE = "httpd:2.4";
    static final String WORKS = "It works!";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Its own number and that of its other end.
    private static final Pattern LINK = Pattern.compile("^(\\d+): [^@]*@if(\\d+):");

    @TempDir
    static Path directory;

    final EngineVersion version;

    EngineRunner engine;
    Machine machine;
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
        if (version == EngineVersion.PODMAN_4 || version.isDocker()) {
            // netavark 1.4 makes the chains of IPv6 for a container that runs there, not for one connected later.
            // Docker sets the policy of FORWARD with its first network of IPv6.
            engine.docker("network", "create", "--ipv6", "--subnet", "fd00:72::/64", "first6");
            engine.docker("run", "-d", "--name", "first6", "--network", "first6", "-p", "8081:80", IMAGE);
            engine.docker("rm", "-f", "first6");
            engine.docker("network", "rm", "first6");
        }
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
        if (version == EngineVersion.PODMAN_4) {
            // Isolating rules of networks that are gone stayed there in some runs.
            onHost("iptables -F NETAVARK_ISOLATION_1; iptables -F NETAVARK_ISOLATION_2;"
                    + " while iptables -D FORWARD -j NETAVARK_ISOLATION_1 2>/dev/null; do :; done");
        }
        assertThat(left).isEmpty();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(kernel()).isEqualTo(before));
    }

    /// Rules of both families, tables, links and addresses. netavark 1.4 leaves an empty chain of a port behind
    /// when another container is still on the network. A bridge gets its link-local address a moment after its
    /// carrier.
    private String kernel() {
        return onHost(
                "(iptables-save; ip6tables-save) | grep -vE '^#|^:NETAVARK-DN-' | sed 's/\\[[0-9:]*\\]//'; nft list"
                        + " tables | sort; ip -o link | cut -d: -f2; ip -o address | sed 's/^[0-9]*: //; s/ tentative//;"
                        + " s/valid_lft.*//; / fe80::/d'");
    }

    String onHost(String script) {
        return engine.onHost(script).line();
    }

    CliResult typed(String... words) {
        return CliResult.run(environment, Clock.systemUTC(), this::open, words);
    }

    ConnectedHost open(String name) throws EngineException {
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
    String done(String line) {
        CliResult typed = typed(line.split(" "));
        assertThat(typed.exitCode()).as(line + ": " + typed.err()).isEqualTo(ExitCode.DONE);
        return typed.out().strip();
    }

    String fromOutside(int port) {
        return onHost("ip netns exec outside curl -s --max-time 3 http://198.51.100.2:" + port + "/ || true");
    }

    String fromHost(int port) {
        return onHost("curl -s --max-time 3 http://127.0.0.1:" + port + "/ || true");
    }

    String fromContainer(String container, String address) {
        return engine.inside(container, "curl -s --max-time 3 http://" + address + "/ || true")
                .line();
    }

    void answers(int port) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(fromOutside(port)).contains(WORKS));
        answersOnHost(port);
    }

    void answersOnHost(int port) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(fromHost(port)).contains(WORKS));
    }

    /// @param from name of a container
    void answersTo(String from, String address) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(fromContainer(from, address)).contains(WORKS));
    }

    void silent(int port) {
        assertThat(fromOutside(port) + fromHost(port)).isEmpty();
    }

    private JsonNode ofTheEngine(String path) throws Exception {
        return JSON.readTree(onHost("curl -s --unix-socket " + engine.address().substring("unix://".length())
                + " http://engine/v1.41" + path));
    }

    String addressOf(String container, String network) {
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
        answersTo("web02", addressOf("web01", "mydockernet"));

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
        assertThat(done("port web")).isEqualTo("80/tcp -> 0.0.0.0:8090 (by Patchbay)");
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
        answersTo("near", address);
        agrees("near", true);
        // A packet that is late on a busy machine looks like one that was dropped.
        await().atMost(PATIENCE).untilAsserted(() -> {
            boolean reached = fromContainer("far", address).contains(WORKS);
            assertThat(reached && version.isDocker())
                    .as("Docker keeps networks apart")
                    .isFalse();
            agrees("far", reached);
        });

        anotherMachineIsAskedAboutByItsAddress();
        done("rm -f web near far");
        done("network rm one two");
    }

    /// The one outside has two addresses, and tells whom it sees.
    private void anotherMachineIsAskedAboutByItsAddress() {
        onHost("ip netns exec outside ip address add 198.51.100.9/24 dev eth0");
        onHost("iptables -t raw -I PREROUTING -s 198.51.100.9 -j DROP");
        try {
            assertThat(onHost("ip netns exec outside curl -s --max-time 2 --interface 198.51.100.9"
                            + " http://198.51.100.2:8090/ || true"))
                    .isEmpty();
            agrees("198.51.100.9", false);
            agrees("198.51.100.1", true);
        } finally {
            onHost("iptables -t raw -D PREROUTING -s 198.51.100.9 -j DROP;"
                    + " ip netns exec outside ip address delete 198.51.100.9/24 dev eth0");
        }
        CliResult sent = typed("explain", "near", "198.51.100.1:9000", "--no-probe");
        assertThat(sent.exitCode()).as(sent.out()).isEqualTo(ExitCode.DONE);
        String seen = engine.inside("near", "curl -s --max-time 60 http://198.51.100.1:9000/cgi-bin/sender")
                .line();
        assertThat(sent.out()).contains("sees client " + seen);
        assertThat(typed("explain", "near", "192.0.2.9:80", "--no-probe").out())
                .startsWith("near → 192.0.2.9:80/tcp: unknown");
    }

    private void agrees(String from, boolean reached) {
        for (String option : List.of("--no-probe", "--probe")) {
            CliResult typed = typed("explain", from, "web:80", option);
            assertThat(typed.out())
                    .as(option + " " + typed.err())
                    .startsWith(from + " → web:80/tcp: " + (reached ? "reachable" : "blocked"));
            assertThat(typed.exitCode()).isEqualTo(reached ? ExitCode.DONE : ExitCode.REFUSED);
        }
    }

    @Test
    void aPreviewChangesNothing() {
        done("network create shop");
        done("run -d --name web --network shop " + IMAGE);
        done("network create lane");
        String before = state() + kernel();
        for (String line : List.of(
                "network create --dry-run other",
                "network connect --dry-run lane web",
                "network disconnect --dry-run shop web",
                "run -d --dry-run --name db -p 8090:80 " + IMAGE,
                "publish --dry-run web 8090:80",
                "stop --dry-run web",
                "rm -f --dry-run web",
                "network rm --dry-run lane",
                "undo --dry-run")) {
            assertThat(done(line)).as(line).isNotEmpty();
        }
        assertThat(done("undo --dry-run")).contains("undo: docker network create lane", "DELETE /networks/lane");
        assertThat(state() + kernel()).isEqualTo(before);
        assertThat(done("undo")).isEqualTo("undo: docker network create lane");
        assertThat(engine.lines("network", "ls", "--format", "{{.Name}}")).doesNotContain("lane");
        done("rm -f web");
        done("network rm shop");
    }

    private String state() {
        return engine.docker("ps", "-a", "--no-trunc", "--format", "{{.ID}} {{.Names}} {{.State}} {{.Networks}}")
                + engine.docker("network", "ls", "--no-trunc", "--format", "{{.ID}} {{.Name}}");
    }

    @Test
    void theRestartPolicyOfAContainerChanges() {
        done("run -d --name web " + IMAGE);
        if (version == EngineVersion.PODMAN_4) {
            CliResult refused = typed("update", "--restart", "always", "web");
            assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(refused.err()).contains("Error: ");
        } else {
            done("update --restart always web");
            assertThat(policy()).isEqualTo("always");
            done("undo");
        }
        assertThat(policy()).isIn("no", "");
        done("rm -f web");
    }

    private String policy() {
        return engine.docker("inspect", "-f", "{{.HostConfig.RestartPolicy.Name}}", "web");
    }

    @Test
    void aNetworkWithoutIpv4IsMadeOrRefused() {
        String line = "network create --ipv4=false --ipv6 --subnet fd00:79::/64 six";
        if (version == EngineVersion.DOCKER_28) {
            done(line);
            done("run -d --name web --network six " + IMAGE);
            assertThat(engine.inside("web", "ip -4 -o address show dev eth0").line())
                    .isEmpty();
            assertThat(engine.inside("web", "ip -6 -o address show dev eth0").line())
                    .contains("fd00:79::");
            done("rm -f web");
            done("network rm six");
        } else {
            CliResult refused = typed(line.split(" "));
            assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(refused.err()).startsWith("Error: This engine makes no network without IPv4");
            assertThat(engine.lines("network", "ls", "--format", "{{.Name}}")).doesNotContain("six");
        }
    }

    @Test
    void logsAndEventsAreTheEngines() {
        String since = onHost("date +%s");
        engine.docker(
                "run", "-d", "--name", "talker", IMAGE, "sh", "-c", "echo hello; echo bad >&2; sleep 1; echo end");
        String id = engine.docker("inspect", "-f", "{{.Id}}", "talker");
        done("network create lane");
        await().atMost(PATIENCE).untilAsserted(() -> {
            CliResult logs = typed("logs", "talker");
            assertThat(logs.outLines()).containsExactly("hello", "end");
            assertThat(logs.err().lines()).containsExactly("bad");
        });
        engine.docker("rm", "-f", "talker");
        done("network rm lane");
        String until = onHost("sleep 1; date +%s");
        String events = done("events --since " + since + " --until " + until);
        assertThat(events)
                .contains("container create " + id, "container start " + id)
                .containsPattern("container (destroy|remove) " + id);
        if (version == EngineVersion.PODMAN_4) {
            assertThat(events).doesNotContain(" network ");
        } else {
            assertThat(events).contains("network create").containsPattern("network (destroy|remove)");
        }
    }

    /// Docker and Podman 4.3 with iptables, Podman 5 with nft.
    @Test
    void theRulesOfThePublishedPortAreListedWithTheirOwner() {
        done("run -d --name web -p 8090:80 " + IMAGE);
        String address = engine.docker("inspect", "-f", "{{.NetworkSettings.IPAddress}}", "web");
        String owner = version.isDocker() ? "Docker" : "Podman";

        CliResult typed = typed("rules");

        assertThat(typed.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(typed.out())
                .containsPattern("(DNAT|dnat)[^\n]*" + address.replace(".", "\\.") + ":80\n +└ " + owner + ", for web");
        done("rm -f web");
    }

    /// Engines bind the ports that they publish. What reaches such a socket is not answered, although the kernel
    /// connects.
    @Test
    void aSocketThatOnlyKeepsThePortAnswersNobody() {
        done("network create shop");
        done("run -d --name web --network shop -p 8090:80 " + IMAGE);
        answers(8090);
        onHost("iptables -t nat -I PREROUTING -p tcp --dport 8099 -j REDIRECT --to-ports 8090");
        try {
            assertThat(fromOutside(8099)).isEmpty();
            String holder = onHost("ss -Hltnp sport = :8090");
            for (String option : List.of("--no-probe", "--probe")) {
                CliResult typed = typed("explain", "outside", "host:8099", option);
                assertThat(typed.out()).startsWith("outside → host:8099/tcp: blocked");
                if (!holder.isEmpty()) {
                    assertThat(typed.out())
                            .contains((version.isDocker() ? "dockerd" : "conmon")
                                    + " holds 8090/tcp and does not answer");
                }
            }
        } finally {
            onHost("iptables -t nat -D PREROUTING -p tcp --dport 8099 -j REDIRECT --to-ports 8090");
        }
        done("rm -f web");
        done("network rm shop");
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

    @Test
    void valuesOfEnvironmentVariablesAreStoredOnlyForRedo() throws Exception {
        CliResult planned = typed("run", "-d", "--dry-run", "--name", "web", "-e", "PASSWORD=hunter2", IMAGE);
        assertThat(planned.out())
                .contains("-e PASSWORD", "POST /containers/create")
                .doesNotContain("hunter2");
        done("run -d --name web -e PASSWORD=hunter2 " + IMAGE);
        assertThat(engine.docker("inspect", "-f", "{{json .Config.Env}}", "web"))
                .contains("PASSWORD=hunter2");
        done("undo");
        assertThat(stored()).contains("hunter2");
        done("redo");
        assertThat(engine.docker("inspect", "-f", "{{json .Config.Env}}", "web"))
                .contains("PASSWORD=hunter2");
        done("rm -f web");
        assertThat(stored()).contains("-e PASSWORD").doesNotContain("hunter2");
    }

    private String stored() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(environment.get("PATCHBAY_HOME"), "history"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    /// Rules of a container that Docker removed are gone as well, and another one has its address now.
    ///
    /// @param options of the network
    final void goneRulesOfDockerAreBackWordForWord(String options) {
        done("network create " + options + "--subnet 10.79.0.0/24 shop");
        done("run -d --name old --network shop -p 8099:80 " + IMAGE);
        answers(8099);
        done("rules");
        String freed = address("old");
        engine.docker("rm", "-f", "old");
        engine.docker("run", "-d", "--name", "next", "--network", "shop", IMAGE);
        assertThat(address("next")).isEqualTo(freed);
        done("run -d --name web --network shop -p 8090:80 " + IMAGE);
        answers(8090);
        String sound = rulesOfTheKernel();
        assertThat(sound).doesNotContain("8099").contains(options.isEmpty() ? "10.79.0." : "[fd00:79::");
        onHost("iptables -I DOCKER-USER -s 203.0.113.7 -j DROP");
        done("rules");
        assertThat(done("repair --dry-run")).startsWith("Nothing to do");

        onHost("iptables -t nat -F DOCKER; iptables -D DOCKER-USER -s 203.0.113.7 -j DROP;"
                + " iptables -S FORWARD | grep -E -- ' -j DOCKER-(ISOLATION|FORWARD)' | sed 's/-A/iptables -D/' | sh;"
                + " iptables -t nat -S POSTROUTING | grep -- '-s 10.79.0.0/24 ' | sed 's/-A/iptables -t nat -D/' | sh");
        String broken = rulesOfTheKernel();
        List<String> lost = new ArrayList<>(sound.lines().toList());
        lost.removeAll(broken.lines().toList());
        // The jump of the other family is the same line.
        assertThat(sound.lines().count() - broken.lines().count()).isGreaterThanOrEqualTo(3);
        String preview = done("repair --dry-run");
        assertThat(preview).contains("Problem: The engine publishes port 8090/tcp for web");
        for (String rule : lost) {
            String chain = rule.split(" ")[1];
            assertThat(preview)
                    .containsPattern("-I " + chain + " \\d+" + Pattern.quote(rule.substring(("-A " + chain).length())));
        }
        assertThat(preview).doesNotContain("8099", "203.0.113.7");
        assertThat(rulesOfTheKernel()).isEqualTo(broken);
        repairs(sound);
        answers(8090);

        // Chains with all that leads to them.
        for (String chain : new String[] {"DOCKER", "DOCKER-FORWARD", "DOCKER-ISOLATION-STAGE-1"}) {
            if (sound.contains(":" + chain + " ")) {
                onHost("for i in iptables ip6tables; do $i -S | grep -E -- ' -j " + chain
                        + "$' | sed \"s/-A/$i -D/\" | sh; $i -F " + chain + "; $i -X " + chain + "; done || true");
                assertThat(onHost("iptables -S").lines()).doesNotContain("-N " + chain);
                repairs(sound);
            }
        }
        onHost("ip6tables -t nat -F; ip6tables -F");
        repairs(sound);
        answers(8090);
        assertThat(done("repair")).startsWith("Nothing to do");
        assertThat(rulesOfTheKernel()).isEqualTo(sound);

        done("rm -f web next");
        done("network rm shop");
        assertThat(done("repair")).startsWith("Nothing to do");
        assertThat(rulesOfTheKernel()).doesNotContain("10.79.0.");
    }

    private void repairs(String sound) {
        done("repair");
        assertThat(rulesOfTheKernel()).isEqualTo(sound);
    }

    private String address(String container) {
        return engine.docker("inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", container);
    }

    /// In their order, without counters.
    private String rulesOfTheKernel() {
        return onHost("iptables-save; ip6tables-save")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst(" \\[\\d+:\\d+]$", ""))
                .collect(Collectors.joining("\n"));
    }
}
