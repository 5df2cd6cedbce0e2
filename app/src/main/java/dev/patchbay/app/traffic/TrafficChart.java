package dev.patchbay.app.traffic;

import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.DisplayFormat;
import dev.patchbay.app.text.Messages;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.List;
import java.util.function.DoubleFunction;
import javafx.scene.Node;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.fx.ChartViewer;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYAreaRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jspecify.annotations.Nullable;

/// A chart with received bytes per second as an area and sent bytes as a line; the present is at the
/// right.
final class TrafficChart {
    /// The smallest upper end of the scale, so that the noise of idle links stays low.
    private static final double MIN_TOP = 1000;
    private static final double HEADROOM = 1.15;
    private static final int TICKS = 4;
    private static final Font TIME_FONT = Fonts.awtFont(10);
    /// Differs slightly from the other font: the chart library does not set the same font twice, though
    /// the canvas has reset it.
    private static final Font RATE_FONT = TIME_FONT.deriveFont(10.01f);

    private final XYSeries received = new XYSeries(Messages.of("traffic.received"));
    private final XYSeries sent = new XYSeries(Messages.of("traffic.sent"));
    private final XYAreaRenderer areas = new XYAreaRenderer();
    private final XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
    private final NumberAxis time = new NumberAxis();
    private final NumberAxis rate = new NumberAxis();
    private final boolean labelled;
    private final JFreeChart chart;
    private final ChartViewer viewer;

    /// @param labelled whether the axes have labels
    TrafficChart(boolean labelled) {
        this.labelled = labelled;
        chart = ChartFactory.createXYLineChart(null, null, null, null);
        chart.removeLegend();
        XYPlot plot = chart.getXYPlot();
        XYSeriesCollection both = new XYSeriesCollection(received);
        both.addSeries(sent);
        plot.setDataset(0, new XYSeriesCollection(received));
        plot.setDataset(1, both);
        plot.setRenderer(0, areas);
        plot.setRenderer(1, lines);
        lines.setDefaultStroke(new BasicStroke(1.6f));
        lines.setAutoPopulateSeriesStroke(false);
        plot.setDomainAxis(time);
        plot.setRangeAxis(rate);
        time.setNumberFormatOverride(new LabelFormat(TrafficChart::agoText));
        rate.setNumberFormatOverride(new LabelFormat(DisplayFormat::byteRate));
        rate.setAutoTickUnitSelection(false);
        time.setTickLabelFont(TIME_FONT);
        rate.setTickLabelFont(RATE_FONT);
        for (NumberAxis axis : List.of(time, rate)) {
            axis.setTickMarksVisible(false);
            axis.setAxisLineVisible(false);
            axis.setTickLabelsVisible(labelled);
            axis.setVisible(labelled);
        }
        // The library does not set the same stroke twice either, so its own outline would appear in two
        // widths.
        plot.setOutlineVisible(false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(labelled);
        plot.setInsets(labelled ? new RectangleInsets(2, 0, 0, 14) : RectangleInsets.ZERO_INSETS);
        if (!labelled) {
            chart.setPadding(RectangleInsets.ZERO_INSETS);
            plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        }
        viewer = new ChartViewer(chart);
        viewer.setMinSize(0, 0);
        viewer.setFocusTraversable(false);
        viewer.getCanvas().setFocusTraversable(false);
        viewer.setAccessibleText(Messages.of("traffic.accessible"));
        // The axes follow the clock and the counters, so they cannot be dragged or zoomed.
        viewer.setMouseTransparent(true);
    }

    Node node(double height) {
        viewer.setPrefHeight(height);
        viewer.setMinHeight(height);
        viewer.setMaxHeight(height);
        return viewer;
    }

    private static String agoText(double seconds) {
        long ago = Math.round(-seconds);
        if (ago == 0) {
            return Messages.of("traffic.present");
        }
        return ago % 60 == 0 && ago >= 120
                ? Messages.of("traffic.minutesAgo", ago / 60)
                : Messages.of("traffic.secondsAgo", ago);
    }

    void setTheme(Theme theme) {
        Palette palette = Palette.of(theme);
        Color muted = awt(palette.colour("text-muted"), 1);
        Color border = awt(palette.colour("panel-border"), 1);
        XYPlot plot = chart.getXYPlot();
        chart.setBackgroundPaint(awt(palette.colour(labelled ? "panel" : "well"), 1));
        plot.setBackgroundPaint(awt(palette.colour("well"), 1));
        plot.setRangeGridlinePaint(border);
        time.setTickLabelPaint(muted);
        rate.setTickLabelPaint(muted);
        areas.setSeriesPaint(0, awt(palette.colour("accent"), 0.3));
        lines.setSeriesPaint(0, awt(palette.colour("accent"), 1));
        lines.setSeriesPaint(1, awt(palette.colour("good"), 1));
    }

    private static Color awt(javafx.scene.paint.Color colour, double opacity) {
        return new Color((float) colour.getRed(), (float) colour.getGreen(), (float) colour.getBlue(), (float) opacity);
    }

    void show(List<TrafficPoint> points, TrafficSpan span) {
        received.clear();
        sent.clear();
        double top = MIN_TOP;
        for (TrafficPoint point : points) {
            received.add(-point.secondsAgo(), point.received(), false);
            sent.add(-point.secondsAgo(), point.sent(), false);
            top = Math.max(top, Math.max(point.received(), point.sent()) * HEADROOM);
        }
        time.setRange(-span.seconds(), 0);
        time.setTickUnit(new NumberTickUnit(span.seconds() / (double) TICKS));
        rate.setRange(0, top);
        rate.setTickUnit(new NumberTickUnit(labelled ? niceStep(top / TICKS) : top));
        received.fireSeriesChanged();
        sent.fireSeriesChanged();
    }

    /// The next larger value of 1, 2 or 5 times a power of ten.
    private static double niceStep(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        double digit = step / power;
        return (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10) * power;
    }

    /// Formats the labels of an axis as the rest of the window does.
    private static final class LabelFormat extends NumberFormat {
        private final transient DoubleFunction<String> words;

        LabelFormat(DoubleFunction<String> words) {
            this.words = words;
        }

        @Override
        public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
            return to.append(words.apply(number));
        }

        @Override
        public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
            return format((double) number, to, position);
        }

        /// Labels are never parsed.
        @Override
        public @Nullable Number parse(String source, ParsePosition position) {
            position.setErrorIndex(position.getIndex());
            return null;
        }
    }
}
