package dev.patchbay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeLocationTest {
    @TempDir
    Path directory;

    @Test
    void aClassIsInADirectoryOrInAJar() throws Exception {
        assertThat(CodeLocation.of(CodeLocation.class).resolve("dev/patchbay/engine/CodeLocation.class"))
                .isRegularFile();
        assertThat(CodeLocation.of(ObjectMapper.class))
                .isRegularFile()
                .asString()
                .contains("jackson-databind")
                .endsWith(".jar");
    }

    @Test
    void theWayThereMayHaveBlanksAndUmlauts() throws Exception {
        Path jar = directory.resolve("a häßliche 100% place/with #.jar");
        Files.createDirectories(jar.getParent());
        Files.copy(CodeLocation.of(ObjectMapper.class), jar);
        URL[] urls = {jar.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            assertThat(CodeLocation.of(loader.loadClass("com.fasterxml.jackson.databind.util.LRUMap")))
                    .isEqualTo(jar);
        }
    }
}
