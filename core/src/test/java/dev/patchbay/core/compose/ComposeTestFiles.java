package dev.patchbay.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Compose files for tests, in a directory of their own.
abstract class ComposeTestFiles {
    @TempDir
    Path temporary;

    Path directory = Path.of("");

    @BeforeEach
    void aDirectoryNamesTheProject() throws IOException {
        directory = Files.createDirectory(temporary.resolve("My.Shop"));
    }

    ProjectReadResult read(String text, Map<String, String> environment) throws IOException {
        return ComposeFile.read(List.of(Files.writeString(directory.resolve("compose.yaml"), text)), environment, null);
    }

    Project project(String text) throws IOException {
        return project(text, Map.of());
    }

    Project project(String text, Map<String, String> environment) throws IOException {
        ProjectReadResult reading = read(text, environment);
        assertThat(reading).isInstanceOf(ProjectReadResult.Read.class);
        return ((ProjectReadResult.Read) reading).project();
    }

    String refusal(String text) throws IOException {
        ProjectReadResult reading = read(text, Map.of());
        assertThat(reading).as(text).isInstanceOf(ProjectReadResult.Refused.class);
        return ((ProjectReadResult.Refused) reading).refusal().sentence();
    }

    /// The only container of a service with these lines.
    Change.RunContainer service(String lines) throws IOException {
        String indented = lines.strip().indent(4);
        Project project =
                project("services:\n  web:\n    image: httpd:2.4\n" + indented + "networks: {front: , back: }");
        assertThat(project.containers()).hasSize(1);
        return project.containers().getFirst().definition();
    }
}
