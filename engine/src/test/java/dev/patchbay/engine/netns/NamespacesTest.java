package dev.patchbay.engine.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netlink.RouteNetlink;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.testing.Descriptors;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PrivateNamespace.class)
class NamespacesTest {

    @Test
    void ipSeesWhatIsCreatedAndDeleted() throws Exception {
        try (Namespace red = Namespaces.create("red")) {
            assertThat(Shell.run("ip", "netns").strip()).isEqualTo("red");
            assertThat(Shell.run("ip", "netns", "exec", "red", "readlink", "/proc/self/ns/net"))
                    .contains("net:[" + red.inode() + "]");
            assertThat(Namespaces.names()).containsExactly("red");
        }
        assertThat(Namespaces.delete("red")).isTrue();

        assertThat(Shell.run("ip", "netns")).isEmpty();
        assertThat(Files.exists(Path.of("/run/netns/red"))).isFalse();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain("/run/netns/red");
        assertThat(Namespaces.delete("red")).isFalse();
    }

    @Test
    void whatIpCreatedCanBeOpenedAndDeleted() throws Exception {
        Shell.run("ip", "netns", "add", "blue");
        try (Namespace blue = Namespaces.open("blue")) {
            assertThat(Shell.run("ip", "netns", "exec", "blue", "readlink", "/proc/self/ns/net"))
                    .contains("[" + blue.inode() + "]");
        }
        assertThat(Namespaces.delete("blue")).isTrue();
        assertThat(Shell.run("ip", "netns")).isEmpty();
    }

    @Test
    void aTakenNameIsRefusedAndKept() throws Exception {
        try (Namespace first = Namespaces.create("red")) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> Namespaces.create("red").close())
                    .withMessage("create namespace red: the name is taken")
                    .returns(Errno.EEXIST, EngineException::errno);
            try (Namespace again = Namespaces.open("red")) {
                assertThat(again.inode()).isEqualTo(first.inode());
            }
        }
        Namespaces.delete("red");
    }

    @Test
    void anAbsentNameIsNamed() {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Namespaces.open("nobody").close())
                .withMessage("open namespace nobody: cannot open /run/netns/nobody: No such file or directory")
                .returns(Errno.ENOENT, EngineException::errno);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Namespaces.openProcess(4_000_000).close())
                .returns(Errno.ENOENT, EngineException::errno);
    }

    /// What a crash between making the file and mounting on it leaves.
    @Test
    void aFileThatIsNoNamespaceIsRefusedAndCanBeDeleted() throws Exception {
        Namespaces.create("other").close();
        Files.createFile(Path.of("/run/netns/stale"));
        List<String> descriptors = Descriptors.ofTheEngine();

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> Namespaces.open("stale").close())
                .withMessageContaining("is no network namespace");

        assertThat(Descriptors.ofTheEngine()).isEqualTo(descriptors);
        assertThat(Namespaces.delete("stale")).isTrue();
        Namespaces.delete("other");
        assertThat(Namespaces.names()).isEmpty();
    }

    /// To open a FIFO without a writer waits for one, and the helper holds its lock meanwhile.
    @Test
    void aFifoOrADeviceIsRefusedWithoutBeingOpened(@TempDir Path directory) throws Exception {
        Path fifo = directory.resolve("fifo");
        Shell.run("mkfifo", fifo.toString());
        List<String> descriptors = Descriptors.ofTheEngine();
        for (String file : List.of(fifo.toString(), "/dev/null", directory.toString(), "/proc/self/ns/mnt")) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> assertThatExceptionOfType(EngineException.class)
                            .isThrownBy(() -> Namespaces.openFile(file).close())
                            .withMessageContaining(file + " is no network namespace")
                            .returns(Errno.EINVAL, EngineException::errno));
        }
        assertThat(Descriptors.ofTheEngine()).isEqualTo(descriptors);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "-j", "a b", "a\nb", "a\0b", "ä"})
    void aNameThatIsNoFileNameIsAMistake(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Namespaces.create(name));
        assertThatIllegalArgumentException().isThrownBy(() -> Namespaces.delete(name));
    }

    @Test
    void workInsideSeesThatNamespaceAndTheCallerStaysOutside() throws Exception {
        try (Namespace home = Namespaces.current();
                Namespace red = Namespaces.create("red")) {
            long inside = Namespaces.runInside(red, () -> {
                try (Namespace here = Namespaces.current()) {
                    return here.inode();
                }
            });
            assertThat(inside).isEqualTo(red.inode()).isNotEqualTo(home.inode());
            try (Namespace here = Namespaces.current();
                    Namespace process =
                            Namespaces.openProcess(ProcessHandle.current().pid())) {
                assertThat(here.inode()).isEqualTo(home.inode());
                assertThat(process.inode()).isEqualTo(home.inode());
            }
        }
        Namespaces.delete("red");
    }

    @Test
    void aFailureInsideIsPassedOn() throws Exception {
        try (Namespace home = Namespaces.current()) {
            EngineException own = new EngineException("test", "own");
            IOException foreign = new IOException("foreign");
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> Namespaces.runInside(home, () -> {
                        throw own;
                    }))
                    .isSameAs(own);
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> Namespaces.runInside(home, () -> {
                        throw foreign;
                    }))
                    .withMessageContaining("foreign")
                    .withCause(foreign);
        }
    }

    @Test
    void aHeldNamespaceOutlivesItsName() throws Exception {
        try (Namespace red = Namespaces.create("red")) {
            Namespaces.delete("red");
            try (Namespace second = Namespaces.create("red");
                    RouteNetlink netlink = RouteNetlink.openIn(red)) {
                assertThat(second.inode()).isNotEqualTo(red.inode());
                assertThat(netlink.links())
                        .singleElement()
                        .satisfies(link -> assertThat(link.name()).isEqualTo("lo"));
            }
        }
        Namespaces.delete("red");
    }

    @Test
    void aClosedNamespaceIsNotUsed() throws Exception {
        Namespace home = Namespaces.current();
        home.close();
        home.close();
        assertThatIllegalStateException().isThrownBy(home::fd);
    }

    @Test
    void manyCanBeMadeAtOnce() throws Exception {
        List<String> descriptors = Descriptors.ofTheEngine();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> made = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> {
                        try (Namespace namespace = Namespaces.create("many" + i)) {
                            return namespace.inode();
                        }
                    }))
                    .toList();
            for (Future<Long> inode : made) {
                assertThat(inode.get()).isPositive();
            }
        }
        assertThat(Shell.run("ip", "netns").lines()).hasSize(40);
        for (String name : Namespaces.names()) {
            Namespaces.delete(name);
        }
        assertThat(Namespaces.names()).isEmpty();
        assertThat(Descriptors.ofTheEngine()).isEqualTo(descriptors);
    }
}
