package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.core.docker.config.DockerHost;
import dev.patchbay.core.docker.config.DockerHosts;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A real engine of another machine: one that listens on TCP with certificates, and whose machine a real sshd leads
/// to.
@Tag("private-namespace")
class RemoteEngineTest extends RealEngineTest {
    private static final String ADDRESS = "tcp://203.0.113.2:2376";

    /// While ssh greets the other side, nothing is heard of the engine: on a busy machine that takes seconds.
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static boolean far;

    @BeforeAll
    static void sendItFarAway() throws IOException {
        boolean complete =
                Stream.of("/usr/sbin/sshd", "/usr/bin/openssl").map(Path::of).allMatch(Files::isExecutable);
        assumeTrue(complete || System.getenv("CI") != null, "needs Debian's openssh-server and openssl");
        far = true;
        engine.goFar();
        context("tls", "host=" + ADDRESS + keys("certs"));
        context("skipping", "host=tcp://203.0.113.3:2376,skip-tls-verify=true" + keys("certs"));
        context("mismatched", "host=tcp://203.0.113.3:2376" + keys("certs"));
        context("wrong", "host=" + ADDRESS + keys("wrong"));
        context("nobody", "host=" + ADDRESS + ",ca=" + directory + "/certs/ca.pem");
        context("no-tls-there", "host=tcp://203.0.113.2:2222" + keys("certs"));
        context("plain", "host=" + ADDRESS);
        for (String name : List.of("far", "shared", "unknown", "stranger")) {
            context(name, "host=ssh://" + name);
        }
    }

    @AfterAll
    static void takeItBack() {
        if (far) {
            engine.farSide("gone");
        }
    }

    private static String keys(String of) {
        Path files = directory.resolve(of);
        return ",ca=" + files + "/ca.pem,cert=" + files + "/cert.pem,key=" + files + "/key.pem";
    }

    /// Made by Docker's own client.
    private static void context(String name, String endpoint) {
        engine.docker(environment(), "context", "create", name, "--docker", endpoint);
    }

    private static Map<String, String> environment() {
        return Map.of(
                "HOME",
                directory.toString(),
                "DOCKER_CONFIG",
                directory.resolve("docker").toString());
    }

    private static Map<String, String> withKeys(String of) {
        return Map.of(
                "HOME",
                directory.toString(),
                "DOCKER_HOST",
                ADDRESS,
                "DOCKER_TLS_VERIFY",
                "1",
                "DOCKER_CERT_PATH",
                directory.resolve(of).toString());
    }

    private static DockerHost host(String name) {
        return new DockerHosts(environment()).named(name).orElseThrow();
    }

    private EngineHost connect(DockerHost host) throws EngineException {
        assertThat(host.problem()).isEmpty();
        assertThat(host.isLocalSocket()).isFalse();
        return RealEngine.connect(
                host, MachineAccess.none(), SILENCE, System.getenv(), new EngineHistory(null), progress::add);
    }

    private String failure(DockerHost host) {
        EngineException failure =
                catchThrowableOfType(EngineException.class, () -> connect(host).close());
        assertThat(failure).as(host.name()).isNotNull();
        return failure.reason();
    }

    /// The sockets that this JVM's network namespace has for far engines.
    private static List<Path> relays() throws IOException {
        try (Stream<String> sockets = Files.lines(Path.of("/proc/net/unix"))) {
            return sockets.filter(line -> line.endsWith("/engine.sock"))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .distinct()
                    .toList();
        }
    }

