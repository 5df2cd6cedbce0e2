package dev.patchbay.core.docker.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerHostsTest {
    @TempDir
    Path home;

    @Test
    void thisMachineIsWhatDockersClientWouldTake() throws IOException {
        assertThat(local(Map.of()).obstacle()).startsWith("there is no socket " + home.resolve("run/docker.sock"));

        listen(home.resolve("run/podman/podman.sock"));
        assertThat(local(Map.of())).satisfies(host -> {
            assertThat(host.address()).endsWith("podman.sock");
            assertThat(host.usable()).isTrue();
        });

        listen(home.resolve("run/docker.sock"));
        assertThat(local(Map.of()).address()).isEqualTo("unix://" + home.resolve("run/docker.sock"));

        context("work", "tcp://192.0.2.7:2375");
        Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\":\"work\"}");
        assertThat(local(Map.of()).address()).isEqualTo("tcp://192.0.2.7:2375");
        assertThat(local(Map.of("DOCKER_HOST", "tcp://192.0.2.8:2375")).address())
                .isEqualTo("tcp://192.0.2.8:2375");
        assertThat(local(Map.of("DOCKER_CONTEXT", "gone")).obstacle()).isEqualTo("there is no Docker context `gone`");
    }

    @Test
    void contextsAndPodmanStandBesideIt() throws IOException {
        context("b-ssh", "ssh://me@far.example");
        context("a-tls", "tcp://192.0.2.7:2376");
        Files.createDirectories(home.resolve(".docker/contexts/tls/a-tls/docker"));
        Files.createDirectories(home.resolve(".docker/contexts/meta/torn"));
        listen(home.resolve("run/docker.sock"));
        listen(home.resolve("user/podman/podman.sock"));

        assertThat(hosts(Map.of("XDG_RUNTIME_DIR", home.resolve("user").toString()))
                        .all())
                .extracting(DockerHost::name, DockerHost::usable)
                .containsExactly(
                        tuple("local", true), tuple("a-tls", false), tuple("b-ssh", false), tuple("podman", true));
        assertThat(hosts(Map.of()).named("b-ssh").orElseThrow().obstacle()).contains("ssh -nNT -L", "me@far.example");
    }

    @Test
    void whatIsNoAddressSaysSo() {
        assertThat(local(Map.of("DOCKER_HOST", "/run/docker.sock")).obstacle()).contains("unix:// and tcp://");
        assertThat(local(Map.of("DOCKER_HOST", "unix:// x")).obstacle()).contains("is no address");
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
