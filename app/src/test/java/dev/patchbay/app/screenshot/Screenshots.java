package dev.patchbay.app.screenshot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.testfx.util.WaitForAsyncUtils;

/// The pictures under `docs/screenshots/` are what the tests expect. With `-Dpatchbay.pictures=accept` the tests
/// write them anew instead, each that is missing or no longer right.
public final class Screenshots {
    private static final Screenshots OF_THE_PROJECT = new Screenshots(
            Path.of("..", "docs", "screenshots"),
            Path.of("target", "pictures"),
            "accept".equals(System.getProperty("patchbay.pictures")));

    private static final String ACCEPT = "./mvnw -q -pl app -am test -Dtest='*PicturesTest'"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dpatchbay.pictures=accept";

    /// In a million. The smallest change of a label that was tried is ten times as much in a window of 1440×900.
    private static final int MOST_DIFFERING = 4;

    /// A scene in which something always moves is compared as it is after these many looks.
    private static final int MOST_LOOKS = 40;

    private final Path expectations;
    private final Path failures;
    private final boolean accepting;

    Screenshots(Path expectations, Path failures, boolean accepting) {
        this.expectations = expectations;
        this.failures = failures;
        this.accepting = accepting;
    }

    /// Fails when the scene looks different from the stored picture of this name, once nothing in it moves.
    public static void expect(Scene scene, String name) throws IOException {
        expect(scene, name, List.of());
    }

    public static void expect(BufferedImage picture, String name) throws IOException {
        OF_THE_PROJECT.compare(picture, name);
    }

    /// The same but for some places, where something different stands each time: an id, a time.
    public static void expect(Scene scene, String name, List<Rectangle2D> without) throws IOException {
        BufferedImage seen = snapshot(scene);
        if (!OF_THE_PROJECT.isExpected(seen, name, without)) {
            OF_THE_PROJECT.compare(atRest(scene, seen), name, without);
        }
    }

    /// What follows an action moves in several pulses, and their number is another one on a busy machine.
    private static BufferedImage atRest(Scene scene, BufferedImage seen) {
        BufferedImage before = seen;
        for (int look = 0; look < MOST_LOOKS; look++) {
            Pulses.await();
            BufferedImage now = snapshot(scene);
            if (new PixelDifference(before, now).pixels() == 0) {
                return now;
            }
            before = now;
        }
        return before;
    }

    /// Keeps a picture for a person to look at: it is not compared.
    public static Path keep(Scene scene, String name) throws IOException {
        return write(snapshot(scene), OF_THE_PROJECT.failures.resolve(name + ".png"));
    }

    private static BufferedImage snapshot(Scene scene) {
        WaitForAsyncUtils.waitForFxEvents();
        return SwingFXUtils.fromFXImage(WaitForAsyncUtils.waitForAsyncFx(60_000, () -> scene.snapshot(null)), null);
    }

    void compare(BufferedImage actual, String name) throws IOException {
        compare(actual, name, List.of());
    }

    void compare(BufferedImage actual, String name, List<Rectangle2D> without) throws IOException {
        Path expectation = expectations.resolve(name + ".png");
        PixelDifference difference = difference(actual, expectation, without);
        if (difference != null && isSmall(difference, actual)) {
            return;
        }
        if (accepting) {
            write(actual, expectation);
            return;
        }
        Path written = write(actual, failures.resolve(name + ".png"));
        String what = "There is no picture " + expectation + " to compare with.";
        if (difference != null) {
            Path shown = write(difference.shown(), failures.resolve(name + "-difference.png"));
            what = expectation + " is no longer what is shown: " + difference + ", see " + shown + ".";
        }
        throw new AssertionError(
                what + " If " + written + " is right, accept it and commit the picture with the change: " + ACCEPT);
    }

    private boolean isExpected(BufferedImage actual, String name, List<Rectangle2D> without) throws IOException {
        PixelDifference difference = difference(actual, expectations.resolve(name + ".png"), without);
        return difference != null && isSmall(difference, actual);
    }

    /// Null where there is nothing to compare with.
    private static @Nullable PixelDifference difference(
            BufferedImage actual, Path expectation, List<Rectangle2D> without) throws IOException {
        return Files.exists(expectation)
                ? new PixelDifference(covered(ImageIO.read(expectation.toFile()), without), covered(actual, without))
                : null;
    }

    private static BufferedImage covered(BufferedImage picture, List<Rectangle2D> places) {
        BufferedImage covered = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = covered.createGraphics();
        graphics.drawImage(picture, 0, 0, null);
        graphics.setColor(Color.GRAY);
        for (Rectangle2D place : places) {
            if (!place.isEmpty()) {
                Rectangle pixels = place.getBounds();
                // Smoothing reaches a pixel further.
                pixels.grow(1, 1);
                graphics.fill(pixels);
            }
        }
        graphics.dispose();
        return covered;
    }

    private static boolean isSmall(PixelDifference difference, BufferedImage actual) {
        return difference.pixels() * 1_000_000L <= (long) MOST_DIFFERING * actual.getWidth() * actual.getHeight();
    }

    private static Path write(BufferedImage picture, Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }
}
