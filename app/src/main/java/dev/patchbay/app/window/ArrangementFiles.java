package dev.patchbay.app.window;

import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.engine.spec.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// Where the things of a host stood in the picture, kept beside the window's state in a file for each host.
final class ArrangementFiles {
    private ArrangementFiles() {}

    /// @param windowState see [WindowState#file]
    /// @param host what tells this host from others, as the directory of a Lab
    static Path file(Path windowState, String host) {
        UUID name = UUID.nameUUIDFromBytes(host.getBytes(StandardCharsets.UTF_8));
        return windowState.resolveSibling("picture-" + name + ".json");
    }

    /// None when there is no file or it cannot be read: the picture is laid out anew then.
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
