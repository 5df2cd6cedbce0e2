package dev.patchbay.engine.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.os.ProcessIdentity;
import dev.patchbay.engine.testing.PrivateNamespace;
import dev.patchbay.engine.testing.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A program in a pid namespace of its own, whose `/proc` is still the one of the tests.
@ExtendWith(PrivateNamespace.class)
class ForeignProcTest {
    /// Gives a `sleep` in the new namespace the pid that the recorded process has outside (pid_namespaces(7)), so that
    /// a signal to the recorded pid would end it.
    private static final String SCRIPT = "echo $(($1 - 1)) >/proc/sys/kernel/ns_last_pid; sleep 600 & same=$!; [ $same"
            + " = $1 ] || exit 9; shift; \"$@\" || exit 8; kill -0 $same && echo alive";

    private static final String SENTENCE =
            "/proc shows another pid namespace than Patchbay's own, so a pid from there names another process here";

    @TempDir
    Path home;

    @Test
    void noRecordedProcessIsSignalled() throws Exception {
        assertThat(ProcessIdentity.isProcOwn()).isTrue();
        Process recorded = new ProcessBuilder("sleep", "600").start();
        try {
            String pid = Long.toString(recorded.pid());
            String output = Shell.run(
                    "unshare",
                    "--pid",
                    "--fork",
                    "--kill-child",
                    "sh",
                    "-c",
                    SCRIPT,
                    "sh",
                    pid,
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ForeignProcMain.class.getName(),
                    home.toString(),
                    pid);

            assertThat(output.lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("lab up: Unavailable")
                                    .contains(SENTENCE, "nsenter -t PID -a"),
                            line -> assertThat(line).startsWith("lab down: ").contains(SENTENCE, "nsenter -t PID -a"),
                            line -> assertThat(line)
                                    .startsWith("host up: Unavailable")
                                    .contains(SENTENCE, "nsenter -t PID -a"),
                            line -> assertThat(line)
                                    .startsWith("host down: Optional[Refusal")
                                    .contains(SENTENCE, "nsenter -t PID -a"),
                            line -> assertThat(line).startsWith("helper: ").endsWith(SENTENCE),
                            line -> assertThat(line).startsWith("driver: ").endsWith(SENTENCE),
                            line -> assertThat(line).startsWith("start: ").endsWith(SENTENCE),
                            line -> assertThat(line).startsWith("terminate: ").endsWith(SENTENCE),
                            line -> assertThat(line).startsWith("kill: ").endsWith(SENTENCE),
                            line -> assertThat(line).isEqualTo("replace: start it: the first reason"),
                            line -> assertThat(line).startsWith("suppressed: ").endsWith(SENTENCE),
                            line -> assertThat(line).isEqualTo("lab: DOWN"),
                            line -> assertThat(line).isEqualTo("alive"));
            assertThat(recorded.isAlive()).isTrue();
            assertThat(home.resolve("lab/lab/anchor.json")).exists();
        } finally {
            recorded.destroyForcibly().waitFor();
        }
    }
}
