package dev.patchbay.app.style;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javafx.scene.paint.Color;

/// The colours and tints of a theme, for everything that is drawn on a canvas. They are read from the
/// style sheet that the controls use.
public final class Palette {
    private static final Pattern TOKEN = Pattern.compile("-pb-([a-z0-9-]+)\\s*:\\s*(#[0-9a-fA-F]{6}|[0-9.]+)\\s*;");
    private static final String TINT = "tint-";

    /// The number of lane colours, without the one of the default bridge.
    public static final int LANE_COLOURS = 9;

    private final Map<String, Color> colours;
    private final Map<String, Double> tints;
    private final List<Color> lanes;

    private Palette(Map<String, Color> colours, Map<String, Double> tints) {
        this.colours = Map.copyOf(colours);
        this.tints = Map.copyOf(tints);
        this.lanes = IntStream.rangeClosed(1, LANE_COLOURS)
                .mapToObj(i -> colour("lane-" + i))
                .toList();
    }

    public static Palette of(Theme theme) {
        try (InputStream sheet = theme.stylesheet().openStream()) {
            Map<String, Color> colours = new HashMap<>();
            Map<String, Double> tints = new HashMap<>();
            Matcher token = TOKEN.matcher(new String(sheet.readAllBytes(), StandardCharsets.UTF_8));
            while (token.find()) {
                if (token.group(2).startsWith("#")) {
                    colours.put(token.group(1), Color.web(token.group(2)));
                } else {
                    tints.put(token.group(1).substring(TINT.length()), Double.valueOf(token.group(2)));
                }
            }
            return new Palette(colours, tints);
        } catch (IOException e) {
            throw new UncheckedIOException("the style sheet of the theme " + theme + " cannot be read", e);
        }
    }

    /// The colour of the token `-pb-` followed by this name.
    ///
    /// @throws IllegalArgumentException when the theme does not define it
    public Color colour(String token) {
        Color colour = colours.get(token);
        if (colour == null) {
            throw new IllegalArgumentException("no token -pb-" + token);
        }
        return colour;
    }

    /// The colour of the n-th network, from 1 to [#LANE_COLOURS].
    public Color laneColour(int number) {
        return lanes.get(number - 1);
    }

    /// The strength of the token `-pb-tint-` followed by this name, 0 to 1.
    ///
    /// @throws IllegalArgumentException when the theme does not define it
    public double tint(String name) {
        Double tint = tints.get(name);
        if (tint == null) {
            throw new IllegalArgumentException("no token -pb-tint-" + name);
        }
        return tint;
    }

    /// All names that the theme defines, with the tints.
    public Set<String> names() {
        Set<String> names = new TreeSet<>(colours.keySet());
        tints.keySet().forEach(tint -> names.add(TINT + tint));
        return names;
    }
}
