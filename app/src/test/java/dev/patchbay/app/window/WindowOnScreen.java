package dev.patchbay.app.window;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.TestTopologyBuilder;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.screenshot.Pulses;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.task.FxThread;
import dev.patchbay.app.text.Language;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Rectangle2D;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import javax.imageio.ImageIO;

/// A program of its own, since one JVM is either headless or on a screen: shows the window on the display and writes
/// what the display then shows.
final class WindowOnScreen {
    static final int WIDTH = 1600;
    static final int HEIGHT = 1000;
    static final Map<String, Theme> PICTURES = Map.of("window-dark", Theme.DARK, "window-light", Theme.LIGHT);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private WindowOnScreen() {}

    public static void main(String... words) throws Exception {
        CompletableFuture<Void> started = new CompletableFuture<>();
        Platform.startup(() -> started.complete(null));
        started.get(60, TimeUnit.SECONDS);
        ReproducibleWindow steady = onFx(WindowOnScreen::shown);
        for (var picture : PICTURES.entrySet()) {
            onFx(() -> {
                steady.window.setTheme(picture.getValue());
                return picture;
            });
            Path file = Path.of(words[0]).resolve(picture.getKey() + ".png");
            ImageIO.write(screenOnceItRests(), "png", file.toFile());
        }
        Platform.exit();
    }

    private static ReproducibleWindow shown() {
        ReproducibleWindow steady = new ReproducibleWindow(Language.ENGLISH, WIDTH, HEIGHT);
        Stage stage = new Stage(StageStyle.UNDECORATED);
        stage.setX(0);
        stage.setY(0);
        // Away from all that lights up below it.
        new Robot().mouseMove(WIDTH - 1, HEIGHT - 1);
        stage.setScene(steady.window.scene());
        stage.show();
        steady.open(SampleTopologies.target().build());
        steady.model.selected().set(new Selection.OfNetwork(TestTopologyBuilder.id("mydockernet")));
        return steady;
    }

    /// Nothing of the window moves by itself, so it is drawn when several pulses changed nothing.
    private static BufferedImage screenOnceItRests() throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        BufferedImage before = screen();
        int same = 0;
        while (same < 2 && System.nanoTime() < deadline) {
            BufferedImage now = screen();
            same = equal(before, now) ? same + 1 : 0;
            before = now;
        }
        return before;
    }

    private static boolean equal(BufferedImage one, BufferedImage other) {
        return Arrays.equals(pixels(one), pixels(other));
    }

    private static int[] pixels(BufferedImage picture) {
        return picture.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH);
    }

    private static BufferedImage screen() throws Exception {
        Pulses.await();
        return onFx(() -> SwingFXUtils.fromFXImage(
                new Robot().getScreenCapture(null, new Rectangle2D(0, 0, WIDTH, HEIGHT), false), null));
    }

    private static <T> T onFx(Callable<T> work) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        new FxThread().execute(() -> {
            try {
                done.complete(work.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done.get(60, TimeUnit.SECONDS);
    }
}
