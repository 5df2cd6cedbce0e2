package dev.patchbay.core.docker.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.engine.EngineException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayTest {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
    /// With 0, 1 and 2 in use, nothing more can be opened.
    private static final int NO_MORE_FILES = 3;

    private final Dialer nowhere = () -> {
        throw new ConnectException("nobody is there");
    };

    @TempDir
    Path directory;

    @Test
    void connectionsThatCouldNotBeAcceptedAreOnceThereAreFilesAgain() throws Exception {
        int usual = limit();
        Process limits = new ProcessBuilder(
                        "/bin/sh", "-c", "while read n; do prlimit --pid $1 --nofile=$n: && echo; done", "sh", pid())
                .start();
        try (Relay relay = Relay.open(nowhere, directory);
                BufferedReader done = limits.inputReader();
                SocketChannel first = SocketChannel.open(StandardProtocolFamily.UNIX);
                SocketChannel second = SocketChannel.open(StandardProtocolFamily.UNIX);
                SocketChannel third = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // Loads what needs files to be loaded.
            isHungUpOn(first, relay);
            System.getLogger(RelayTest.class.getName()).log(System.Logger.Level.DEBUG, "before");
            try {
                set(limits, done, NO_MORE_FILES);
                // Into the descriptor that the kernel took when it was asked for a connection.
                connect(second, relay);
                await().until(() -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("docker-relay"))
                        .noneMatch(thread -> thread.getState() == Thread.State.RUNNABLE));
            } finally {
                set(limits, done, usual);
            }
            isHungUpOn(third, relay);
            assertThat(relay.lastError()).isEqualTo("nobody is there");
        } finally {
            limits.destroy();
            limits.waitFor();
        }
        assertThat(directory).isEmptyDirectory();
    }

    private static String pid() {
        return Long.toString(ProcessHandle.current().pid());
    }

    private static int limit() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/limits"))) {
            String soft = lines.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.replaceFirst("\\D+(\\d+).*", "$1"))
                    .findFirst()
                    .orElseThrow();
            return Integer.parseInt(soft);
        }
    }

    private static void set(Process limits, BufferedReader done, int files) throws IOException {
        limits.getOutputStream().write((files + "\n").getBytes(StandardCharsets.US_ASCII));
        limits.getOutputStream().flush();
        assertThat(done.readLine()).isEmpty();
    }

    private static void connect(SocketChannel client, Relay relay) throws IOException {
        client.connect(UnixDomainSocketAddress.of(relay.address().getPath()));
    }

    private static void isHungUpOn(SocketChannel client, Relay relay) throws IOException {
        connect(client, relay);
        client.configureBlocking(false);
        await().until(() -> client.read(ByteBuffer.allocate(1)) < 0);
    }

    @Test
    void nothingIsLeftOfOneThatCannotBe() throws IOException {
        Path deep = Files.createDirectory(directory.resolve("x".repeat(100)));
        // The JDK keeps a socket of its own from the first one on that is closed.
        SocketChannel.open(StandardProtocolFamily.UNIX).close();
        Set<String> before = sockets();
        assertThatThrownBy(() -> Relay.open(nowhere, deep))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.reason()).contains("too long"));
        assertThat(before).containsAll(sockets());
        assertThat(deep).isEmptyDirectory();
    }

    /// Of this process.
    private static Set<String> sockets() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.map(RelayTest::leadsTo)
                    .filter(file -> file.startsWith("socket:"))
                    .collect(Collectors.toSet());
        }
    }

    private static String leadsTo(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    @Test
    void itIsAmongTheSessionsFilesOnlyWhereNobodyElseCanReplaceIt() throws IOException {
        assertThat(RelayDirectory.of(directory.toString())).isEqualTo(directory);
        for (String mode : Set.of("rwxrwx---", "rwx----w-")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
            assertThat(RelayDirectory.of(directory.toString())).as(mode).isEqualTo(TEMPORARY);
        }
        assertThat(RelayDirectory.of("")).isEqualTo(TEMPORARY);
        assertThat(RelayDirectory.of("run/user")).isEqualTo(TEMPORARY);
        assertThat(RelayDirectory.of(directory.resolve("gone").toString())).isEqualTo(TEMPORARY);
    }

    @Test
    void rootsIsNotAmongTheFilesOfAnotherUser() throws IOException {
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        assumeTrue(root || System.getenv("CI") != null, "only root can give a directory away");
        Path theirs = Files.createDirectory(directory.resolve("1000"));
        assertThat(RelayDirectory.of(theirs.toString())).isEqualTo(theirs);
        Files.setAttribute(theirs, "unix:uid", 1000);
        assertThat(RelayDirectory.of(theirs.toString())).isEqualTo(TEMPORARY);
    }

    @Test
    void aSessionWhoseNameIsTooLongForASocketHasNone() throws Exception {
        String below = directory.toString() + "/";
        Path longest = Files.createDirectory(Path.of(below + "x".repeat(64 - below.length())));
        assertThat(RelayDirectory.of(longest.toString())).isEqualTo(longest);
        for (int number = 0; number < 20; number++) {
            Relay.open(nowhere, longest).close();
        }
        assertThat(longest).isEmptyDirectory();
        Path longer = Files.createDirectory(Path.of(longest + "x"));
        assertThat(RelayDirectory.of(longer.toString())).isEqualTo(TEMPORARY);
    }
}
