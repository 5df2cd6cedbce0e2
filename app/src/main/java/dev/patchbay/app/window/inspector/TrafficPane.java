package dev.patchbay.app.window.inspector;

import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.Figures;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.viewmodel.TrafficViewModel;
import dev.patchbay.app.viewmodel.TrafficViewModel.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.List;
import java.util.function.DoubleFunction;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
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

/// What the selection received and sent in the last minute.
final class TrafficPane {
    private static final double SECONDS = 60;
    /// Below this a chart would show the noise of idle links as mountains.
    private static final double SMALLEST_TOP = 1000;

    private static final Font LABELS = new Font("Inter", Font.PLAIN, 10);

    private final XYSeries received = new XYSeries(Messages.of("traffic.received"));
    private final XYSeries sent = new XYSeries(Messages.of("traffic.sent"));
    private final XYAreaRenderer areas = new XYAreaRenderer();
    private final XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
    private final JFreeChart chart;
    private final Label now = new Label();
    private final VBox box = new VBox(8);

    TrafficPane(TrafficViewModel model) {
        chart = ChartFactory.createXYLineChart(null, null, null, null);
        chart.removeLegend();
        XYPlot plot = chart.getXYPlot();
        plot.setDataset(0, new XYSeriesCollection(received));
        plot.setDataset(1, new XYSeriesCollection(sent));
        plot.setRenderer(0, areas);
        plot.setRenderer(1, lines);
        NumberAxis time = new NumberAxis();
        time.setRange(-SECONDS, 0);
        time.setNumberFormatOverride(new Words(value -> Messages.of("traffic.secondsAgo", Math.round(-value))));
        plot.setDomainAxis(time);
        NumberAxis rate = new NumberAxis();
        rate.setNumberFormatOverride(new Words(Figures::byteRate));
        plot.setRangeAxis(rate);
        plot.setOutlineVisible(false);
        plot.setInsets(new RectangleInsets(2, 0, 0, 14));
        time.setTickUnit(new NumberTickUnit(15));
        rate.setAutoTickUnitSelection(false);
        for (NumberAxis axis : List.of(time, rate)) {
            axis.setTickLabelFont(LABELS);
            axis.setTickMarksVisible(false);
            axis.setAxisLineVisible(false);
        }
        plot.setDomainGridlinesVisible(false);
        ChartViewer viewer = new ChartViewer(chart);
        viewer.setMinSize(0, 0);
        viewer.setPrefHeight(180);
        viewer.setMaxHeight(220);
        viewer.setAccessibleText(Messages.of("traffic.accessible"));
        now.getStyleClass().add("mono");
        now.setId("trafficNow");
        Label heading = new Label(Messages.of("traffic.title"));
        heading.getStyleClass().add("section");
        VBox.setVgrow(viewer, Priority.SOMETIMES);
        box.getChildren().addAll(heading, now, viewer);
        box.getStyleClass().add("inspector-body");
        model.points().subscribe(this::show);
    }

    Node node() {
        return box;
    }

    void setTheme(Theme theme) {
        Palette palette = Palette.of(theme);
        Color muted = awt(palette.get("text-muted"), 1);
        XYPlot plot = chart.getXYPlot();
        chart.setBackgroundPaint(awt(palette.get("panel"), 1));
        plot.setBackgroundPaint(awt(palette.get("well"), 1));
        plot.setDomainGridlinePaint(awt(palette.get("panel-border"), 1));
        plot.setRangeGridlinePaint(awt(palette.get("panel-border"), 1));
        for (NumberAxis axis : List.of((NumberAxis) plot.getDomainAxis(), (NumberAxis) plot.getRangeAxis())) {
            axis.setTickLabelPaint(muted);
            axis.setAxisLinePaint(awt(palette.get("panel-border"), 1));
            axis.setTickMarkPaint(awt(palette.get("panel-border"), 1));
        }
        areas.setSeriesPaint(0, awt(palette.get("accent"), 0.35));
        lines.setSeriesPaint(0, awt(palette.get("good"), 1));
        lines.setSeriesStroke(0, new BasicStroke(1.6f));
    }

    private static Color awt(javafx.scene.paint.Color colour, double opacity) {
        return new Color((float) colour.getRed(), (float) colour.getGreen(), (float) colour.getBlue(), (float) opacity);
    }

    private void show(List<Point> points) {
        received.clear();
        sent.clear();
        double top = SMALLEST_TOP;
        for (Point point : points) {
            received.add(-point.secondsAgo(), point.received(), false);
            sent.add(-point.secondsAgo(), point.sent(), false);
            top = Math.max(top, Math.max(point.received(), point.sent()) * 1.15);
        }
        NumberAxis rate = (NumberAxis) chart.getXYPlot().getRangeAxis();
        rate.setRange(0, top);
        rate.setTickUnit(new NumberTickUnit(top / 3));
        received.fireSeriesChanged();
        sent.fireSeriesChanged();
        now.setText(
                points.isEmpty()
                        ? Messages.of("traffic.none")
                        : Messages.of(
                                "traffic.now",
                                Figures.byteRate(points.getLast().received()),
                                Figures.byteRate(points.getLast().sent())));
    }

    /// Labels of an axis, in the window's own words.
    private static final class Words extends NumberFormat {
        private final transient DoubleFunction<String> words;

        Words(DoubleFunction<String> words) {
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

        @Override
        public Number parse(String source, ParsePosition position) {
            throw new UnsupportedOperationException("an axis is never read back");
        }
    }
}
