package dev.patchbay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.cli.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Records of which nothing can be read any more are not taken for none.
class UnreadableRecordsTest {
    @TempDir
    private Path home;

    @Test
    void aSentenceSaysWhatToDoAndNothingIsTouched() throws Exception {
        Path journal = home.resolve("lab/journal");
        try (LabHome lab = new LabHome(home)) {
            lab.output("network create shop");
        }
        try (Stream<Path> records = Files.list(journal)) {
            for (Path record : records.filter(Files::isRegularFile).toList()) {
                Files.delete(record);
            }
        }
        Files.writeString(journal.resolve("snapshot.1"), "rubbish");
        Files.writeString(journal.resolve("snapshot.2"), "more rubbish");

        try (LabHome lab = new LabHome(home)) {
            CliResult typed = lab.type("network", "ls");
            assertThat(typed.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(typed.out()).isEmpty();
            assertThat(typed.firstErrorLine())
                    .contains("no snapshot can be read in " + journal)
                    .contains("to start with nothing, move the directory away");
            assertThat(typed.err()).doesNotContain("\tat ");
            assertThat(journal.resolve("snapshot.1")).hasContent("rubbish");
            assertThat(journal.resolve("snapshot.2")).hasContent("more rubbish");

            Files.move(journal, home.resolve("aside"));
            assertThat(lab.output("network ls --format {{.Name}}"))
                    .contains("bridge")
                    .doesNotContain("shop");
        }
    }
}
