package dev.patchbay.app.export;

import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.paint.Camera;
import dev.patchbay.app.canvas.paint.FrameState;
import dev.patchbay.app.canvas.paint.HighlightedElements;
import dev.patchbay.app.canvas.paint.SceneRenderer;
import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.task.FxThread;
import dev.patchbay.core.model.Topology;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Platform;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;

/// Writes a topology as a PNG file, without a display. It draws and writes in bands, so that the size
/// needs little memory.
public final class TopologyPng {
    /// Maximum number of pixels of a side.
    public static final int MAX_SIDE = 16_384;
    /// A canvas must not be larger than a texture.
    private static final int TILE_SIZE = 2048;
    private static final int BAND_PIXELS = 1 << 23;

    /// JavaFX warns at every start that it was loaded from the class path, which is intended.
    private static final Logger JAVAFX = Logger.getLogger("javafx");

    private TopologyPng() {}

    /// Draws the whole topology, fitted into the given size, and waits until the file is written. Starts
    /// JavaFX's headless platform when no toolkit runs yet; the process then lives until `System.exit`.
    /// Must not be called on the JavaFX thread.
    ///
    /// @param width at most [#MAX_SIDE], as `height`
    public static void write(Topology topology, Path png, Theme theme, int width, int height) throws IOException {
        SceneModel scene = SceneLayout.of(topology, Arrangement.none()).scene();
        startToolkit();
        write(scene, png, theme, Camera.fitting(scene.bounds(), width, height, Dimensions.MARGIN), width, height);
    }

    /// Draws the whole scene at the scale of [#effectiveScale], and waits until the file is written.
    /// JavaFX must run already. Must not be called on the JavaFX thread.
    public static void write(SceneModel scene, Path png, Theme theme, double scale) throws IOException {
        Rect all = scene.bounds().expanded(Dimensions.MARGIN);
        double fitting = effectiveScale(scene, scale);
        write(
                scene,
                png,
                theme,
                new Camera(fitting, -all.x() * fitting, -all.y() * fitting),
                Math.min(MAX_SIDE, (int) Math.ceil(all.width() * fitting)),
                Math.min(MAX_SIDE, (int) Math.ceil(all.height() * fitting)));
    }

    /// The scale at which the whole scene is drawn. It is less than wanted when a side would be longer
    /// than [#MAX_SIDE].
    public static double effectiveScale(SceneModel scene, double wanted) {
        Rect all = scene.bounds().expanded(Dimensions.MARGIN);
        return Math.min(wanted, MAX_SIDE / Math.max(all.width(), all.height()));
    }

    private static void write(SceneModel scene, Path png, Theme theme, Camera camera, int width, int height)
            throws IOException {
        SceneRenderer renderer = onFxThread(SceneRenderer::new);
        int atOnce = Math.clamp(BAND_PIXELS / width, 1, TILE_SIZE);
        // Writes to memory first, so that a failure to draw does not destroy an existing file.
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PngWriter encoder = new PngWriter(file, width, height)) {
            for (int y = 0; y < height; y += atOnce) {
                int top = y;
                int rows = Math.min(atOnce, height - y);
                encoder.writeRows(onFxThread(() -> renderBand(renderer, scene, theme, camera, width, top, rows)));
            }
        }
        Files.write(png, file.toByteArray());
    }

    private static Image renderBand(
            SceneRenderer renderer, SceneModel scene, Theme theme, Camera camera, int width, int top, int rows) {
        WritableImage band = new WritableImage(width, rows);
        for (int x = 0; x < width; x += TILE_SIZE) {
            Canvas tile = new Canvas(Math.min(TILE_SIZE, width - x), rows);
            renderer.paint(
                    tile.getGraphicsContext2D(),
                    scene,
                    camera.panned(-x, -top),
                    Palette.of(theme),
                    FrameState.idle(HighlightedElements.none()),
                    tile.getWidth(),
                    tile.getHeight());
            band.getPixelWriter()
                    .setPixels(
                            x,
                            0,
                            (int) tile.getWidth(),
                            rows,
                            tile.snapshot(null, null).getPixelReader(),
                            0,
                            0);
        }
        return band;
    }

    private static <T> T onFxThread(Supplier<T> work) throws IOException {
        try {
            return CompletableFuture.supplyAsync(work, new FxThread()).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while drawing");
        } catch (ExecutionException e) {
            throw new IOException("the picture could not be drawn: " + e.getCause(), e.getCause());
        }
    }

    private static void startToolkit() {
        JAVAFX.setLevel(Level.SEVERE);
        CompletableFuture<Void> started = new CompletableFuture<>();
        if (System.getProperty("glass.platform") == null) {
            System.setProperty("glass.platform", "Headless");
            System.setProperty("prism.order", "sw");
        }
        try {
            Platform.startup(() -> started.complete(null));
            started.join();
        } catch (IllegalStateException alreadyRunning) {
            // The window or an earlier PNG has started JavaFX already.
            started.complete(null);
        }
    }
}
