package dev.patchbay.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StraysTest {
    @Test
    void theScriptsOfAllSandboxesAreNobodysFiles(@TempDir Path sandboxes) throws IOException, EngineException {
        Files.createFile(sandboxes.resolve("init.sh"));
        Files.createDirectory(sandboxes.resolve("0123456789ab"));
        assertThat(new Strays(sandboxes).directories()).containsExactly("0123456789ab");
    }

    @Test
    void aLabThatNeverHadASandboxHasNoDirectory(@TempDir Path lab) throws EngineException {
        assertThat(new Strays(lab.resolve("sandboxes")).directories()).isEmpty();
    }
}
