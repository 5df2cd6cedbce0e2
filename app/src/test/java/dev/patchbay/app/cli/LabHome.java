package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.app.hosts.LabConnector;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.lab.LabStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A real Lab of a test's own, in a state directory of its own. Where a Lab cannot be had, tests are skipped; under
/// CI they fail.
final class LabHome implements AutoCloseable {
    private static final List<String> PROGRAMS = List.of("unshare", "ip", "iptables", "busybox", "curl");

    private final Map<String, String> environment;

    LabHome(Path directory) {
        boolean complete = PROGRAMS.stream().allMatch(LabHome::isInstalled);
        assumeTrue(complete || System.getenv("CI") != null, () -> "needs " + PROGRAMS);
        environment = Map.of(
                "PATCHBAY_HOME", directory.toString(), "PATH", System.getenv("PATH"), "HOME", directory.toString());
    }

    private static boolean isInstalled(String program) {
        return Stream.of("/usr/sbin", "/sbin", "/usr/bin", "/bin")
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    CliResult type(String... words) {
        return CliResult.run(environment, Clock.systemUTC(), _ -> LabConnector.open(environment), words);
    }

    /// A command with its words parted by blanks, which has to succeed.
    String output(String words) {
        CliResult typed = type(words.split(" "));
        assertThat(typed.exitCode()).as("%s: %s", words, typed.err()).isZero();
        return typed.out();
    }

    /// A shell's output in the Lab's host namespace.
    String onHost(String script) {
        return shell(script, "lab", "exec", "--");
    }

    String outside(String script) {
        return shell(script, "lab", "exec", "--outside", "--");
    }

    private String shell(String script, String... prefix) {
        CliResult typed = type(
                Stream.concat(Stream.of(prefix), Stream.of("sh", "-c", script)).toArray(String[]::new));
        assertThat(typed.exitCode())
                .as("%s: %s%s", script, typed.out(), typed.err())
                .isZero();
        return typed.out();
    }

    /// Everything of the kernel that Patchbay may have a hand in, without counters and volatile numbers.
    String kernel() {
        return onHost(
                "ip -o link | cut -d: -f2 | sort; ip -o -4 addr | awk '{print $2, $4}' | sort; ip route | sed 's, linkdown,,' | sort;"
                        + " iptables-save | grep -v '^[:#]'; ls /run/netns; ls -A " + environment.get("PATCHBAY_HOME")
                        + "/lab/sandboxes | grep -v '[.]sh$' || true");
    }

    @Override
    public void close() throws EngineException {
        LabConnector.down(environment);
        assertThat(LabConnector.of(environment).status().state()).isEqualTo(LabStatus.State.DOWN);
    }
}
