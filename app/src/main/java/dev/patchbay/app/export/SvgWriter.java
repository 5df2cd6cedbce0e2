package dev.patchbay.app.export;

import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel.Tint;
import dev.patchbay.app.style.Palette;
import java.io.StringWriter;
import java.util.Locale;
import javafx.scene.paint.Color;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes shapes and text in tokens' colours. Escaping is the XML writer's.
final class SvgWriter {
    /// A face, as `font-family` and `font-weight` name it.
    enum Face {
        TEXT("Inter, sans-serif", "400", 0.56),
        STRONG("Inter, sans-serif", "600", 0.6),
        TITLE("Inter, sans-serif", "700", 0.62),
        MONO("JetBrains Mono, monospace", "400", 0.6),
        MONO_STRONG("JetBrains Mono, monospace", "700", 0.6);

        private final String family;
        private final String weight;
        /// Of the size, at most: what a letter is wide.
        private final double letterWidth;

        Face(String family, String weight, double letter) {
            this.family = family;
            this.weight = weight;
            this.letterWidth = letter;
        }
    }

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;
    private final Palette palette;

    SvgWriter(Palette palette) {
        this.palette = palette;
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    /// Nothing can go wrong with a string as the destination.
    private static IllegalStateException unexpected(XMLStreamException e) {
        return new IllegalStateException("the picture cannot be written", e);
    }

    void startDocument(Rect bounds, double margin, String title, String ground) {
        double x = bounds.x() - margin;
        double y = bounds.y() - margin;
        double width = bounds.width() + 2 * margin;
        double height = bounds.height() + 2 * margin;
        try {
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace(NAMESPACE);
            attributes(
                    "viewBox",
                    number(x) + " " + number(y) + " " + number(width) + " " + number(height),
                    "width",
                    number(width),
                    "height",
                    number(height),
                    "role",
                    "img");
            xml.writeStartElement("title");
            xml.writeCharacters(title);
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
        rect(new Rect(x, y, width, height), 0, colour(ground), "none", 0);
    }

    String finish() {
        try {
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
        return text.toString();
    }

    String colour(String token) {
        return hex(palette.colour(token));
    }

    String tint(Tint tint) {
        return hex(colourOf(tint));
    }

    private Color colourOf(Tint tint) {
        return palette.colour(
                switch (tint) {
                    case Tint.OfNetwork network -> "lane-" + network.number();
                    case Tint.OfDefaultBridge _ -> "lane-bridge";
                    case Tint.OfNoNetwork _ -> "lane-none";
                });
    }

    /// A network's colour as strong as the theme has it for this kind of part, over a ground.
    String tint(Tint tint, String strength, String ground) {
        return hex(palette.colour(ground).interpolate(colourOf(tint), palette.tint(strength)));
    }

    private static String hex(Color colour) {
        return String.format(
                Locale.ROOT,
                "#%02x%02x%02x",
                Math.round(colour.getRed() * 255),
                Math.round(colour.getGreen() * 255),
                Math.round(colour.getBlue() * 255));
    }

    void rect(Rect box, double radius, String fill, String stroke, double width, String... more) {
        element(
                "rect",
                more,
                "x",
                number(box.x() + width / 2),
                "y",
                number(box.y() + width / 2),
                "width",
                number(Math.max(0, box.width() - width)),
                "height",
                number(Math.max(0, box.height() - width)),
                "rx",
                number(radius),
                "fill",
                fill,
                "stroke",
                stroke,
                "stroke-width",
                number(width));
    }

    void circle(double x, double y, double radius, String fill, String stroke, double width) {
        element(
                "circle",
                new String[0],
                "cx",
                number(x),
                "cy",
                number(y),
                "r",
                number(radius),
                "fill",
                fill,
                "stroke",
                stroke,
                "stroke-width",
                number(width));
    }

    void path(String d, String fill, String stroke, double width, String... more) {
        element("path", more, "d", d, "fill", fill, "stroke", stroke, "stroke-width", number(width));
    }

    void text(String words, Face face, double size, String colour, double x, double baseline, double room) {
        writeText(ellipsize(words, face, size, room), face, size, colour, x, baseline, "start");
    }

    void textRight(String words, Face face, double size, String colour, double right, double baseline, double room) {
        writeText(ellipsize(words, face, size, room), face, size, colour, right, baseline, "end");
    }

    void textCentred(String words, Face face, double size, String colour, Rect box) {
        writeText(
                ellipsize(words, face, size, box.width()),
                face,
                size,
                colour,
                box.x() + box.width() / 2,
                box.y() + box.height() / 2 + size * 0.365,
                "middle");
    }

    private void writeText(String words, Face face, double size, String colour, double x, double y, String anchor) {
        if (words.isEmpty()) {
            return;
        }
        try {
            xml.writeCharacters("\n");
            xml.writeStartElement("text");
            attributes(
                    "x",
                    number(x),
                    "y",
                    number(y),
                    "font-family",
                    face.family,
                    "font-size",
                    number(size),
                    "font-weight",
                    face.weight,
                    "text-anchor",
                    anchor,
                    "fill",
                    colour);
            xml.writeCharacters(words);
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    /// About how wide a text is; nobody can say exactly without the font.
    static double width(String words, Face face, double size) {
        return words.codePointCount(0, words.length()) * size * face.letterWidth;
    }

    private static String ellipsize(String words, Face face, double size, double room) {
        int[] points = words.codePoints().toArray();
        int most = (int) (room / (size * face.letterWidth));
        if (points.length <= most || most < 2) {
            return most < 2 && points.length > most ? "" : words;
        }
        int head = most / 2;
        int tail = most - 1 - head;
        return new String(points, 0, head) + "…" + new String(points, points.length - tail, tail);
    }

    private void element(String name, String[] more, String... attributes) {
        try {
            xml.writeCharacters("\n");
            xml.writeEmptyElement(name);
            attributes(attributes);
            attributes(more);
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    private void attributes(String... pairs) throws XMLStreamException {
        for (int i = 0; i < pairs.length; i += 2) {
            xml.writeAttribute(pairs[i], pairs[i + 1]);
        }
    }

    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceFirst("\\.?0+$", "");
    }
}
