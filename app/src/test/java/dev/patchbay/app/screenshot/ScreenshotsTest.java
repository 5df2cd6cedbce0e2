package dev.patchbay.app.screenshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.TestTopologyBuilder;
import dev.patchbay.app.export.TopologyPng;
import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import dev.patchbay.engine.net.Protocol;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a comparison lets pass and what it does not.
class ScreenshotsTest {
    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;

    @TempDir
    Path directory;

    private Path expectations;
    private Path failures;

    @BeforeEach
    void directories() {
        expectations = directory.resolve("expected");
        failures = directory.resolve("failed");
    }

    private Screenshots comparing() {
        return new Screenshots(expectations, failures, false);
    }

    private Screenshots accepting() {
        return new Screenshots(expectations, failures, true);
    }

    private BufferedImage drawn(TestTopologyBuilder topology, Theme theme) throws IOException {
        Path file = directory.resolve("drawn.png");
        TopologyPng.write(topology.build(), file, theme, WIDTH, HEIGHT);
        return ImageIO.read(file.toFile());
    }

    private static TestTopologyBuilder named(String container) {
        return new TestTopologyBuilder()
                .network("mydockernet", "172.18.0.0/16")
                .container(container, "httpd:2.4", "mydockernet", "80/tcp")
                .publish(container, "0.0.0.0", 8080, 80, Protocol.TCP);
    }

    @Test
    void theSameSceneIsTheSame() throws IOException {
        accepting().compare(drawn(SampleTopologies.target(), Theme.DARK), "scene");
        assertThatCode(() -> comparing().compare(drawn(SampleTopologies.target(), Theme.DARK), "scene"))
                .doesNotThrowAnyException();
        assertThat(failures).doesNotExist();
    }

