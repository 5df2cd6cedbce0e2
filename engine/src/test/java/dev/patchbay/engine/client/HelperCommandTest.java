package dev.patchbay.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelperCommandTest {
    @TempDir
    Path directory;

    /// The JVM would refuse it at every start and never make another.
    @Test
    void aClassArchiveOfAnOlderBuildIsDropped() throws Exception {
        Path jar = Files.createFile(directory.resolve("engine.jar"));
        Path archive = Files.createFile(directory.resolve("helper.jsa"));
        HelperCommand command = new HelperCommand(Path.of("java"), List.of(), List.of("-jar", jar.toString()));
        Files.setLastModifiedTime(jar, FileTime.fromMillis(2_000));

        Files.setLastModifiedTime(archive, FileTime.fromMillis(3_000));
        command.deleteOutdatedArchive(archive);
        assertThat(archive).exists();

        Files.setLastModifiedTime(archive, FileTime.fromMillis(1_000));
        command.deleteOutdatedArchive(archive);
        assertThat(archive).doesNotExist();

        command.deleteOutdatedArchive(archive);
    }
}
