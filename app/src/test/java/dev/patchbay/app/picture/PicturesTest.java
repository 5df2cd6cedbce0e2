package dev.patchbay.app.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.TopologyBuilder;
import dev.patchbay.app.canvas.TopologyPicture;
import dev.patchbay.app.style.Theme;
import dev.patchbay.engine.spec.Protocol;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a comparison lets pass and what it does not.
class PicturesTest {
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

    private Pictures comparing() {
        return new Pictures(expectations, failures, false);
    }

    private Pictures accepting() {
        return new Pictures(expectations, failures, true);
    }

    private BufferedImage drawn(TopologyBuilder topology, Theme theme) throws IOException {
        Path file = directory.resolve("drawn.png");
        TopologyPicture.write(topology.build(), file, theme, WIDTH, HEIGHT);
        return ImageIO.read(file.toFile());
    }

    private static TopologyBuilder named(String container) {
        return new TopologyBuilder()
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

    private static BufferedImage copy(BufferedImage picture) {
        BufferedImage copy = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = copy.createGraphics();
        g.drawImage(picture, 0, 0, null);
        g.dispose();
        return copy;
    }
}
