package dev.patchbay.app.style;

import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;

/// The font faces of the canvas, by their names in JavaFX and in SVG.
public enum Face {
    TEXT(Fonts.TEXT, FontWeight.NORMAL, "Inter, sans-serif", 400, 0.58),
    STRONG(Fonts.STRONG, FontWeight.NORMAL, "Inter, sans-serif", 600, 0.6),
    TITLE(Fonts.TEXT, FontWeight.BOLD, "Inter, sans-serif", 700, 0.62),
    MONO(Fonts.MONO, FontWeight.NORMAL, "JetBrains Mono, monospace", 400, 0.6),
    MONO_STRONG(Fonts.MONO, FontWeight.BOLD, "JetBrains Mono, monospace", 700, 0.6);

    private static final String NARROW = " !',.:;`|()/[\\]Ifijlrt";

    private final String family;
    private final FontWeight weight;
    private final String svgFamily;
    private final int svgWeight;
    private final double letterWidth;

    Face(String family, FontWeight weight, String svgFamily, int svgWeight, double letterWidth) {
        this.family = family;
        this.weight = weight;
        this.svgFamily = svgFamily;
        this.svgWeight = svgWeight;
        this.letterWidth = letterWidth;
    }

    public Font font(double size) {
        return Font.font(family, weight, size);
    }

    /// The value of `font-family`.
    public String svgFamily() {
        return svgFamily;
    }

    /// The value of `font-weight`.
    public int svgWeight() {
        return svgWeight;
    }

    /// The estimated width of a text, without measuring the font.
    public double estimatedWidth(String text, double size) {
        boolean fixedPitch = this == MONO || this == MONO_STRONG;
        return text.codePoints()
                        .mapToDouble(point -> !fixedPitch && NARROW.indexOf(point) >= 0 ? 0.37 : letterWidth)
                        .sum()
                * size;
    }
}
