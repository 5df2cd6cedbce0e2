package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/// Finds the shortest orthogonal route with few bends along the corridors. A route never crosses an
/// obstacle.
public final class CableRouter {
    /// The cost of a bend, in pixels of length.
    private static final double BEND_COST = 60;

    /// The cost of crossing a rail, which is allowed but avoided.
    private static final double CROSSING_COST = 45;

    /// The cost of crossing the region of another lane, which is used only when there is no other route.
    private static final double REGION_COST = 4000;

    private static final int[][] STEPS = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};

    private final List<Rect> obstacles;
    private final List<Rect> regions;
    private final List<Rect> rails;
    private final Set<Double> xs;
    private final Set<Double> ys;
    private final Map<Double, List<Span>> blockedColumns = new HashMap<>();
    private final Map<Double, List<Span>> blockedRows = new HashMap<>();
    private final Map<Double, List<Span>> regionColumns = new HashMap<>();
    private final Map<Double, List<Span>> regionRows = new HashMap<>();

    /// @param regions boxes that only cables that end there should enter
    /// @param rails flat boxes that a route may cross at a cost
    /// @param xs the vertical corridors
    /// @param ys the horizontal corridors
    public CableRouter(List<Rect> obstacles, List<Rect> regions, List<Rect> rails, Set<Double> xs, Set<Double> ys) {
        this.obstacles = List.copyOf(obstacles);
        this.regions = List.copyOf(regions);
        this.rails = List.copyOf(rails);
        this.xs = Set.copyOf(xs);
        this.ys = Set.copyOf(ys);
    }

    /// The corners of the route between two points, including both. When every route is blocked, it has
    /// one bend and ignores obstacles.
    public List<Point> route(Point from, Point to) {
        double[] columns = sortedWith(xs, from.x(), to.x());
        double[] rows = sortedWith(ys, from.y(), to.y());
        int start = nodeIndex(columns, rows, from);
        int goal = nodeIndex(columns, rows, to);
        int nodes = columns.length * rows.length;
        double[] best = new double[nodes * 4];
        int[] previous = new int[nodes * 4];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        Arrays.fill(previous, -1);
        PriorityQueue<Visit> open = new PriorityQueue<>();
        for (int direction = 0; direction < 4; direction++) {
            best[start * 4 + direction] = 0;
            open.add(new Visit(start * 4 + direction, 0, from.distance(to)));
        }
        while (!open.isEmpty()) {
            Visit visit = open.remove();
            if (visit.cost > best[visit.state]) {
                continue;
            }
            int here = visit.state / 4;
            if (here == goal) {
                return corners(visit.state, previous, columns, rows);
            }
            int column = here % columns.length;
            int row = here / columns.length;
            for (int direction = 0; direction < 4; direction++) {
                int nextColumn = column + STEPS[direction][0];
                int nextRow = row + STEPS[direction][1];
                if (nextColumn < 0 || nextRow < 0 || nextColumn >= columns.length || nextRow >= rows.length) {
                    continue;
                }
                Point a = new Point(columns[column], rows[row]);
                Point b = new Point(columns[nextColumn], rows[nextRow]);
                double step = cost(a, b, from, to);
                double cost = visit.cost + step + (visit.state % 4 == direction ? 0 : BEND_COST);
                int state = (nextRow * columns.length + nextColumn) * 4 + direction;
                if (cost < best[state]) {
                    best[state] = cost;
                    previous[state] = visit.state;
                    double left = Math.abs(b.x() - to.x()) + Math.abs(b.y() - to.y());
                    open.add(new Visit(state, cost, cost + left));
                }
            }
        }
        return List.of(from, new Point(from.x(), to.y()), to);
    }

    private double cost(Point a, Point b, Point from, Point to) {
        boolean across = a.y() == b.y();
        List<Span> blocked = across
                ? blockedRows.computeIfAbsent(a.y(), y -> spans(obstacles, y, true))
                : blockedColumns.computeIfAbsent(a.x(), x -> spans(obstacles, x, false));
        double low = across ? Math.min(a.x(), b.x()) : Math.min(a.y(), b.y());
        double high = across ? Math.max(a.x(), b.x()) : Math.max(a.y(), b.y());
        for (Span span : blocked) {
            if (span.low < high && span.high > low) {
                return Double.POSITIVE_INFINITY;
            }
        }
        double cost = high - low;
        List<Span> foreign = across
                ? regionRows.computeIfAbsent(a.y(), y -> spans(regions, y, true))
                : regionColumns.computeIfAbsent(a.x(), x -> spans(regions, x, false));
        for (Span span : foreign) {
            if (span.low < high && span.high > low && !span.box.contains(from) && !span.box.contains(to)) {
                cost += REGION_COST;
            }
        }
        if (!across) {
            for (Rect rail : rails) {
                if (a.x() > rail.x() && a.x() < rail.right() && rail.y() > low && rail.y() <= high) {
                    cost += CROSSING_COST;
                }
            }
        }
        return cost;
    }

    private static List<Span> spans(List<Rect> boxes, double line, boolean across) {
        List<Span> spans = new ArrayList<>();
        for (Rect box : boxes) {
            if (across ? line > box.y() && line < box.bottom() : line > box.x() && line < box.right()) {
                spans.add(across ? new Span(box.x(), box.right(), box) : new Span(box.y(), box.bottom(), box));
            }
        }
        return spans;
    }

    private static List<Point> corners(int last, int[] previous, double[] columns, double[] rows) {
        List<Point> corners = new ArrayList<>();
        int direction = -1;
        for (int state = last; state >= 0; state = previous[state]) {
            int node = state / 4;
            Point point = new Point(columns[node % columns.length], rows[node / columns.length]);
            // The direction of a state is the one in which it was entered: a corner is where the next
            // state has another one.
            if (direction < 0 || previous[state] < 0 || state % 4 != direction) {
                corners.addFirst(point);
            }
            direction = state % 4;
        }
        return corners;
    }

    private static double[] sortedWith(Set<Double> lines, double... more) {
        TreeSet<Double> all = new TreeSet<>(lines);
        for (double line : more) {
            all.add(line);
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static int nodeIndex(double[] columns, double[] rows, Point point) {
        return Arrays.binarySearch(rows, point.y()) * columns.length + Arrays.binarySearch(columns, point.x());
    }

    /// The part of a line that a box covers.
    private record Span(double low, double high, Rect box) {}

    /// @param state four times the node, plus the direction in which it was entered
    /// @param estimate lower bound of the cost of the whole route through this node
    private record Visit(int state, double cost, double estimate) implements Comparable<Visit> {
        @Override
        public int compareTo(Visit other) {
            int order = Double.compare(estimate, other.estimate);
            return order != 0 ? order : Integer.compare(state, other.state);
        }
    }
}
