package dev.patchbay.app.canvas.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/// Spreads cables that run along the same corridor over parallel tracks. The first and last piece of a cable stay where
/// they are: they end at a jack, a pin or a plug.
public final class Tracks {
    private Tracks() {}

    /// @param routes corners of each cable; pieces alternate between across and down
    /// @param spacing between two tracks when there is room
    /// @param roomAcross how far the tracks of the corridor at this height may spread in all
    /// @param roomDown likewise for the corridor at this x
    public static List<List<Point>> spread(
            List<List<Point>> routes, double spacing, DoubleUnaryOperator roomAcross, DoubleUnaryOperator roomDown) {
        double[][][] moved = new double[routes.size()][][];
        Map<Double, List<Piece>> across = new TreeMap<>();
        Map<Double, List<Piece>> down = new TreeMap<>();
        for (int cable = 0; cable < routes.size(); cable++) {
            List<Point> route = routes.get(cable);
            moved[cable] = new double[route.size()][2];
            for (int i = 1; i + 2 < route.size(); i++) {
                Piece piece = new Piece(cable, i, route);
                (piece.isAcross() ? across : down)
                        .computeIfAbsent(piece.line(), line -> new ArrayList<>())
                        .add(piece);
            }
        }
        across.forEach((y, pieces) -> assign(pieces, spacing, roomAcross.applyAsDouble(y), moved));
        down.forEach((x, pieces) -> assign(pieces, spacing, roomDown.applyAsDouble(x), moved));
        List<List<Point>> result = new ArrayList<>();
        for (int cable = 0; cable < routes.size(); cable++) {
            List<Point> route = new ArrayList<>();
            for (int i = 0; i < routes.get(cable).size(); i++) {
                Point corner = routes.get(cable).get(i);
                route.add(new Point(corner.x() + moved[cable][i][0], corner.y() + moved[cable][i][1]));
            }
            result.add(List.copyOf(route));
        }
        return result;
    }

    private static void assign(List<Piece> pieces, double spacing, double room, double[][][] moved) {
        List<Piece> ordered = new ArrayList<>(pieces);
        ordered.sort(Comparator.comparingDouble(Piece::order).thenComparingInt(Piece::cable));
        List<List<Piece>> tracks = new ArrayList<>();
        for (Piece piece : ordered) {
            // The track after the last one that is taken here: the order of cables that run side by side is kept.
            int track = tracks.size();
            while (track > 0 && tracks.get(track - 1).stream().noneMatch(piece::overlaps)) {
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
            for (Piece piece : tracks.get(track)) {
                int axis = piece.isAcross() ? 1 : 0;
                moved[piece.cable][piece.index][axis] = offset;
                moved[piece.cable][piece.index + 1][axis] = offset;
            }
        }
    }

    /// One straight piece of a cable, from corner `index` to the next.
    private record Piece(int cable, int index, List<Point> route) {
        Point from() {
            return route.get(index);
        }

        Point to() {
            return route.get(index + 1);
        }

        boolean isAcross() {
            return from().y() == to().y();
        }

        double line() {
            return isAcross() ? from().y() : from().x();
        }

        double low() {
            return isAcross() ? Math.min(from().x(), to().x()) : Math.min(from().y(), to().y());
        }

        double high() {
            return isAcross() ? Math.max(from().x(), to().x()) : Math.max(from().y(), to().y());
        }

        boolean overlaps(Piece other) {
            return low() - 8 < other.high() && other.low() - 8 < high();
        }

        /// Low runs left or on top. What leaves a corridor upwards after a short way lies above what goes further;
        /// what goes down from a high jack lies to the right of what starts lower. So fewer cables cross.
        double order() {
            if (isAcross()) {
                boolean leavesUp = route.get(index + 2).y() < to().y();
                return leavesUp ? high() - low() : 1e6 - (high() - low());
            }
            boolean goesDown = to().y() > from().y();
            return goesDown ? 1e6 - from().y() : from().y();
        }
    }
}