    @Test
    void oneDigitOfANameIsSeenAndShown() throws IOException {
        accepting().compare(drawn(named("web01"), Theme.LIGHT), "scene");
        assertThatThrownBy(() -> comparing().compare(drawn(named("web02"), Theme.LIGHT), "scene"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("scene.png is no longer what is shown")
                .hasMessageContaining("-Dpatchbay.pictures=accept");
        BufferedImage difference =
                ImageIO.read(failures.resolve("scene-difference.png").toFile());
        assertThat(difference.getWidth()).isEqualTo(WIDTH);
        assertThat(failures.resolve("scene.png")).isNotEmptyFile();
    }

    @Test
    void anotherColourIsSeen() throws IOException {
        BufferedImage before = drawn(named("web01"), Theme.DARK);
        accepting().compare(before, "scene");
        BufferedImage after = copy(before);
        Graphics2D g = after.createGraphics();
        g.setColor(new Color(0xd2, 0x99, 0x22));
        g.fillOval(700, 400, 9, 9);
        g.dispose();
        assertThatThrownBy(() -> comparing().compare(after, "scene")).isInstanceOf(AssertionError.class);
    }

    @Test
    void theSentenceSaysWhereTheDifferenceIs() {
        BufferedImage before = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
        BufferedImage after = copy(before);
        after.setRGB(20, 10, 0xffffffff);
        after.setRGB(34, 13, 0xffffffff);
        assertThat(new PixelDifference(before, after))
                .hasToString(
                        "2 of 1296000 pixels differ, all of them in 15×4 at 20,10 (expected 1440×900, is 1440×900)");
        assertThat(new PixelDifference(before, copy(before)))
                .hasToString("0 of 1296000 pixels differ (expected 1440×900, is 1440×900)");
    }

    /// What a swap of two colour tokens does to a picture: every plain area of the one gets the other's colour. The
    /// nearest other token is the hardest to see.
    @ParameterizedTest
    @EnumSource
    void anExchangedTokenIsSeen(Theme theme) throws IOException {
        BufferedImage before = drawn(SampleTopologies.target(), theme);
        accepting().compare(before, "scene");
        Palette palette = Palette.of(theme);
        Set<Integer> tokens = palette.names().stream()
                .filter(name -> !name.startsWith("tint-"))
                .map(name -> rgb(palette.colour(name)))
                .collect(Collectors.toSet());
        List<Integer> plain =
                tokens.stream().filter(token -> count(before, token) >= 100).toList();
        assertThat(plain).as("tokens that cover an area").hasSizeGreaterThan(4);
        for (int token : plain) {
            int nearest = tokens.stream()
                    .filter(other -> other != token)
                    .min(Comparator.comparingInt(other -> distance(token, other)))
                    .orElseThrow();
            BufferedImage after = copy(before);
            replace(after, token, nearest);
            assertThatThrownBy(() -> comparing().compare(after, "scene"))
                    .as("#%06x instead of #%06x", nearest, token)
                    .isInstanceOf(AssertionError.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-24, -3, 3, 24})
    void aPictureThatIsALittleBrighterOrDarkerIsSeen(int shades) throws IOException {
        BufferedImage before = drawn(SampleTopologies.target(), Theme.DARK);
        accepting().compare(before, "scene");
        BufferedImage after = copy(before);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                Color colour = new Color(before.getRGB(x, y));
                after.setRGB(
                        x,
                        y,
                        new Color(
                                        Math.clamp(colour.getRed() + shades, 0, 255),
                                        Math.clamp(colour.getGreen() + shades, 0, 255),
                                        Math.clamp(colour.getBlue() + shades, 0, 255))
                                .getRGB());
            }
        }
        assertThatThrownBy(() -> comparing().compare(after, "scene")).isInstanceOf(AssertionError.class);
    }

    @Test
    void anEdgeMayBeSmoothedInAnotherWay() throws IOException {
        accepting().compare(line(0, true), "line");
        assertThatCode(() -> comparing().compare(line(0, false), "line")).doesNotThrowAnyException();
        assertThatCode(() -> comparing().compare(line(0.5, true), "line")).doesNotThrowAnyException();
        assertThatThrownBy(() -> comparing().compare(line(3, true), "line")).isInstanceOf(AssertionError.class);
    }

    @Test
    void anotherSizeIsAnotherPicture() throws IOException {
        accepting().compare(line(0, true), "line");
        BufferedImage smaller = line(0, true).getSubimage(0, 0, WIDTH - 1, HEIGHT);
        assertThatThrownBy(() -> comparing().compare(smaller, "line"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected 1440×900, is 1439×900");
    }

    @Test
    void whatDiffersInEachRunMayDifferInItsPlaceAndNowhereElse() throws IOException {
        BufferedImage before = drawn(SampleTopologies.target(), Theme.DARK);
        accepting().compare(before, "engine");
        BufferedImage after = copy(before);
        Graphics2D g = after.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(1200, 100, 80, 12);
        g.dispose();
        assertThatCode(() -> comparing().compare(after, "engine", List.of(new Rectangle(1200, 100, 80, 12))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> comparing().compare(after, "engine", List.of(new Rectangle(1200, 100, 76, 12))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("36 of 1296000 pixels differ");
        assertThatThrownBy(() -> comparing().compare(after, "engine")).isInstanceOf(AssertionError.class);
    }

    /// A picture that no test compares says nothing of what is shown.
    @Test
    void everyStoredPictureIsCompared() throws IOException {
        String tests;
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java", "dev", "patchbay", "app", "window"))) {
            tests = files.filter(file -> file.toString().endsWith(".java"))
                    .map(ScreenshotsTest::read)
                    .collect(Collectors.joining());
        }
        try (Stream<Path> stored = Files.list(Path.of("..", "docs", "screenshots"))) {
            assertThat(stored.map(file -> file.getFileName().toString()))
                    .filteredOn(file -> file.endsWith(".png"))
                    .isNotEmpty()
                    .allSatisfy(file -> {
                        String name = file.substring(0, file.length() - ".png".length());
                        String scene = name.replaceFirst("-(dark|light|high-contrast)$", "");
                        assertThat(tests)
                                .containsPattern("\"(" + name + "|" + scene + ")\"")
                                .doesNotContainPattern("keep\\([^;]*\"" + name + "\"");
                    });
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPictureThatIsMissingIsNotRight() throws IOException {
        assertThatThrownBy(() -> comparing().compare(line(0, true), "line"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("There is no picture")
                .hasMessageContaining("-Dpatchbay.pictures=accept");
        assertThat(expectations).doesNotExist();
    }

    @Test
    void acceptingLeavesAPictureThatIsStillRight() throws IOException {
        accepting().compare(line(0, true), "line");
        Path stored = expectations.resolve("line.png");
        byte[] before = Files.readAllBytes(stored);
        Path copied = Files.copy(stored, directory.resolve("before.png"));
        accepting().compare(line(0, false), "line");
        assertThat(stored).hasBinaryContent(before);
        accepting().compare(line(3, true), "line");
        assertThat(Files.mismatch(stored, copied)).isNotNegative();
    }

    private static BufferedImage line(double lower, boolean smooth) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = picture.createGraphics();
        g.setColor(Color.DARK_GRAY);
        g.fillRect(0, 0, WIDTH, HEIGHT);
        g.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING,
                smooth ? RenderingHints.VALUE_ANTIALIAS_ON : RenderingHints.VALUE_ANTIALIAS_OFF);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.setStroke(new BasicStroke(4));
        g.draw(new Line2D.Double(20, 300 + lower, 1400, 380 + lower));
        g.dispose();
        return picture;
    }

    private static int rgb(javafx.scene.paint.Color colour) {
        return new Color((float) colour.getRed(), (float) colour.getGreen(), (float) colour.getBlue()).getRGB()
                & 0xffffff;
    }

    private static int distance(int one, int other) {
        Color a = new Color(one);
        Color b = new Color(other);
        return Math.abs(a.getRed() - b.getRed())
                + Math.abs(a.getGreen() - b.getGreen())
                + Math.abs(a.getBlue() - b.getBlue());
    }

    private static int count(BufferedImage picture, int rgb) {
        return (int) IntStream.of(picture.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH))
                .filter(pixel -> (pixel & 0xffffff) == rgb)
                .count();
    }

    private static void replace(BufferedImage picture, int rgb, int by) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                if ((picture.getRGB(x, y) & 0xffffff) == rgb) {
                    picture.setRGB(x, y, 0xff000000 | by);
                }
            }
        }
    }

    private static BufferedImage copy(BufferedImage picture) {
        BufferedImage copy = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = copy.createGraphics();
        g.drawImage(picture, 0, 0, null);
        g.dispose();
        return copy;
    }
}
