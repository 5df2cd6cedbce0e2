package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.app.Launcher;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens between a command and the terminal it is typed in: output as it comes, Ctrl+C, questions.
class TerminalTest {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    /// A shell starts what runs in its background deaf to Ctrl+C, and every process passes that on.
    private static final List<String> HEARS_INTERRUPTS = List.of("env", "--default-signal=INT");

    @TempDir
    static Path home;

    private static LabHome lab;

    @BeforeAll
    static void up() {
        lab = new LabHome(home);
        lab.output("lab up");
    }

    @AfterAll
    static void down() throws Exception {
        lab.close();
    }

    @Test
    void aCommandInTheForegroundIsSeenAndItsExitCodeIsPassedOn() {
        CliResult typed =
                lab.type("run", "--name", "fore", "httpd:2.4", "sh", "-c", "echo one; sleep 0.3; echo two; exit 3");
        assertThat(typed).isEqualTo(new CliResult(3, "one\ntwo\n", ""));
        assertThat(lab.output("ps -a --filter name=fore --format {{.Names}},{{.State}}"))
                .isEqualTo("fore,exited" + System.lineSeparator());
        lab.output("rm fore");

        assertThat(lab.type("run", "--rm", "--name", "fore", "httpd:2.4", "echo", "said"))
                .isEqualTo(new CliResult(0, "said\n", ""));
        assertThat(lab.output("ps -aq --filter name=fore")).isEmpty();
    }

    @Test
    void whatDoesNotStartInTheForegroundHasDockersExitCodes() {
        assertThat(lab.type("run", "httpd:2.4", "nosuch").exitCode()).isEqualTo(127);
        assertThat(lab.type("run", "httpd:2.4", "/etc/passwd").exitCode()).isEqualTo(126);
        assertThat(lab.type("run", "--network", "nosuch", "httpd:2.4", "true").exitCode())
                .isEqualTo(125);
        assertThat(lab.output("ps -aq")).isEmpty();
    }

    @Test
    void controlCReachesTheCommandAndTheCommandDecides() throws Exception {
        List<String> line = new ArrayList<>(HEARS_INTERRUPTS);
        line.addAll(patchbay("run", "--rm", "httpd:2.4", "sh", "-c", """
                trap 'echo bye; exit 7' INT; echo up; while :; do sleep 0.1; done"""));
        Process process = start(line);
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("up");
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(out.readLine()).isEqualTo("bye");
        assertThat(process.waitFor()).isEqualTo(7);
        assertThat(lab.output("ps -aq")).isEmpty();
    }

    @Test
    void aPruneAsksOnATerminalAndDoesWhatIsAnswered() throws Exception {
        assumeTrue(Files.isExecutable(SCRIPT) || System.getenv("CI") != null, "needs script");
        lab.output("network create unused");
        assertThat(onTerminal("n\n", "network", "prune")).contains("[y/N]").doesNotContain("Deleted");
        assertThat(lab.output("network ls -q --filter name=unused")).isNotEmpty();
        assertThat(onTerminal("y\n", "network", "prune")).contains("[y/N]").contains("Deleted Networks:");
        assertThat(lab.output("network ls -q --filter name=unused")).isEmpty();
    }

    @Test
    void downAsksOnATerminalBeforeItTakesAProjectAway() throws Exception {
        assumeTrue(Files.isExecutable(SCRIPT) || System.getenv("CI") != null, "needs script");
        Path file = Files.writeString(home.resolve("compose.yaml"), "name: asked\nnetworks:\n  front: {}\n");
        lab.output("apply -y " + file);
        assertThat(onTerminal("n\n", "down", file.toString())).contains("[y/N]");
        assertThat(lab.output("network ls -q --filter name=asked")).isNotEmpty();
        assertThat(onTerminal("y\n", "down", file.toString())).contains("[y/N]");
        assertThat(lab.output("network ls -q --filter name=asked")).isEmpty();
    }

    static List<String> patchbay(String... words) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName()));
        line.addAll(List.of(words));
        return line;
    }

    private static Process start(List<String> words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("PATCHBAY_HOME", home.toString());
        builder.environment().put("SHELL", "/bin/sh");
        return builder.start();
    }

    /// What a terminal shows of a command that is answered.
    private static String onTerminal(String answer, String... words) throws Exception {
        String line = patchbay(words).stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Process process = start(List.of(SCRIPT.toString(), "-qec", line, "/dev/null"));
        StringBuilder seen = new StringBuilder();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        boolean answered = false;
        for (int letter = out.read(); letter >= 0; letter = out.read()) {
            seen.append((char) letter);
            if (!answered && seen.toString().endsWith("[y/N] ")) {
                answered = true;
                process.outputWriter(StandardCharsets.UTF_8).write(answer);
                process.outputWriter(StandardCharsets.UTF_8).flush();
            }
        }
        process.waitFor();
        return seen.toString();
    }
}
