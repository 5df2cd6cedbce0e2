package dev.patchbay.core.docker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.patchbay.core.docker.transport.TlsFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerHostsTest {
    @TempDir
    Path home;

    @Test
    void thisMachineIsWhatDockersClientWouldTake() throws IOException {
        assertThat(local(Map.of()).problem()).startsWith("there is no socket " + home.resolve("run/docker.sock"));

        listen(home.resolve("run/podman/podman.sock"));
        assertThat(local(Map.of())).satisfies(host -> {
            assertThat(host.address()).endsWith("podman.sock");
            assertThat(host.isUsable()).isTrue();
        });

        listen(home.resolve("run/docker.sock"));
        assertThat(local(Map.of()).address()).isEqualTo("unix://" + home.resolve("run/docker.sock"));

        context("work", "tcp://192.0.2.7:2375");
        Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\":\"work\"}");
        assertThat(local(Map.of()).address()).isEqualTo("tcp://192.0.2.7:2375");
        assertThat(local(Map.of("DOCKER_HOST", "tcp://192.0.2.8:2375")).address())
                .isEqualTo("tcp://192.0.2.8:2375");
        assertThat(local(Map.of("DOCKER_CONTEXT", "gone")).problem()).isEqualTo("there is no Docker context `gone`");
    }

    @Test
    void contextsAndPodmanStandBesideIt() throws IOException {
        context("b-ssh", "ssh://me@far.example");
        context("a-tls", "tcp://192.0.2.7:2376");
        Path files = Files.createDirectories(home.resolve(".docker/contexts/tls/a-tls/docker"));
        Files.createFile(files.resolve("ca.pem"));
        Files.createDirectories(home.resolve(".docker/contexts/meta/torn"));
        listen(home.resolve("run/docker.sock"));
        listen(home.resolve("user/podman/podman.sock"));

        assertThat(hosts(Map.of("XDG_RUNTIME_DIR", home.resolve("user").toString()))
                        .all())
                .extracting(DockerHost::name, DockerHost::isUsable, DockerHost::isLocalSocket)
                .containsExactly(
                        tuple("local", true, true),
                        tuple("a-tls", true, false),
                        tuple("b-ssh", true, false),
                        tuple("podman", true, true));
        assertThat(named("a-tls").tls()).isEqualTo(new TlsFiles(files.resolve("ca.pem"), null, null, false));
        assertThat(named("b-ssh").tls()).isNull();
        assertThat(local(Map.of("DOCKER_CONTEXT", "a-tls")).tls())
                .isEqualTo(named("a-tls").tls());
    }

    @Test
    void rootlessEnginesOfTheUserStandBesideRoots() throws IOException {
        Map<String, String> user =
                Map.of("XDG_RUNTIME_DIR", home.resolve("user").toString());
        listen(home.resolve("user/docker.sock"));
        listen(home.resolve("user/podman/podman.sock"));
        assertThat(hosts(user).all())
                .extracting(DockerHost::name, DockerHost::origin)
                .containsExactly(tuple("local", "Docker, rootless"), tuple("podman", "Podman, rootless"));

        listen(home.resolve("run/docker.sock"));
        assertThat(hosts(user).all())
                .extracting(DockerHost::name, DockerHost::origin)
                .containsExactly(
                        tuple("local", "default socket"),
                        tuple("rootless", "Docker, rootless"),
                        tuple("podman", "Podman, rootless"));

        context("rootless", "unix://" + home.resolve("user/docker.sock"));
        assertThat(hosts(user).all())
                .extracting(DockerHost::name)
                .as("the context that Docker's setup tool makes")
                .containsExactly("local", "rootless", "podman");
    }

    @Test
    void theEnvironmentSaysWhereTheFilesOfTlsAre() throws IOException {
        Map<String, String> verified = Map.of("DOCKER_HOST", "tcp://192.0.2.7:2376", "DOCKER_TLS_VERIFY", "1");
        assertThat(local(verified).problem()).startsWith("there is no " + home.resolve(".docker/ca.pem"));
        Files.createDirectories(home.resolve(".docker"));
        Files.createFile(home.resolve(".docker/ca.pem"));
        assertThat(local(verified).isUsable()).isTrue();
        assertThat(local(verified).tls()).isEqualTo(new TlsFiles(home.resolve(".docker/ca.pem"), null, null, false));

        Map<String, String> elsewhere = new HashMap<>(verified);
        elsewhere.put("DOCKER_CERT_PATH", home.resolve("keys").toString());
        assertThat(local(elsewhere).problem()).startsWith("there is no " + home.resolve("keys/ca.pem"));
        // As `docker --tls`: whoever answers.
        assertThat(local(Map.of("DOCKER_HOST", "tcp://192.0.2.7:2376", "DOCKER_TLS", "1"))
                        .tls())
                .isEqualTo(new TlsFiles(null, null, null, true));
        assertThat(local(Map.of("DOCKER_HOST", "tcp://192.0.2.7:2375")).tls()).isNull();
        assertThat(local(Map.of("DOCKER_HOST", "ssh://far", "DOCKER_TLS_VERIFY", "1"))
                        .tls())
                .isNull();
    }

    @Test
    void whatIsNoAddressSaysSo() {
        assertThat(local(Map.of("DOCKER_HOST", "/run/docker.sock")).problem())
                .isEqualTo("Patchbay knows unix://, tcp:// and ssh://, not /run/docker.sock");
        assertThat(local(Map.of("DOCKER_HOST", "unix:// x")).problem()).contains("is no address");
        assertThat(local(Map.of("DOCKER_HOST", "tcp://:2375")).problem()).contains("names no host");
        for (String port : List.of("0", "65536", "99999")) {
            assertThat(local(Map.of("DOCKER_HOST", "tcp://far:" + port)).problem())
                    .isEqualTo("`tcp://far:" + port + "` has no port of TCP: it is one from 1 to 65535");
        }
        assertThat(local(Map.of("DOCKER_HOST", "tcp://far:65535")).problem()).isEmpty();
        assertThat(local(Map.of("DOCKER_HOST", "ssh://me:secret@far")).problem())
                .contains("is no address: write ssh://USER@HOST:PORT/PATH", "no password");
    }

    private DockerHost named(String name) {
        return hosts(Map.of()).named(name).orElseThrow();
    }

    private DockerHost local(Map<String, String> more) {
        return hosts(more).all().getFirst();
    }

    private DockerHosts hosts(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("HOME", home.toString());
        return new DockerHosts(environment, home.resolve("run"));
    }

    private void context(String name, String address) throws IOException {
        Path directory =
                Files.createDirectories(home.resolve(".docker/contexts/meta").resolve(name));
        Files.writeString(
                directory.resolve("meta.json"),
                "{\"Name\":\"%s\",\"Metadata\":{},\"Endpoints\":{\"docker\":{\"Host\":\"%s\",\"SkipTLSVerify\":false}}}"
                        .formatted(name, address));
    }

    private static void listen(Path socket) throws IOException {
        Files.createDirectories(socket.getParent());
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(socket));
        }
    }
}
