package dev.patchbay.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netns.Namespaces;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PrivateNamespace.class)
class OrphansTest {
    private static final String NAME = "pb-0123456789ab";
    private static final long LONG = 30;

    @TempDir
    private Path directory;

    @Test
    void theScriptsOfAllSandboxesAreNobodysFiles() throws IOException, EngineException {
        Files.createFile(directory.resolve("init.sh"));
        Files.createDirectory(directory.resolve("0123456789ab"));
        assertThat(new Orphans(directory).sandboxIds()).containsExactly("0123456789ab");
    }

    @Test
    void aLabThatNeverHadASandboxHasNoDirectory() throws EngineException {
        assertThat(new Orphans(directory.resolve("sandboxes")).sandboxIds()).isEmpty();
    }

    @Test
    void whatIsLeftInASandboxsNamespaceIsKilled() throws Exception {
        Shell.run("ip", "netns", "add", NAME);
        Process left = sleepIn(NAME);
        Process bystander = new ProcessBuilder("sleep", "600").start();

        assertThat(Orphans.isExclusive(NAME)).isTrue();
        new Orphans(directory).killAllIn(NAME);

        assertThat(left.waitFor(LONG, TimeUnit.SECONDS)).isTrue();
        assertThat(bystander.isAlive()).isTrue();
        bystander.destroyForcibly().waitFor();
        Shell.run("ip", "netns", "delete", NAME);
    }

    /// Everything else in this namespace, this JVM included, would be killed.
    @Test
    void nothingIsKilledWhereTheHelperItselfIs() throws Exception {
        assertThat(pidNamespaceIsPrivate())
                .as("a pid namespace of the test's own: nothing outside can be signalled")
                .isTrue();
        Process bystander = new ProcessBuilder("sleep", "600").start();
        Namespaces.attach(NAME, bystander.pid());

        assertRefused("it is the host's own network");

        assertThat(bystander.isAlive()).isTrue();
        bystander.destroyForcibly().waitFor();
        Shell.run("ip", "netns", "delete", NAME);
    }

    /// As the outside of a Lab has, or a namespace of somebody else's.
    @Test
    void nothingIsKilledInANamespaceThatHasAnotherName() throws Exception {
        Shell.run("ip", "netns", "add", "theirs");
        Process theirs = sleepIn("theirs");
        Namespaces.attach(NAME, theirs.pid());

        assertRefused("it is namespace theirs as well");

        assertThat(theirs.isAlive()).isTrue();
        theirs.destroyForcibly().waitFor();
        Shell.run("ip", "netns", "delete", NAME);
        Shell.run("ip", "netns", "delete", "theirs");
    }

    @Test
    void aNameWithoutANamespaceIsNobodys() throws Exception {
        Namespaces.create("other").close();
        Path stale = Files.createFile(Namespaces.directory().resolve(NAME));
        assertThat(Orphans.isExclusive(NAME)).isTrue();
        new Orphans(directory).killAllIn(NAME);
        Files.delete(stale);
        new Orphans(directory).killAllIn(NAME);
        Namespaces.delete("other");
    }

    private void assertRefused(String why) throws EngineException {
        assertThat(Orphans.isExclusive(NAME)).isFalse();
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> new Orphans(directory).killAllIn(NAME))
                .withMessageContaining(why)
                .returns(Errno.EINVAL, EngineException::errno);
    }

    private static Process sleepIn(String namespace) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("ip", "netns", "exec", namespace, "sleep", "600").start();
        String own = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
        Path link = Path.of("/proc/" + process.pid() + "/ns/net");
        while (Files.readSymbolicLink(link).toString().equals(own)) {
            Thread.sleep(10);
        }
        return process;
    }

    /// Process 1 is the init of `build/netns/bin/java`, so no process outside has a number in here.
    private static boolean pidNamespaceIsPrivate() throws IOException {
        return PrivateNamespace.isPrivate()
                && Files.readString(Path.of("/proc/1/cmdline")).contains("init");
    }
}