    /// Nobody else may enter.
    private static Path onlyRelay() throws IOException {
        Path socket = relays().getFirst();
        assertThat(relays()).hasSize(1);
        assertThat(Files.getPosixFilePermissions(socket.getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        return socket;
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ProcessHandle.current().children())
                        .noneMatch(child -> child.info().command().orElse("").endsWith("/ssh")));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(relays()).isEmpty());
    }

    @Test
    void overTls() throws Exception {
        isManaged(new DockerHosts(withKeys("certs")).all().getFirst(), withKeys("certs"));
    }

    @Test
    void overSsh() throws Exception {
        isManaged(host("far"), Map.of("HOME", directory.toString(), "DOCKER_HOST", "ssh://far"));
    }

    /// @param docker leads Docker's own client there
    private void isManaged(DockerHost host, Map<String, String> docker) throws Exception {
        Path socket;
        try (EngineHost seeing = connect(host)) {
            socket = onlyRelay();
            List<HostEvent> events = new CopyOnWriteArrayList<>();
            AtomicReference<Topology> seen = new AtomicReference<>();
            AtomicReference<EngineException> lost = new AtomicReference<>();
            try (AutoCloseable _ = seeing.watch(seen::set, lost::set);
                    AutoCloseable _ = seeing.events(events::add, lost::set)) {
                ok(seeing.apply(Change.CreateNetwork.on("shop", "10.60.0.0/24")));
                ok(seeing.apply(run("web", "shop", 8080)));
                await().atMost(PATIENCE)
                        .until(() -> seen.get() != null
                                && seen.get().containers().stream()
                                        .anyMatch(container -> container.name().equals("web") && container.running()));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(events)
                                .anyMatch(event -> event.toString().contains("web")));
                assertThat(engine.docker(docker, "ps", "--format", "{{.Names}} {{.Ports}}"))
                        .contains("web", "0.0.0.0:8080->80/tcp");
                assertThat(seeing.inspectContainer("web").toString()).isEqualTo(engine.asked("/containers/web/json"));
                assertThat(seeing.inspectContainer("web").path("Id").asText())
                        .isEqualTo(engine.docker(docker, "inspect", "-f", "{{.Id}}", "web"));
                nothingOfItsKernelIsOurs(seeing);
                ok(seeing.apply(new Change.RemoveContainer("web", true)));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(seen.get().containers()).isEmpty());
                assertThat(lost.get()).isNull();

                engine.kill();
                await().atMost(PATIENCE).until(() -> lost.get() != null);
            }
        }
        assertThat(socket.getParent()).doesNotExist();
        assertThat(failure(host)).isNotEmpty();
        engine.startAgain();
        try (EngineHost again = connect(host)) {
            assertThat(network(again.topology(), "shop").subnet()).hasToString("10.60.0.0/24");
        }
    }

    @Test
    void whoeverHasTheWrongPapersIsToldWhich() throws Exception {
        connect(host("tls")).close();
        connect(host("skipping")).close();
        assertThat(failure(host("mismatched")))
                .startsWith("the engine's certificate is not for 203.0.113.3")
                .contains("No subject alternative names matching IP address 203.0.113.3 found");
        assertThat(failure(host("wrong")))
                .startsWith("whoever answers has a certificate that none in ")
                .endsWith("/docker/ca.pem has signed");
        assertThat(failure(host("nobody")))
                .isEqualTo("it asks for a certificate (bad_certificate), and cert.pem and" + " key.pem are not there");
        assertThat(failure(host("no-tls-there"))).startsWith("no TLS with it: ");
        assertThat(failure(host("plain"))).isEqualTo("Client sent an HTTP request to an HTTPS server.");
    }

    @Test
    void sshMayGoAwayAndComeBack() throws Exception {
        DockerHost host = host("far");
        try (EngineHost seeing = connect(host)) {
            AtomicReference<EngineException> lost = new AtomicReference<>();
            try (AutoCloseable _ = seeing.watch(_ -> {}, lost::set)) {
                engine.farSide("nosshd");
                await().atMost(PATIENCE).until(() -> lost.get() != null);
            }
        }
        assertThat(failure(host)).isEqualTo("ssh says: ssh: connect to host 203.0.113.2 port 2222: Connection refused");
        engine.farSide("sshd");
        connect(host).close();
    }

    @Test
    void aConnectionThatThePersonSharesIsNeverOneOfThese() throws Exception {
        try (EngineHost seeing = connect(host("shared"))) {
            assertThat(seeing.topology().containers()).isEmpty();
            assertThat(directory.resolve("ssh/master")).doesNotExist();
        }
    }

    @Test
    void whatSshRefusesIsSaidInItsWordsWithWhatHelps() throws Exception {
        assertThat(failure(host("unknown")))
                .isEqualTo("ssh says: Host key verification failed. Call `ssh unknown` once yourself, which shows the"
                        + " key of the other side and asks");
        assertThat(failure(new DockerHost("nowhere", "ssh://no_such.invalid", "test", "")))
                .startsWith("ssh says: ssh: Could not resolve hostname no_such.invalid");
        assertThat(failure(host("stranger")))
                .startsWith("ssh says: root@203.0.113.2: Permission denied (publickey). `ssh stranger` has to get in");
    }

    @Test
    void theSocketOverThereMayBeNamed() throws Exception {
        String address = "ssh://root@far:2222";
        try (EngineHost seeing =
                connect(new DockerHost("named", address + directory.resolve("docker.sock"), "test", ""))) {
            assertThat(seeing.topology().containers()).isEmpty();
        }
        assertThat(failure(new DockerHost("named", address + "/nowhere'$(id).sock", "test", "")))
                .contains("/nowhere'$(id).sock");
    }
}
