package dev.patchbay.app.style;

import com.sun.javafx.text.GlyphLayoutManager;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javafx.scene.text.Font;

/// Inter for text and JetBrains Mono for addresses, ids and rules, from the class path, so that the window looks the
/// same on every machine.
public final class Fonts {
    public static final String TEXT = "Inter";
    /// The semi-bold face registers as a family of its own.
    public static final String STRONG = "Inter SemiBold";
    public static final String MONO = "JetBrains Mono";

    private static final String ROOT = "/com/formdev/flatlaf/fonts/";
    private static boolean loaded;

    private Fonts() {}

    /// Makes both families known to JavaFX; needs the toolkit. Further calls do nothing.
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        for (String face : new String[] {"Regular", "SemiBold", "Bold"}) {
            load("inter/Inter-" + face + ".otf");
        }
        for (String face : new String[] {"Regular", "Bold"}) {
            load("jetbrains_mono/JetBrainsMono-" + face + ".ttf");
        }
        borrowGlyphLayout();
        loaded = true;
    }

    /// JavaFX 26 lends one object for the layout of text, to its own thread or to the renderer of a canvas, and
    /// takes it back before what was allocated with it is freed: with letters that Pango shapes (Hebrew, Hindi,
    /// emoji) both then free the same memory, and the process ends. While it is lent each makes one of its own, and
    /// here it is borrowed for good.
    private static void borrowGlyphLayout() {
        GlyphLayoutManager.getInstance();
    }

    /// The text font at this size for what is drawn with AWT's measures, as charts are.
    public static java.awt.Font awtFont(float size) {
        String file = "inter/Inter-Regular.otf";
        try (InputStream face = Fonts.class.getResourceAsStream(ROOT + file)) {
            if (face == null) {
                throw new IllegalStateException("the font " + file + " is missing");
            }
            return java.awt.Font.createFont(java.awt.Font.TRUETYPE_FONT, face).deriveFont(size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FontFormatException e) {
            throw new IllegalStateException("the font " + file + " is unreadable", e);
        }
    }

    private static void load(String file) {
        try (InputStream face = Fonts.class.getResourceAsStream(ROOT + file)) {
            if (face == null || Font.loadFont(face, 12) == null) {
                throw new IllegalStateException("the font " + file + " is missing or unreadable");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
