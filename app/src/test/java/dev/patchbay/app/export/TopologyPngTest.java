package dev.patchbay.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.TestTopologyBuilder;
import dev.patchbay.app.style.Theme;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TopologyPngTest {
    private static final Path PICTURES = Path.of("target", "pictures");

    static Stream<Arguments> scenes() {
        Map<String, TestTopologyBuilder> scenes = new LinkedHashMap<>();
        scenes.put("target", SampleTopologies.target());
        scenes.put("empty", SampleTopologies.empty());
        scenes.put("seed-session", SampleTopologies.seedSession());
        scenes.put("sixty", SampleTopologies.many(60, 7));
        scenes.put("three-hundred", SampleTopologies.many(300, 12));
        scenes.put("thousand-on-one", SampleTopologies.many(1000, 1));
        scenes.put("hostile", SampleTopologies.hostile());
        return scenes.entrySet().stream()
                .flatMap(scene -> Stream.of(Theme.DARK, Theme.LIGHT)
                        .map(theme -> Arguments.of(scene.getKey(), theme, scene.getValue())));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("scenes")
    void isAPngOfTheAskedSizeWithSomethingOnIt(String name, Theme theme, TestTopologyBuilder scene) throws IOException {
        Files.createDirectories(PICTURES);
        Path file = PICTURES.resolve(name + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png");

        TopologyPng.write(scene.build(), file, theme, 1216, 700);

        var image = ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(file)));
        assertThat(image.getWidth()).isEqualTo(1216);
        assertThat(image.getHeight()).isEqualTo(700);
        assertThat(Stream.iterate(0, x -> x + 3)
                        .limit(400)
                        .map(x -> image.getRGB(x, 100))
                        .distinct()
                        .count())
                .as("different colours along one line")
                .isGreaterThan(3);
    }

    @Test
    void memoryDoesNotLimitItsSize() throws IOException {
        Files.createDirectories(PICTURES);
        Path file = PICTURES.resolve("large.png");
        TopologyPng.write(SampleTopologies.target().build(), file, Theme.DARK, TopologyPng.MAX_SIDE, 700);
        var image = ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(file)));
        assertThat(image.getWidth()).isEqualTo(TopologyPng.MAX_SIDE);
        assertThat(image.getHeight()).isEqualTo(700);
        assertThat(IntStream.range(TopologyPng.MAX_SIDE / 2 - 600, TopologyPng.MAX_SIDE / 2 + 600)
                        .map(x -> image.getRGB(x, 300))
                        .distinct()
                        .count())
                .as("different colours across the bands in the middle")
                .isGreaterThan(3);
    }
}
