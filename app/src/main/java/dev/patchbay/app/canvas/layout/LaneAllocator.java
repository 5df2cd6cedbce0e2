package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Arrangement.LanePlace;
import dev.patchbay.app.canvas.layout.Arrangement.Part;
import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.engine.Id;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The area of the lanes. Finds room for new lanes, and for more slots in a lane, without moving any
/// lane.
final class LaneAllocator {
    private static final double LEFT = Dimensions.HOST_WIDTH + Dimensions.GUTTER;
    /// Width of a single new lane: two cards, a plug and some space, so that another small lane fits
    /// beside it.
    private static final int NEW_LANE_UNITS = 5;

    private final int pageUnits;
    private final Map<Id, GrowingLane> lanes = new LinkedHashMap<>();

    /// A lane while places are assigned. Its slots are looked up only when needed, because most lanes do
    /// not change.
    private static final class GrowingLane {
        private final LanePlace before;
        private final List<Part> parts;
        private @Nullable Map<Id, Slot> slots;

        GrowingLane(LanePlace before) {
            this.before = before;
            this.parts = new ArrayList<>(before.parts());
        }

        Map<Id, Slot> slots() {
            Map<Id, Slot> there = slots;
            if (there == null) {
                Map<Id, Slot> made = new LinkedHashMap<>();
                before.slots().forEach(slot -> made.put(slot.container(), slot));
                there = made;
                slots = made;
            }
            return there;
        }

        LanePlace place() {
            return slots == null && parts.equals(before.parts())
                    ? before
                    : new LanePlace(before.colour(), parts, List.copyOf(slots().values()));
        }

        Part lastPart() {
            return parts.getLast();
        }
    }

    LaneAllocator(int pageUnits, Map<Id, LanePlace> before) {
        this.pageUnits = pageUnits;
        before.forEach((network, place) -> lanes.put(network, new GrowingLane(place)));
    }

    Map<Id, LanePlace> lanes() {
        Map<Id, LanePlace> places = new LinkedHashMap<>();
        lanes.forEach((network, lane) -> places.put(network, lane.place()));
        return places;
    }

    boolean has(Id network) {
        return lanes.containsKey(network);
    }

    void remove(Id network) {
        lanes.remove(network);
    }

    /// The number of lanes of each colour.
    Map<Integer, Integer> colours() {
        Map<Integer, Integer> uses = new HashMap<>();
        lanes.values().forEach(lane -> uses.merge(lane.before.colour(), 1, Integer::sum));
        return uses;
    }

    /// Puts a lane at a place that is known to be free.
    void put(Id network, int colour, Part part) {
        lanes.put(network, new GrowingLane(new LanePlace(colour, List.of(part), List.of())));
    }

    /// Puts a lane with this number of units into the first gap in reading order.
    void add(Id network, int colour, int units) {
        int row = Math.max(2, pageUnits - 1);
        int rows = Math.max(1, (units + row - 1) / row);
        int width = rows == 1 ? units : 2 * ((units + 2 * rows - 1) / (2 * rows));
        Part part = findRoom(Math.max(ShelfPacker.MIN_LANE_UNITS, width), Math.max(NEW_LANE_UNITS, width), rows);
        put(network, colour, part);
        // Beside another lane it takes the rest of the shelf; alone on a shelf it leaves room for the
        // next lane.
        if (part.x() > LEFT) {
            widen(network);
        }
    }

    private void widen(Id network) {
        Part part = lane(network).lastPart();
        double limit = ShelfPacker.pageRight(pageUnits);
        for (Rect other : boxes(network)) {
            if (other.y() < part.box().bottom() && part.y() < other.bottom() && other.x() > part.x()) {
                limit = Math.min(limit, other.x() - Dimensions.GAP);
            }
        }
        double width = Math.max(part.box().width(), limit - part.x());
        // All rows are equally long, so the last rows of a much wider box would stay empty.
        if (part.rows() > 1 && width - part.box().width() > 2 * Dimensions.UNIT) {
            return;
        }
        int units = (int) ((width - Dimensions.laneWidth(0)) / Dimensions.UNIT);
        replaceLast(network, new Part(part.x(), part.y(), units, part.rows(), width - Dimensions.laneWidth(units)));
    }

    boolean hasSlot(Id network, Id container) {
        return lane(network).slots().containsKey(container);
    }

    List<Slot> slots(Id network) {
        GrowingLane lane = lane(network);
        return lane.slots == null
                ? lane.before.slots()
                : List.copyOf(lane.slots().values());
    }

