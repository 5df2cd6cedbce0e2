package dev.patchbay.app.window;

import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.engine.spec.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// Remembers where the cards and lanes of each host stand: one file for each host, beside the file of
/// the window's state.
final class ArrangementFiles {
    private ArrangementFiles() {}

    /// @param windowState see [WindowState#file]
    /// @param host identifies the host, for example the directory of a Lab
    static Path file(Path windowState, String host) {
        UUID name = UUID.nameUUIDFromBytes(host.getBytes(StandardCharsets.UTF_8));
        return windowState.resolveSibling("picture-" + name + ".json");
    }

    /// Empty when there is no file or it cannot be read; the canvas then uses a new layout.
    static Arrangement read(Path file) {
        try {
            return Json.MAPPER.readValue(Files.readAllBytes(file), Arrangement.class);
        } catch (IOException e) {
            return Arrangement.none();
        }
    }

    static void write(Path file, Arrangement arrangement) throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.write(file, Json.MAPPER.writeValueAsBytes(arrangement));
    }
}
