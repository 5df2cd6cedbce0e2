package dev.patchbay.app.screenshot;

import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;

/// Where two pictures of the same size differ.
///
/// On a plain area, where a pixel and its neighbours have one colour in both pictures, the colours must be equal: a
/// dark theme's surfaces are only nine shades apart. At an edge a pixel differs when its colour lies outside of the
/// colours that the other picture has there and in the eight pixels around it. So another version of the font
/// library may smooth an edge in another way, but nothing may move by two pixels, appear, disappear or change its
/// colour.
final class PixelDifference {
    /// Of 255, in any of red, green and blue: what one machine and the next may draw differently at an edge. Two
    /// runs on one machine draw the same to the bit, headless and on an X server alike.
    private static final int EDGE_SHADES = 6;

    /// As far apart as the colours of neighbours may be on a plain area, and of the same plain area in two pictures.
    private static final int PLAIN_SHADES = 1;

    private final BufferedImage expected;
    private final BufferedImage actual;
    private final boolean[] differs;
    private final int pixels;

    PixelDifference(BufferedImage expected, BufferedImage actual) {
        this.expected = expected;
        this.actual = actual;
        boolean sameSize = expected.getWidth() == actual.getWidth() && expected.getHeight() == actual.getHeight();
        differs = new boolean[sameSize ? actual.getWidth() * actual.getHeight() : 0];
        if (sameSize) {
            mark(expected, actual);
            mark(actual, expected);
        }
        int count = 0;
        for (boolean pixel : differs) {
            count += pixel ? 1 : 0;
        }
        pixels = sameSize ? count : actual.getWidth() * actual.getHeight();
    }

    /// Of another size, all of them.
    int pixels() {
        return pixels;
    }

    /// The actual picture, faint, with what differs in red.
    BufferedImage shown() {
        BufferedImage shown = new BufferedImage(actual.getWidth(), actual.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < shown.getHeight(); y++) {
            for (int x = 0; x < shown.getWidth(); x++) {
                Color colour = new Color(actual.getRGB(x, y));
                int faint = 160 + (colour.getRed() + colour.getGreen() + colour.getBlue()) / 9;
                boolean red = differs.length == 0 || differs[y * shown.getWidth() + x];
                shown.setRGB(x, y, red ? Color.RED.getRGB() : new Color(faint, faint, faint).getRGB());
            }
        }
        return shown;
    }

    /// The smallest rectangle with every pixel that differs; empty when none does, or the sizes differ.
    private Rectangle place() {
        Rectangle place = new Rectangle(-1, -1);
        for (int at = 0; at < differs.length; at++) {
            if (differs[at]) {
                place.add(new Rectangle(at % actual.getWidth(), at / actual.getWidth(), 1, 1));
            }
        }
        return place;
    }

    private void mark(BufferedImage picture, BufferedImage other) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] here = picture.getRGB(0, 0, width, height, null, 0, width);
        int[] there = other.getRGB(0, 0, width, height, null, 0, width);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                if (here[at] != there[at] && differs(here, there, x, y, width, height)) {
                    differs[at] = true;
                }
            }
        }
    }

    private static boolean differs(int[] here, int[] there, int x, int y, int width, int height) {
        int colour = here[y * width + x];
        boolean plain = true;
        boolean equal = true;
        for (int shift = 0; shift <= 16; shift += 8) {
            int least = 255;
            int most = 0;
            int leastHere = 255;
            int mostHere = 0;
            for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
                for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
                    int part = there[ny * width + nx] >> shift & 0xff;
                    least = Math.min(least, part);
                    most = Math.max(most, part);
                    int partHere = here[ny * width + nx] >> shift & 0xff;
                    leastHere = Math.min(leastHere, partHere);
                    mostHere = Math.max(mostHere, partHere);
                }
            }
            int part = colour >> shift & 0xff;
            if (part < least - EDGE_SHADES || part > most + EDGE_SHADES) {
                return true;
            }
            plain &= most - least <= PLAIN_SHADES && mostHere - leastHere <= PLAIN_SHADES;
            equal &= part >= least - PLAIN_SHADES && part <= most + PLAIN_SHADES;
        }
        return plain && !equal;
    }

    @Override
    public String toString() {
        Rectangle place = place();
        return pixels + " of " + actual.getWidth() * actual.getHeight() + " pixels differ"
                + (place.isEmpty()
                        ? ""
                        : ", all of them in " + place.width + "×" + place.height + " at " + place.x + "," + place.y)
                + " (expected " + expected.getWidth() + "×" + expected.getHeight() + ", is " + actual.getWidth() + "×"
                + actual.getHeight() + ")";
    }
}
