package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.style.Face;
import dev.patchbay.app.style.Palette;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/// Draws into an SVG document, with text as text. It needs no JavaFX, so the width of text is estimated.
/// The XML writer escapes.
final class SvgSurface implements DrawingSurface {
    private record Stroke(Color colour, double width, List<Double> dashes) {
        static Stroke of(Color colour, double width, double... dashes) {
            return new Stroke(colour, width, Arrays.stream(dashes).boxed().toList());
        }
    }

    private final StringWriter document = new StringWriter();
    private final XMLStreamWriter xml;
    private final Palette palette;
    private final Rect visible;
    private double opacity = 1;
    private Stroke stroke = Stroke.of(Color.TRANSPARENT, 1);

    /// @param visible the part of the scene that the document shows
    SvgSurface(Palette palette, Rect visible, String title) {
        this.palette = palette;
        this.visible = visible;
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(document);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
            String width = number(visible.width());
            String height = number(visible.height());
            xml.writeAttribute("viewBox", number(visible.x()) + " " + number(visible.y()) + " " + width + " " + height);
            xml.writeAttribute("width", width);
            xml.writeAttribute("height", height);
            xml.writeAttribute("role", "img");
            xml.writeStartElement("title");
            xml.writeCharacters(title);
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
        fill(visible, 0, colour("ground"));
    }

    /// Writing to a string cannot fail.
    private static IllegalStateException unexpected(XMLStreamException e) {
        return new IllegalStateException("the picture cannot be written", e);
    }

