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
    /// JavaFX registers the semi-bold face as a family of its own.
    public static final String STRONG = "Inter SemiBold";
    public static final String MONO = "JetBrains Mono";

    private static final String ROOT = "/com/formdev/flatlaf/fonts/";
    private static boolean loaded;

    private Fonts() {}

    /// Registers both families with JavaFX, which must run already. Further calls do nothing.
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

    /// JavaFX 26 has one shared object for glyph layout and lends it to its own thread or to the
    /// renderer of a canvas. It is returned before the memory allocated with it is freed. With letters
    /// that Pango shapes (Hebrew, Hindi, emoji) two users then free the same memory, and the process
    /// crashes. While it is lent, each user creates one of its own, so this method borrows it forever.
    private static void borrowGlyphLayout() {
        GlyphLayoutManager.getInstance();
    }

    /// The text font at this size for AWT, which draws the charts.
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
