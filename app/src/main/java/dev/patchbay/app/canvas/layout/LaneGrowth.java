package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Arrangement.LanePlace;
import dev.patchbay.app.canvas.layout.Arrangement.Part;
import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.app.canvas.routing.Box;
import dev.patchbay.engine.spec.Id;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ground that lanes stand on: finds room for new lanes and for more in a lane, without moving any.
final class LaneGrowth {
    private static final double LEFT = Sizes.HOST_WIDTH + Sizes.GUTTER;
    private static final int SMALLEST = 3;

    private final int pageUnits;
    private final Map<Id, LanePlace> lanes;

    LaneGrowth(int pageUnits, Map<Id, LanePlace> lanes) {
        this.pageUnits = pageUnits;
        this.lanes = new LinkedHashMap<>(lanes);
    }

    Map<Id, LanePlace> lanes() {
        return lanes;
    }

    /// A lane with room for so many units of cards and plugs, where the first gap in reading order is.
    void add(Id network, int colour, int units) {
        int row = Math.max(2, pageUnits - 1);
        int rows = Math.max(1, (units + row - 1) / row);
        int width = rows == 1 ? units : 2 * ((units + 2 * rows - 1) / (2 * rows));
        lanes.put(network, new LanePlace(colour, List.of(findRoom(Math.max(SMALLEST, width), rows)), List.of()));
    }

    /// Lets every lane reach as far to the right as the page and its neighbour allow.
    void stretch(Id network) {
        LanePlace place = lane(network);
        Part part = place.parts().getLast();
        double limit = LEFT + Sizes.laneWidth(pageUnits);
        for (Box other : boxes(network)) {
            if (other.y() < part.box().bottom() && part.y() < other.bottom() && other.x() > part.x()) {
                limit = Math.min(limit, other.x() - Sizes.GAP);
            }
        }
        double width = Math.max(part.box().width(), limit - part.x());
        // Rows are of even length: in a much wider box the last ones would stay empty.
        if (part.rows() > 1 && width - part.box().width() > 2 * Sizes.UNIT) {
            return;
        }
        int units = (int) ((width - Sizes.laneWidth(0)) / Sizes.UNIT);
        replaceLast(network, new Part(part.x(), part.y(), units, part.rows(), width - Sizes.laneWidth(units)));
    }

    /// How much wider than high everything is.
    ///
    /// @param hostHeight of the panel beside the lanes
    double aspect(double hostHeight) {
        double right = 0;
        double bottom = hostHeight;
        for (Box box : boxes(null)) {
            right = Math.max(right, box.right());
            bottom = Math.max(bottom, box.bottom());
        }
        return right / bottom;
    }

    /// Gives a container a place in a lane, which grows for it if it must: over free ground, to the right, downwards,
    /// or
    /// with a further part.
    void claim(Id network, Id container, boolean card) {
        Slot slot = freeSlot(network, container, card);
        if (slot == null) {
            grow(network, card ? 2 : 1);
            slot = freeSlot(network, container, card);
        }
        if (slot == null) {
            throw new IllegalStateException("a lane that has grown has room");
        }
        LanePlace place = lane(network);
        List<Slot> slots = new ArrayList<>(place.slots());
        slots.add(slot);
        lanes.put(network, new LanePlace(place.colour(), place.parts(), slots));
    }

    void release(Id network, Slot slot) {
        LanePlace place = lane(network);
        List<Slot> slots = new ArrayList<>(place.slots());
        slots.remove(slot);
        lanes.put(network, new LanePlace(place.colour(), place.parts(), slots));
    }

    private LanePlace lane(Id network) {
        LanePlace place = lanes.get(network);
        if (place == null) {
            throw new IllegalArgumentException("no lane for " + network);
        }
        return place;
    }

    private @Nullable Slot freeSlot(Id network, Id container, boolean card) {
        LanePlace place = lane(network);
        int units = card ? 2 : 1;
        for (int part = 0; part < place.parts().size(); part++) {
            Part ground = place.parts().get(part);
            BitSet taken = taken(place, part);
            for (int row = 0; row < ground.rows(); row++) {
                for (int unit = 0; unit + units <= ground.units(); unit++) {
                    int first = row * ground.units() + unit;
                    if (taken.get(first, first + units).isEmpty()) {
                        return new Slot(container, card, part, row, unit);
                    }
                }
            }
        }
        return null;
    }

    private static BitSet taken(LanePlace place, int part) {
        int width = place.parts().get(part).units();
        BitSet taken = new BitSet();
        for (Slot slot : place.slots()) {
            if (slot.part() == part) {
                int first = slot.row() * width + slot.unit();
                taken.set(first, first + slot.units());
            }
        }
        return taken;
    }

    private void grow(Id network, int units) {
        Part part = lane(network).parts().getLast();
        Part wider = new Part(part.x(), part.y(), part.units() + units, part.rows(), 0);
        Part higher = new Part(part.x(), part.y(), part.units(), part.rows() + 1, part.extra());
        boolean insidePage = wider.box().right() <= LEFT + Sizes.laneWidth(pageUnits) + 1;
        if (insidePage && isFree(wider.box(), network)) {
            replaceLast(network, wider);
        } else if (isFree(higher.box(), network)) {
            replaceLast(network, higher);
        } else if (part.units() < 2 * pageUnits && isFree(wider.box(), network)) {
            replaceLast(network, wider);
        } else {
            LanePlace place = lane(network);
            List<Part> parts = new ArrayList<>(place.parts());
            parts.add(findRoom(SMALLEST, 1));
            lanes.put(network, new LanePlace(place.colour(), parts, place.slots()));
            stretch(network);
        }
    }

    private void replaceLast(Id network, Part part) {
        LanePlace place = lane(network);
        List<Part> parts = new ArrayList<>(place.parts());
        parts.set(parts.size() - 1, part);
        lanes.put(network, new LanePlace(place.colour(), parts, place.slots()));
    }

    private Part findRoom(int units, int rows) {
        List<Box> taken = boxes(null);
        List<double[]> corners = new ArrayList<>();
        corners.add(new double[] {LEFT, 0});
        for (Box below : taken) {
            corners.add(new double[] {LEFT, below.bottom() + Sizes.GAP});
            for (Box beside : taken) {
                corners.add(new double[] {beside.right() + Sizes.GAP, below.y()});
            }
        }
        corners.sort(
                Comparator.<double[]>comparingDouble(corner -> corner[1]).thenComparingDouble(corner -> corner[0]));
        double limit = LEFT + Sizes.laneWidth(Math.max(units, pageUnits)) + 1;
        for (double[] corner : corners) {
            Part part = new Part(corner[0], corner[1], units, rows, 0);
            Box room = part.box().grown(Sizes.GAP - 1);
            if (part.box().right() <= limit && taken.stream().noneMatch(room::overlaps)) {
                return part;
            }
        }
        throw new IllegalStateException("there is always room below everything");
    }

    private boolean isFree(Box box, Id owner) {
        Box room = box.grown(Sizes.GAP - 1);
        return boxes(owner).stream().noneMatch(room::overlaps);
    }

    /// Every box but the last of this lane, the one that would grow; every box when there is none.
    private List<Box> boxes(@Nullable Id growing) {
        List<Box> boxes = new ArrayList<>();
        lanes.forEach((network, place) -> {
            int count = place.parts().size() - (network.equals(growing) ? 1 : 0);
            place.parts().subList(0, count).forEach(part -> boxes.add(part.box()));
        });
        return boxes;
    }
}
