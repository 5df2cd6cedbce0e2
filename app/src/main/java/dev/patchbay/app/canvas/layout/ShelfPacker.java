package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Arrangement.Part;
import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.engine.Id;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Packs all lanes in reading order onto shelves. Each shelf is as wide as the page and as high as its
/// highest lane.
///
/// @param pageUnits width that the lanes were packed into
record ShelfPacker(int pageUnits, Map<Id, Part> lanes) {
    static final int MIN_PAGE = 9;
    /// Room for a card and a plug.
    static final int MIN_LANE_UNITS = 3;

    private static final int MAX_PAGE = 161;
    private static final int MAX_ROWS = 12;
    private static final double LEFT = Dimensions.HOST_WIDTH + Dimensions.GUTTER;
    private static final double WINDOW_RATIO = 1.7;

    /// @param units number of units of cards and plugs of each lane, in reading order
    /// @param hostHeight estimated height of the panel beside the lanes
    static ShelfPacker of(Map<Id, Integer> units, double hostHeight) {
        Trial best = null;
        for (int rows = 1; rows <= MAX_ROWS; rows++) {
            for (int page = MIN_PAGE; page <= MAX_PAGE; page += 2) {
                Trial trial = new Trial(page, rows, units);
                if (best == null || trial.extent(hostHeight) < best.extent(hostHeight)) {
                    best = trial;
                }
            }
        }
        return best == null ? new ShelfPacker(MIN_PAGE, Map.of()) : new ShelfPacker(best.page, best.positions());
    }

    static double pageRight(int pageUnits) {
        return LEFT + Dimensions.laneWidth(pageUnits);
    }

    private record Lane(Id network, int units, int rows) {}

    /// The result of packing everything into a page of this width.
    private static final class Trial {
        private final int page;
        private final List<List<Lane>> shelves = new ArrayList<>();

        Trial(int page, int rows, Map<Id, Integer> units) {
            this.page = page;
            units.forEach((network, wanted) -> put(shape(network, wanted, rows)));
        }

        private Lane shape(Id network, int wanted, int rows) {
            boolean oneRow = wanted <= (page == MIN_PAGE ? page - 1 : MIN_LANE_UNITS);
            int used = oneRow ? 1 : rows;
            int width = used == 1 ? wanted : 2 * ((wanted + 2 * used - 1) / (2 * used));
            while (width > page) {
                used++;
                width = 2 * ((wanted + 2 * used - 1) / (2 * used));
            }
            return new Lane(network, Math.max(MIN_LANE_UNITS, width), used);
        }

        private void put(Lane lane) {
            // On a page with few networks, the first one has a shelf of its own.
            boolean alone = page == MIN_PAGE && shelves.size() == 1;
            if (shelves.isEmpty() || alone || width(shelves.getLast()) + Dimensions.GAP + width(lane) > width(page)) {
                shelves.add(new ArrayList<>());
            }
            shelves.getLast().add(lane);
        }

        /// The size of the window that shows all of it.
        double extent(double hostHeight) {
            double height = -Dimensions.GAP;
            for (List<Lane> shelf : shelves) {
                height += Dimensions.GAP + Dimensions.laneHeight(rows(shelf));
            }
            double lanes = Math.max(pageRight(page) / WINDOW_RATIO, height);
            // Beside a long port rail all widths would have the same height, so the height of the lanes
            // counts a little as well.
            return Math.max(lanes, hostHeight) + lanes / 20;
        }

        Map<Id, Part> positions() {
            Map<Id, Part> parts = new LinkedHashMap<>();
            double y = 0;
            for (List<Lane> shelf : shelves) {
                double spare = width(page) - width(shelf);
                // On a small page the lanes fill their shelf. On a large page with many lanes that would
                // only add empty ends.
                double share = page == MIN_PAGE || spare < 0.3 * width(page) ? Math.floor(spare / shelf.size()) : 0;
                double x = LEFT;
                for (Lane lane : shelf) {
                    double width = width(lane) + share;
                    int units = (int) ((width - Dimensions.laneWidth(0)) / Dimensions.UNIT);
                    parts.put(lane.network, new Part(x, y, units, rows(shelf), width - Dimensions.laneWidth(units)));
                    x += width + Dimensions.GAP;
                }
                y += Dimensions.laneHeight(rows(shelf)) + Dimensions.GAP;
            }
            return parts;
        }

        private static int rows(List<Lane> shelf) {
            return shelf.stream().mapToInt(Lane::rows).max().orElse(1);
        }

        private static double width(int units) {
            return Dimensions.laneWidth(units);
        }

        private static double width(Lane lane) {
            return width(lane.units);
        }

        private static double width(List<Lane> shelf) {
            return shelf.stream()
                            .mapToDouble(lane -> width(lane) + Dimensions.GAP)
                            .sum()
                    - Dimensions.GAP;
        }
    }
}