    /// Finishes the document.
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
        return document.toString();
    }

    @Override
    public Palette palette() {
        return palette;
    }

    @Override
    public HighlightedElements highlights() {
        return HighlightedElements.none();
    }

    @Override
    public LevelOfDetail detail() {
        return LevelOfDetail.NEAR;
    }

    @Override
    public double scale() {
        return 1;
    }

    @Override
    public Rect visible() {
        return visible;
    }

    @Override
    public void setOpacity(double value) {
        opacity = value;
    }

    @Override
    public void fill(Rect box, double radius, Color colour) {
        rectangle(box, radius, colour, null);
    }

    @Override
    public void fillHeader(Rect box, double radius, Color colour) {
        String arc = "A" + coordinates(radius, radius) + " 0 0 1 ";
        String d = "M" + coordinates(box.x(), box.bottom()) + "V" + number(box.y() + radius) + arc
                + coordinates(box.x() + radius, box.y()) + "H" + number(box.right() - radius) + arc
                + coordinates(box.right(), box.y() + radius) + "V" + number(box.bottom()) + "Z";
        shape("path", colour, null, "d", d);
    }

    @Override
    public void outline(Rect box, double radius, Color colour, double width) {
        rectangle(box.expanded(-width / 2), radius - width / 2, null, Stroke.of(colour, width));
    }

    @Override
    public void fillWithBorder(Rect box, double radius, Color fill, Color border, double width) {
        rectangle(box.expanded(-width / 2), radius - width / 2, fill, Stroke.of(border, width));
    }

    @Override
    public void stroke(Color colour, double width, double... dashes) {
        stroke = Stroke.of(colour, width, dashes);
    }

    @Override
    public void line(double x1, double y1, double x2, double y2) {
        shape("path", null, stroke, "d", "M" + coordinates(x1, y1) + "L" + coordinates(x2, y2));
    }

    @Override
    public void verticalLine(double x, double top, double bottom, Color colour, double width) {
        fill(new Rect(x - width / 2, top, width, bottom - top), 0, colour);
    }

    @Override
    public void curve(Point from, Point first, Point second, Point to) {
        String d =
                "M" + coordinates(from) + "C" + coordinates(first) + " " + coordinates(second) + " " + coordinates(to);
        shape("path", null, stroke, "d", d);
    }

    @Override
    public void strokeBorder(Rect box, double radius) {
        rectangle(box, radius, null, stroke);
    }

    @Override
    public void cable(
            List<Point> route, double width, int extraPixels, Color colour, @Nullable Color edge, double... dashes) {
        String d = bentPath(route);
        if (edge != null) {
            shape("path", null, Stroke.of(edge, width + extraPixels + 2 * CABLE_EDGE_WIDTH), "d", d);
        }
        shape("path", null, Stroke.of(colour, width + extraPixels, dashes), "d", d);
    }

    /// A path whose corners are quadratic curves, as large as both neighbouring segments allow.
    private static String bentPath(List<Point> route) {
        StringBuilder d = new StringBuilder("M" + coordinates(route.getFirst()));
        for (int i = 1; i + 1 < route.size(); i++) {
            Point corner = route.get(i);
            Point before = route.get(i - 1);
            Point after = route.get(i + 1);
            double radius =
                    Math.min(CableLine.BEND_RADIUS, Math.min(corner.distance(before), corner.distance(after)) / 2);
            d.append('L').append(coordinates(pointTowards(corner, before, radius)));
            d.append('Q')
                    .append(coordinates(corner))
                    .append(' ')
                    .append(coordinates(pointTowards(corner, after, radius)));
        }
        return d.append('L').append(coordinates(route.getLast())).toString();
    }

    private static Point pointTowards(Point from, Point to, double by) {
        double distance = from.distance(to);
        double part = distance == 0 ? 0 : by / distance;
        return new Point(from.x() + (to.x() - from.x()) * part, from.y() + (to.y() - from.y()) * part);
    }

    @Override
    public Disc disc(double radius, Color fill, Color border, double width) {
        Stroke edge = width == 0 ? null : Stroke.of(border, width);
        String r = number(radius - width / 2);
        return (x, y) -> shape("circle", fill, edge, "cx", number(x), "cy", number(y), "r", r);
    }

    @Override
    public double width(String text, Face face, double size) {
        return face.estimatedWidth(text, size);
    }

    @Override
    public void fillText(
            String text, Face face, double size, Color colour, TextAlignment alignment, double x, double baseline) {
        if (text.isEmpty()) {
            return;
        }
        try {
            xml.writeCharacters("\n");
            xml.writeStartElement("text");
            xml.writeAttribute("x", number(x));
            xml.writeAttribute("y", number(baseline));
            xml.writeAttribute("font-family", face.svgFamily());
            xml.writeAttribute("font-size", number(size));
            xml.writeAttribute("font-weight", String.valueOf(face.svgWeight()));
            xml.writeAttribute(
                    "text-anchor",
                    switch (alignment) {
                        case LEFT, JUSTIFY -> "start";
                        case CENTER -> "middle";
                        case RIGHT -> "end";
                    });
            writePaint("fill", colour);
            xml.writeCharacters(text);
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    private void rectangle(Rect box, double radius, @Nullable Color fill, @Nullable Stroke line) {
        shape(
                "rect",
                fill,
                line,
                "x",
                number(box.x()),
                "y",
                number(box.y()),
                "width",
                number(box.width()),
                "height",
                number(box.height()),
                "rx",
                number(Math.max(0, radius)));
    }

    /// @param attributes names and values, alternating
    private void shape(String name, @Nullable Color fill, @Nullable Stroke line, String... attributes) {
        try {
            xml.writeCharacters("\n");
            xml.writeEmptyElement(name);
            for (int i = 0; i < attributes.length; i += 2) {
                xml.writeAttribute(attributes[i], attributes[i + 1]);
            }
            writePaint("fill", fill);
            if (line != null) {
                writePaint("stroke", line.colour);
                xml.writeAttribute("stroke-width", number(line.width));
                if (line.dashes.isEmpty()) {
                    xml.writeAttribute("stroke-linecap", "round");
                } else {
                    xml.writeAttribute(
                            "stroke-dasharray",
                            line.dashes.stream().map(SvgSurface::number).collect(Collectors.joining(" ")));
                }
            }
            if (opacity < 1) {
                xml.writeAttribute("opacity", number(opacity));
            }
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    private void writePaint(String property, @Nullable Color colour) throws XMLStreamException {
        if (colour == null || colour.getOpacity() == 0) {
            xml.writeAttribute(property, "none");
            return;
        }
        xml.writeAttribute(property, hex(colour));
        if (!colour.isOpaque()) {
            xml.writeAttribute(property + "-opacity", number(colour.getOpacity()));
        }
    }

    private static String hex(Color colour) {
        return String.format(
                Locale.ROOT,
                "#%02x%02x%02x",
                Math.round(colour.getRed() * 255),
                Math.round(colour.getGreen() * 255),
                Math.round(colour.getBlue() * 255));
    }

    private static String coordinates(Point point) {
        return coordinates(point.x(), point.y());
    }

    private static String coordinates(double x, double y) {
        return number(x) + "," + number(y);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceFirst("\\.?0+$", "");
    }
}
