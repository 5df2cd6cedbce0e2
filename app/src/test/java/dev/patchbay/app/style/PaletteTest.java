package dev.patchbay.app.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaletteTest {
    private static final Pattern COLOUR_LITERAL = Pattern.compile(
            "\"#[0-9a-fA-F]{3,8}\"|Color\\.(rgb|web|hsb|gray|valueOf|(?!TRANSPARENT\\b)[A-Z]{3,})\\b|-fx-[a-z-]*color\\s*:\\s*#");

    @ParameterizedTest
    @EnumSource(Theme.class)
    void everyThemeDefinesTheSameTokens(Theme theme) {
        assertThat(Palette.of(theme).names()).isEqualTo(Palette.of(Theme.DARK).names());
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void textIsReadable(Theme theme) {
        Palette palette = Palette.of(theme);
        double least = theme == Theme.HIGH_CONTRAST ? 7 : 4.5;
        for (String ground : List.of("ground", "panel", "card", "well", "raised")) {
            for (String text : List.of("text", "text-muted", "text-dimmed", "good", "bad")) {
                assertContrast(palette, text, palette.colour(ground), ground, least);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void whatIsFilledPickedOrCountedIsReadable(Theme theme) {
        Palette palette = Palette.of(theme);
        double least = theme == Theme.HIGH_CONTRAST ? 7 : 4.5;
        assertContrast(palette, "accent-text", palette.colour("accent-fill"), "a button that is filled", least);
        assertContrast(palette, "ground", palette.colour("bad"), "a count", least);
        for (String text : List.of("text", "text-muted", "focus")) {
            assertContrast(palette, text, palette.colour("picked"), "picked", least);
        }
        assertContrast(palette, "text", palette.colour("card-hover"), "card-hover", least);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void lanesAreReadableOnTheirOwnHeaders(Theme theme) {
        Palette palette = Palette.of(theme);
        for (String lane : lanes()) {
            Color header = mix(
                    palette.colour(lane),
                    mix(palette.colour(lane), palette.colour("ground"), palette.tint("lane")),
                    palette.tint("header"));
            assertContrast(palette, lane, header, "its header", 4.5);
            assertContrast(palette, "text-muted", header, "the header of " + lane, 4.5);
            Color dimmed = mix(header, palette.colour("ground"), palette.tint("dimmed"));
            assertContrast(palette, "text-dimmed", dimmed, "the dimmed header of " + lane, 4.5);
            Color pin = mix(palette.colour(lane), palette.colour("well"), palette.tint("pin"));
            assertContrast(palette, lane, pin, "its pin", 4.5);
        }
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void lanesCanBeToldApart(Theme theme) {
        Palette palette = Palette.of(theme);
        List<String> lanes = lanes();
        for (int i = 0; i < lanes.size(); i++) {
            for (int j = 0; j < i; j++) {
                Color a = palette.colour(lanes.get(i));
                Color b = palette.colour(lanes.get(j));
                double apart = Math.abs(a.getRed() - b.getRed())
                        + Math.abs(a.getGreen() - b.getGreen())
                        + Math.abs(a.getBlue() - b.getBlue());
                assertThat(apart).as("%s and %s", lanes.get(i), lanes.get(j)).isGreaterThan(0.2);
            }
        }
    }

    @Test
    void noJavaSourceHoldsAColour() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                if (source.endsWith(Path.of("style", "Palette.java"))) {
                    continue;
                }
                assertThat(COLOUR_LITERAL.matcher(Files.readString(source)).results())
                        .as("colours in %s, which belong into the tokens", source)
                        .isEmpty();
            }
        }
    }

    private static List<String> lanes() {
        List<String> lanes = new ArrayList<>(List.of("lane-bridge"));
        for (int i = 1; i <= Palette.LANE_COLOURS; i++) {
            lanes.add("lane-" + i);
        }
        return lanes;
    }

    private static Color mix(Color over, Color under, double opacity) {
        return under.interpolate(over, opacity);
    }

    private static void assertContrast(Palette palette, String text, Color ground, String where, double least) {
        double a = luminance(palette.colour(text));
        double b = luminance(ground);
        double ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        assertThat(ratio).as("contrast of %s on %s", text, where).isGreaterThanOrEqualTo(least);
    }

    /** Relative luminance as WCAG defines it. */
    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.03928 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
