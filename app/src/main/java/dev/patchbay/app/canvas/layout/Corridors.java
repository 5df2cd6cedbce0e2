package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// The free corridors between lanes: the gutter, one corridor above, one below and one beside each lane.
/// A route is empty when a lane blocks it, which happens after much growth.
final class Corridors {
    private static final double HALF_GAP = Dimensions.GAP / 2;

    /// Left, top and bottom of each lane, in an array because the search compares each lane with all
    /// others.
    private final double[] laneEdges;

    private final Map<Rect, double[]> freeCorridors = new HashMap<>();

    Corridors(List<Rect> lanes) {
        this.laneEdges = lanes.stream()
                .flatMapToDouble(lane -> DoubleStream.of(lane.x(), lane.y(), lane.bottom()))
                .toArray();
    }

    /// @param y height at which the cable enters the gutter
    /// @param lane its target
    /// @param turn the corner below a card
    List<Point> fromGutter(double y, Rect lane, Point turn) {
        List<Point> route = new ArrayList<>(List.of(new Point(CableRoutes.GUTTER, y)));
        if (isLeftmost(lane)) {
            route.add(new Point(CableRoutes.GUTTER, turn.y()));
        } else {
            double[] aisles = freeCorridors(lane);
            if (aisles.length == 0) {
                return List.of();
            }
            double aisle = nearest(aisles, y);
            route.add(new Point(CableRoutes.GUTTER, aisle));
            route.add(new Point(sideCorridor(lane), aisle));
            route.add(new Point(sideCorridor(lane), turn.y()));
        }
        route.add(turn);
        return route;
    }

    /// @param from below a card
    /// @param to above a rail
    List<Point> between(Rect here, Point from, Rect there, Point to) {
        CorridorPath path = connectionBetween(here, there, to.y());
        if (path == null) {
            return List.of();
        }
        boolean rightwards = path.isSingleCorridor() && there.x() > here.x();
        double side = rightwards ? here.right() + HALF_GAP : sideCorridor(here);
        List<Point> route = new ArrayList<>(List.of(from, new Point(side, from.y())));
        route.addAll(path.points(side, sideCorridor(there)));
        route.add(new Point(sideCorridor(there), to.y()));
        route.add(to);
        return route;
    }

    /// From the right side of one box to the left side of another box of the same lane.
    ///
    /// @param from at the height of a rail
    /// @param to at the height of a rail
    List<Point> joinParts(Rect here, Point from, Rect there, Point to) {
        CorridorPath path = connectionBetween(here, there, to.y());
        if (path == null) {
            return List.of();
        }
        List<Point> route = new ArrayList<>(List.of(from));
        route.addAll(path.points(from.x(), to.x()));
        route.add(to);
        return route;
    }

    /// A route along one corridor, or out to the gutter through one corridor and back through another.
    ///
    /// @param exitY height of the corridor of the first lane
    /// @param entryY height of the corridor of the other lane
    private record CorridorPath(double exitY, double entryY) {
        boolean isSingleCorridor() {
            return exitY == entryY;
        }

        List<Point> points(double x, double toX) {
            Point begin = new Point(x, exitY);
            Point end = new Point(toX, entryY);
            return isSingleCorridor()
                    ? List.of(begin, end)
                    : List.of(begin, new Point(CableRoutes.GUTTER, exitY), new Point(CableRoutes.GUTTER, entryY), end);
        }
    }

    /// The shortest route to this height; null when all corridors of one of the two lanes are blocked.
    private @Nullable CorridorPath connectionBetween(Rect here, Rect there, double y) {
        double[] out = freeCorridors(here);
        double[] in = freeCorridors(there);
        if (out.length == 0 || in.length == 0) {
            return null;
        }
        double leave = nearest(out, y);
        return new CorridorPath(leave, nearest(in, leave));
    }

    private static boolean isLeftmost(Rect lane) {
        return lane.x() <= Dimensions.HOST_WIDTH + Dimensions.GUTTER + 1;
    }

    private static double sideCorridor(Rect lane) {
        return isLeftmost(lane) ? CableRoutes.GUTTER : lane.x() - HALF_GAP;
    }

    /// The corridors above and below a lane that are free up to the gutter.
    private double[] freeCorridors(Rect lane) {
        return freeCorridors.computeIfAbsent(
                lane,
                _ -> DoubleStream.of(lane.y() - HALF_GAP, lane.bottom() + HALF_GAP)
                        .filter(y -> isFree(lane.right(), y))
                        .toArray());
    }

    private boolean isFree(double right, double y) {
        for (int i = 0; i < laneEdges.length; i += 3) {
            if (laneEdges[i] < right && laneEdges[i + 1] < y && laneEdges[i + 2] > y) {
                return false;
            }
        }
        return true;
    }

    private static double nearest(double[] aisles, double y) {
        double nearest = aisles[0];
        for (double aisle : aisles) {
            if (Math.abs(aisle - y) < Math.abs(nearest - y)) {
                nearest = aisle;
            }
        }
        return nearest;
    }
}
