package dev.patchbay.engine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the package gives systemd and dpkg. `installer/check-units` boots a systemd with it.
class UnitsTest {
    private static final Path INSTALLER = Path.of("../installer/debian");

    @TempDir
    Path directory;

    @Test
    void systemdUnderstandsEveryWordOfTheUnits() throws Exception {
        boolean there = Files.isExecutable(Path.of("/usr/bin/systemd-analyze"));
        assumeTrue(there || System.getenv("CI") != null, "needs systemd-analyze");
        List<String> line = new ArrayList<>(List.of("systemd-analyze", "verify"));
        try (Stream<Path> units = Files.list(INSTALLER)) {
            for (Path unit : units.filter(UnitsTest::isUnit).sorted().toList()) {
                // What it starts is installed with it.
                String text = Files.readString(unit).replaceAll("(?m)^ExecStart=.*", "ExecStart=/bin/true");
                line.add(Files.writeString(directory.resolve(unit.getFileName()), text)
                        .toString());
            }
        }
        assertThat(line).hasSize(5);

        // It may have more to say of the machine's own units.
        assertThat(output(0, line).lines().filter(said -> said.contains("patchbay")))
                .isEmpty();
        Path wrong = Files.writeString(directory.resolve("patchbay-wrong.service"), "[Service]\nExecSart=/bin/true\n");
        assertThat(output(1, List.of("systemd-analyze", "verify", wrong.toString())))
                .contains("patchbay-wrong");
    }

    @Test
    void theShellUnderstandsWhatDpkgRuns() throws Exception {
        for (String script : List.of("postinst", "prerm", "postrm")) {
            assertThat(output(0, List.of("sh", "-n", INSTALLER.resolve(script).toString())))
                    .isEmpty();
        }
    }

    private static boolean isUnit(Path file) {
        return file.toString().endsWith(".service") || file.toString().endsWith(".socket");
    }

    private static String output(int status, List<String> line) throws Exception {
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.outputWriter().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(status);
        return said;
    }
}
