package dev.patchbay.engine.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolverCommandTest {
    @TempDir
    private Path directory;

    @Test
    void theProgramRunsAsNobodyWhereEveryoneMayReadIt() throws Exception {
        assumeTrue(Files.readString(Path.of("/proc/self/uid_map")).contains("4294967295"), "one user only");
        Path file = Files.writeString(directory.resolve("a.jar"), "");

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        assertThat(words(file)).doesNotContain("--reuid=65534").contains("--no-new-privs");

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(words(file)).contains("--reuid=65534", "--regid=65534", "--clear-groups");
    }

    @Test
    void noRightIsLeftButToBindLowPorts() throws Exception {
        List<String> words = ResolverCommand.of(List.of("/bin/grep", "-h", "^Cap", "/proc/self/status"))
                .commandLine();

        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();

        assertThat(process.inputReader().lines().map(line -> line.substring(line.indexOf('\t') + 1)))
                .hasSize(5)
                .containsOnly("0000000000000400");
    }

    private static List<String> words(Path file) throws Exception {
        return ResolverCommand.of(List.of("/bin/true", "-cp", "/bin/true:" + file))
                .commandLine();
    }
}