    /// Assigns a container a slot in a lane. If necessary the lane grows over free ground, to the right,
    /// downwards, or with a further box.
    void assignSlot(Id network, Id container, boolean card) {
        Slot slot = findFreeSlot(network, container, card);
        if (slot == null) {
            grow(network, card ? 2 : 1);
            slot = findFreeSlot(network, container, card);
        }
        if (slot == null) {
            throw new IllegalStateException("a lane that has grown has room");
        }
        lane(network).slots().put(container, slot);
    }

    /// Assigns a container's card the first free slot to the right of another card, in the same row.
    ///
    /// @return false when there is none
    boolean assignSlotBeside(Id network, Id container, Id neighbour) {
        GrowingLane lane = lane(network);
        Slot left = lane.slots().get(neighbour);
        if (left == null) {
            return false;
        }
        Part part = lane.parts.get(left.part());
        BitSet taken = taken(lane, left.part());
        for (int unit = left.unit() + left.units(); unit + 2 <= part.units(); unit += 2) {
            int first = left.row() * part.units() + unit;
            if (taken.get(first, first + 2).isEmpty()) {
                lane.slots().put(container, new Slot(container, true, left.part(), left.row(), unit));
                return true;
            }
        }
        return false;
    }

    void releaseSlot(Id network, Id container) {
        lane(network).slots().remove(container);
    }

    private GrowingLane lane(Id network) {
        GrowingLane lane = lanes.get(network);
        if (lane == null) {
            throw new IllegalArgumentException("no lane for " + network);
        }
        return lane;
    }

    private @Nullable Slot findFreeSlot(Id network, Id container, boolean card) {
        GrowingLane lane = lane(network);
        int units = card ? 2 : 1;
        for (int part = 0; part < lane.parts.size(); part++) {
            Part ground = lane.parts.get(part);
            BitSet taken = taken(lane, part);
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

    private static BitSet taken(GrowingLane lane, int part) {
        int width = lane.parts.get(part).units();
        BitSet taken = new BitSet();
        for (Slot slot : lane.slots().values()) {
            if (slot.part() == part) {
                int first = slot.row() * width + slot.unit();
                taken.set(first, first + slot.units());
            }
        }
        return taken;
    }

    private void grow(Id network, int units) {
        Part part = lane(network).lastPart();
        Part wider = new Part(part.x(), part.y(), part.units() + units, part.rows(), 0);
        Part higher = new Part(part.x(), part.y(), part.units(), part.rows() + 1, part.extra());
        boolean insidePage = wider.box().right() <= ShelfPacker.pageRight(pageUnits) + 1;
        if (insidePage && isFree(wider.box(), network)) {
            replaceLast(network, wider);
        } else if (isFree(higher.box(), network)) {
            replaceLast(network, higher);
        } else if (part.units() < 2 * pageUnits && isFree(wider.box(), network)) {
            replaceLast(network, wider);
        } else {
            lane(network).parts.add(findRoom(ShelfPacker.MIN_LANE_UNITS, ShelfPacker.MIN_LANE_UNITS, 1));
            widen(network);
        }
    }

    private void replaceLast(Id network, Part part) {
        List<Part> parts = lane(network).parts;
        parts.set(parts.size() - 1, part);
    }

    /// @param units minimum width
    /// @param wish preferred width where no lane stands to the left
    private Part findRoom(int units, int wish, int rows) {
        List<Rect> taken = boxes(null);
        TreeSet<Double> xs = new TreeSet<>(List.of(LEFT));
        TreeSet<Double> ys = new TreeSet<>(List.of(0.0));
        for (Rect box : taken) {
            xs.add(box.right() + Dimensions.GAP);
            ys.add(box.y());
            ys.add(box.bottom() + Dimensions.GAP);
        }
        double limit = ShelfPacker.pageRight(Math.max(units, pageUnits)) + 1;
        for (double y : ys) {
            for (double x : xs) {
                Part part = new Part(x, y, x > LEFT ? units : Math.max(units, Math.min(wish, pageUnits)), rows, 0);
                Rect room = part.box().expanded(Dimensions.GAP - 1);
                if (part.box().right() <= limit && taken.stream().noneMatch(room::overlaps)) {
                    return part;
                }
            }
        }
        throw new IllegalStateException("there is always room below everything");
    }

    private boolean isFree(Rect box, Id owner) {
        Rect room = box.expanded(Dimensions.GAP - 1);
        return boxes(owner).stream().noneMatch(room::overlaps);
    }

    /// All boxes except the last one of this lane, which may grow; all boxes when `growing` is null.
    private List<Rect> boxes(@Nullable Id growing) {
        List<Rect> boxes = new ArrayList<>();
        lanes.forEach((network, lane) -> {
            int count = lane.parts.size() - (network.equals(growing) ? 1 : 0);
            lane.parts.subList(0, count).forEach(part -> boxes.add(part.box()));
        });
        return boxes;
    }
}
