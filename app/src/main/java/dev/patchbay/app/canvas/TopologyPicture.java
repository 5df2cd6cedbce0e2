package dev.patchbay.app.canvas;

import dev.patchbay.app.FxThread;
import dev.patchbay.app.canvas.drawing.Camera;
import dev.patchbay.app.canvas.drawing.Emphasis;
import dev.patchbay.app.canvas.drawing.Moment;
import dev.patchbay.app.canvas.drawing.SceneRenderer;
import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.layout.SceneModel;
import dev.patchbay.app.canvas.routing.Box;
import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import dev.patchbay.core.topology.Topology;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Platform;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;

/// The picture of a topology as a PNG file, made without a display.
public final class TopologyPicture {
    /// Room round the scene.
    static final double MARGIN = 20;
    private static final int TILE = 2048;
    private static final double MOST_PIXELS = 64e6;

    /// JavaFX remarks on every start that it comes from the class path, which is as intended.
    private static final Logger JAVAFX = Logger.getLogger("javafx");

    private TopologyPicture() {}

    /// Draws the whole topology, fitted into the given size, and waits until the file is written. Starts JavaFX's
    /// headless platform when no toolkit runs yet, which then keeps the process alive until `System.exit`. May
    /// be called from any thread but the JavaFX one.
    public static void write(Topology topology, Path png, Theme theme, int width, int height) throws IOException {
        SceneModel scene = SceneLayout.of(topology, Arrangement.none()).scene();
        startToolkit();
        CompletableFuture<byte[]> picture = CompletableFuture.supplyAsync(
                () -> Png.encode(draw(scene, theme, Emphasis.none(), width, height)), new FxThread());
        try {
            Files.write(png, picture.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while drawing " + png);
        } catch (ExecutionException e) {
            throw new IOException("the picture could not be drawn", e.getCause());
        }
    }

    static Image draw(SceneModel scene, Theme theme, Emphasis emphasis, int width, int height) {
        Canvas canvas = new Canvas(width, height);
        Camera camera = Camera.fitting(scene.bounds(), width, height, MARGIN);
        new SceneRenderer()
                .paint(
                        canvas.getGraphicsContext2D(),
                        scene,
                        camera,
                        Palette.of(theme),
                        Moment.still(emphasis),
                        width,
                        height);
        return canvas.snapshot(null, null);
    }

    /// The whole scene, so many pixels to a unit, as far as [#MOST_PIXELS] allow. On the JavaFX thread.
    public static Image draw(SceneModel scene, Theme theme, double scale) {
        Box all = scene.bounds().grown(MARGIN);
        double most = Math.sqrt(MOST_PIXELS / (all.width() * all.height()));
        double fitting = Math.min(scale, most);
        int width = (int) Math.ceil(all.width() * fitting);
        int height = (int) Math.ceil(all.height() * fitting);
        WritableImage image = new WritableImage(width, height);
        SceneRenderer renderer = new SceneRenderer();
        Palette palette = Palette.of(theme);
        // In tiles: a canvas is no larger than a texture may be.
        for (int y = 0; y < height; y += TILE) {
            for (int x = 0; x < width; x += TILE) {
                Canvas tile = new Canvas(Math.min(TILE, width - x), Math.min(TILE, height - y));
                Camera camera = new Camera(fitting, -all.x() * fitting - x, -all.y() * fitting - y);
                renderer.paint(
                        tile.getGraphicsContext2D(),
                        scene,
                        camera,
                        palette,
                        Moment.still(Emphasis.none()),
                        tile.getWidth(),
                        tile.getHeight());
                image.getPixelWriter()
                        .setPixels(
                                x,
                                y,
                                (int) tile.getWidth(),
                                (int) tile.getHeight(),
                                tile.snapshot(null, null).getPixelReader(),
                                0,
                                0);
            }
        }
        return image;
    }

    /// May be called from any thread.
    public static byte[] png(Image image) {
        return Png.encode(image);
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
            // A window or an earlier picture has started it: it serves as well.
            started.complete(null);
        }
    }
}
