package dev.patchbay.app.canvas.paint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

/// What a cable covers of the pixels, read back from the drawn image.
class CableLineTest {
    private static final int SIZE = 240;
    private static final List<Point> BENT =
            List.of(new Point(20, 40.3), new Point(120.4, 40.3), new Point(120.4, 160.7), new Point(200, 160.7));

    @BeforeAll
    static void startTheToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @Test
    void straightPiecesCoverWholePixels() throws Exception {
        Image image = drawn(BENT, 2.8, new Camera(1, 0.4, 0));
        assertThat(column(image, 60))
                .containsOnly(0.0, 1.0)
                .satisfies(strengths -> assertThat(strengths.stream()
                                .filter(strength -> strength == 1)
                                .count())
                        .isEqualTo(3));
    }

    @Test
    void aBendTakesTheCornerOff() throws Exception {
        Image image = drawn(BENT, 3, new Camera(1, 0, 0));
        assertThat(strength(image, 120, 40)).isZero();
        assertThat(strength(image, 96, 40)).isOne();
        assertThat(strength(image, 120, 64)).isOne();
    }

    @Test
    void fromFarALineIsStillAPixelWide() throws Exception {
        assertThat(column(drawn(BENT, 1.8, new Camera(0.2, 0, 0)), 10)).contains(1.0);
    }

    @Test
    void aShortStepAsideIsACurve() throws Exception {
        List<Point> aside = List.of(new Point(10, 50), new Point(120, 50), new Point(120, 56), new Point(230, 56));
        Image image = drawn(aside, 3, new Camera(1, 0, 0));
        assertThat(reaches(image, aside)).isTrue();
        assertThat(column(image, 120)).anyMatch(strength -> strength > 0 && strength < 1);
    }

    @Test
    void whateverTheWayAndTheZoomALineHasNoGap() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            Camera camera = new Camera(0.4 + 2 * random.nextDouble(), random.nextDouble(), random.nextDouble());
            List<Point> route = route(random, SIZE / camera.scale());
            assertThat(reaches(drawn(route, 1 + 4 * random.nextDouble(), camera), viewed(route, camera)))
                    .as("%s at %s", route, camera)
                    .isTrue();
        }
    }

    private static List<Point> route(Random random, double size) {
        double x = size * (0.1 + 0.8 * random.nextDouble());
        double y = size * (0.1 + 0.8 * random.nextDouble());
        List<Point> route = new ArrayList<>(List.of(new Point(x, y)));
        for (int i = 0; i < 6; i++) {
            double to = size * (0.1 + 0.8 * random.nextDouble());
            x = i % 2 == 0 ? to : x;
            y = i % 2 == 0 ? y : to;
            route.add(new Point(x, y));
        }
        return route;
    }

    private static List<Point> viewed(List<Point> route, Camera camera) {
        return route.stream().map(camera::toView).toList();
    }

    private static Image drawn(List<Point> route, double width, Camera camera) throws Exception {
        CompletableFuture<Image> image = new CompletableFuture<>();
        Platform.runLater(() -> {
            Canvas canvas = new Canvas(SIZE, SIZE);
            GraphicsContext g = canvas.getGraphicsContext2D();
            g.setFill(Color.BLACK);
            g.fillRect(0, 0, SIZE, SIZE);
            CanvasSurface surface = new CanvasSurface(
                    g,
                    Palette.of(Theme.DARK),
                    new FontMetricsCache(),
                    new SpriteCache(),
                    HighlightedElements.none(),
                    LevelOfDetail.NEAR,
                    camera,
                    camera.visibleBox(SIZE, SIZE),
                    1);
            new CableLine(surface, route, width, 0).draw(Color.WHITE, 0);
            image.complete(canvas.snapshot(null, null));
        });
        return image.get(30, TimeUnit.SECONDS);
    }

    private static double strength(Image image, int x, int y) {
        return image.getPixelReader().getColor(x, y).getRed();
    }

    private static List<Double> column(Image image, int x) {
        List<Double> strengths = new ArrayList<>();
        for (int y = 0; y < SIZE; y++) {
            strengths.add(strength(image, x, y));
        }
        return strengths;
    }

    /// Whether one comes over pixels that the line covers from next to its start to next to its end.
    private static boolean reaches(Image image, List<Point> route) {
        boolean[][] been = new boolean[SIZE][SIZE];
        Deque<int[]> open = new ArrayDeque<>();
        enter(image, near(route.getFirst()), been, open);
        while (!open.isEmpty()) {
            int[] at = open.remove();
            enter(image, around(at, 1), been, open);
        }
        return near(route.getLast()).stream().anyMatch(at -> been[at[0]][at[1]]);
    }

    private static void enter(Image image, List<int[]> pixels, boolean[][] been, Deque<int[]> open) {
        for (int[] at : pixels) {
            if (!been[at[0]][at[1]] && strength(image, at[0], at[1]) > 0.2) {
                been[at[0]][at[1]] = true;
                open.add(at);
            }
        }
    }

    private static List<int[]> near(Point point) {
        return around(new int[] {(int) point.x(), (int) point.y()}, 3);
    }

    private static List<int[]> around(int[] at, int far) {
        List<int[]> pixels = new ArrayList<>();
        for (int x = Math.max(0, at[0] - far); x <= Math.min(SIZE - 1, at[0] + far); x++) {
            for (int y = Math.max(0, at[1] - far); y <= Math.min(SIZE - 1, at[1] + far); y++) {
                pixels.add(new int[] {x, y});
            }
        }
        return pixels;
    }
}
