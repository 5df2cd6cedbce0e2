package dev.patchbay.engine.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.StateDirectory;
import dev.patchbay.engine.client.StubHelperMain;
import dev.patchbay.engine.testing.PrivateNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a command in the Lab when the program that runs it is told to end.
@ExtendWith(PrivateNamespace.class)
class LabExecTest {
    private static final String SCRIPT = "/usr/bin/script";
    private static final char CTRL_C = 3;

    @TempDir
    Path home;

    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        Path testClasses = Path.of(LabExecTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        lab = new Lab(new StateDirectory(home), HelperCommand.of(StubHelperMain.class.getName(), List.of(testClasses)));
        lab.up();
    }

    @AfterEach
    void end() throws Exception {
        lab.down();
    }

    private List<String> attached(String command) throws Exception {
        // A job in the background of a script is born deaf to Ctrl+C, and so would be everything started by it.
        List<String> words = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LabExecMain.class.getName()));
        words.addAll(lab.command(List.of("sh", "-c", command), false));
        return words;
    }

    @Test
    void aSignalIsPassedOnAndTheExitCodeIsTheCommands() throws Exception {
        Process process = new ProcessBuilder(attached("trap 'echo told; exit 7' TERM; echo ready; sleep 60 & wait"))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("ready");
            // Process.destroy would close the streams as well.
            process.toHandle().destroy();
            assertThat(output.readLine()).isEqualTo("told");
            assertThat(process.waitFor()).isEqualTo(7);
        } finally {
            end(process);
        }
    }

    @Test
    void ctrlCAtATerminalIsForTheCommandToAnswer() throws Exception {
        Typist typist = new Typist(attached("trap 'echo told' INT; echo ready; sleep 60 & wait; kill $!; exit 8"));
        typist.pressesCtrlCAfter("ready");
        typist.reads("told");
        assertThat(typist.seesItEndWith()).isEqualTo(8);
    }

    @Test
    void ctrlCEndsACommandThatHasNoAnswer() throws Exception {
        Typist typist = new Typist(attached("echo ready; exec sleep 60"));
        typist.pressesCtrlCAfter("ready");
        assertThat(typist.seesItEndWith()).isEqualTo(130);
    }

    /// Somebody at a terminal.
    private static final class Typist {
        private final Process terminal;
        private final BufferedReader screen;

        Typist(List<String> words) throws IOException {
            assumeTrue(Files.isExecutable(Path.of(SCRIPT)) || System.getenv("CI") != null, "needs a pseudo-terminal");
            // The shell in between, if it stayed, would die of the same Ctrl+C, and its exit code be the one that is
            // seen.
            ProcessBuilder builder =
                    new ProcessBuilder(SCRIPT, "-qec", "exec " + quoted(words), "/dev/null").redirectErrorStream(true);
            builder.environment().put("SHELL", "/bin/sh");
            terminal = builder.start();
            screen = terminal.inputReader();
        }

        void reads(String end) throws IOException {
            String line = screen.readLine();
            while (line != null && !line.endsWith(end)) {
                line = screen.readLine();
            }
            assertThat(line).isNotNull();
        }

        void pressesCtrlCAfter(String end) throws IOException {
            reads(end);
            terminal.getOutputStream().write(CTRL_C);
            terminal.getOutputStream().flush();
        }

        int seesItEndWith() throws InterruptedException {
            try {
                return terminal.waitFor();
            } finally {
                end(terminal);
            }
        }
    }

    private static String quoted(List<String> words) {
        List<String> quoted = new ArrayList<>();
        words.forEach(word -> quoted.add("'" + word.replace("'", "'\\''") + "'"));
        return String.join(" ", quoted);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
