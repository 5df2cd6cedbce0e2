package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.scene.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/// Spreads cables that run along the same corridor over parallel tracks. The first and last segment of a
/// cable do not move, because they end at a jack, a pin or a plug.
public final class CableTracks {
    private CableTracks() {}

    /// @param routes corners of each cable; horizontal and vertical segments alternate
    /// @param spacing distance between two tracks when there is room
    /// @param roomAcross total width of the tracks in the horizontal corridor at this height
    /// @param roomDown total width of the tracks in the vertical corridor at this x
    public static List<List<Point>> spread(
            List<List<Point>> routes, double spacing, DoubleUnaryOperator roomAcross, DoubleUnaryOperator roomDown) {
        // How far each cable's corners move; x and y alternate.
        double[][] moved = new double[routes.size()][];
        Map<Double, List<Segment>> across = new TreeMap<>();
        Map<Double, List<Segment>> down = new TreeMap<>();
        for (int cable = 0; cable < routes.size(); cable++) {
            List<Point> route = routes.get(cable);
            moved[cable] = new double[2 * route.size()];
            for (int i = 1; i + 2 < route.size(); i++) {
                Segment piece = Segment.of(cable, i, route);
                (piece.isAcross() ? across : down)
                        .computeIfAbsent(piece.line(), line -> new ArrayList<>())
                        .add(piece);
            }
        }
        across.forEach((y, pieces) -> assignTracks(pieces, spacing, roomAcross.applyAsDouble(y), moved));
        down.forEach((x, pieces) -> assignTracks(pieces, spacing, roomDown.applyAsDouble(x), moved));
        List<List<Point>> result = new ArrayList<>();
        for (int cable = 0; cable < routes.size(); cable++) {
            result.add(shifted(routes.get(cable), moved[cable]));
        }
        return result;
    }

    private static List<Point> shifted(List<Point> route, double[] by) {
        Point[] corners = new Point[route.size()];
        for (int i = 0; i < corners.length; i++) {
            Point corner = route.get(i);
            boolean stays = by[2 * i] == 0 && by[2 * i + 1] == 0;
            corners[i] = stays ? corner : new Point(corner.x() + by[2 * i], corner.y() + by[2 * i + 1]);
        }
        return List.of(corners);
    }

    private static void assignTracks(List<Segment> pieces, double spacing, double room, double[][] moved) {
        List<Segment> ordered = new ArrayList<>(pieces);
        ordered.sort(Comparator.comparingDouble(Segment::order).thenComparingInt(Segment::cable));
        List<List<Segment>> tracks = new ArrayList<>();
        for (Segment piece : ordered) {
            // Uses the track after the last one that is taken here, which keeps the order of parallel
            // cables.
            int track = tracks.size();
            while (track > 0 && isFree(tracks.get(track - 1), piece)) {
                track--;
            }
            if (track == tracks.size()) {
                tracks.add(new ArrayList<>());
            }
            tracks.get(track).add(piece);
        }
        double step = Math.min(spacing, room / Math.max(1, tracks.size() - 1));
        for (int track = 0; track < tracks.size(); track++) {
            double offset = (track - (tracks.size() - 1) / 2.0) * step;
            for (Segment piece : tracks.get(track)) {
                int axis = piece.isAcross() ? 1 : 0;
                moved[piece.cable][2 * piece.index + axis] = offset;
                moved[piece.cable][2 * piece.index + 2 + axis] = offset;
            }
        }
    }

    private static boolean isFree(List<Segment> track, Segment piece) {
        // A plain loop: with a thousand cables in the gutter it runs half a million times.
        for (int i = 0; i < track.size(); i++) {
            if (piece.overlaps(track.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// One straight segment of a cable, from corner `index` to the next.
    ///
    /// @param line position of the corridor
    /// @param low left or upper end
    private record Segment(int cable, int index, boolean isAcross, double line, double low, double high, double order) {

        static Segment of(int cable, int index, List<Point> route) {
            Point from = route.get(index);
            Point to = route.get(index + 1);
            boolean across = from.y() == to.y();
            double low = across ? Math.min(from.x(), to.x()) : Math.min(from.y(), to.y());
            double high = across ? Math.max(from.x(), to.x()) : Math.max(from.y(), to.y());
            double order = across ? orderAcross(high - low, to, route.get(index + 2)) : orderDown(from, to);
            return new Segment(cable, index, across, across ? from.y() : from.x(), low, high, order);
        }

        boolean overlaps(Segment other) {
            return low - 8 < other.high && other.low - 8 < high;
        }

        /// A low value is placed at the top. A cable that turns upwards after a short segment is placed
        /// above longer ones, so that fewer cables cross.
        private static double orderAcross(double length, Point to, Point next) {
            return next.y() < to.y() ? length : 1e6 - length;
        }

        /// A low value is placed at the left. A cable that comes down from a higher jack is placed to
        /// the right of one that starts lower.
        private static double orderDown(Point from, Point to) {
            return to.y() > from.y() ? 1e6 - from.y() : from.y();
        }
    }
}
