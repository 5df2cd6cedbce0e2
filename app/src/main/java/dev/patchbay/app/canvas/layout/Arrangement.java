package dev.patchbay.app.canvas.layout;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.engine.Id;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The places of all lanes, slots and ports. It is passed from one layout to the next, so that existing
/// elements keep their places.
///
/// @param pageUnits width that new lanes are packed into
/// @param nicLines number of address lines of each host interface
/// @param portPitch distance between two published ports; smaller when the first topology had many
/// @param ports the order of the host's port rail
@JsonIgnoreProperties("homes") // Files of earlier versions say it; a card's slot says the same.
public record Arrangement(
        int pageUnits, List<Integer> nicLines, double portPitch, Map<Id, LanePlace> lanes, List<Id> ports) {
    /// The id of the tray, which holds the containers without a network.
    static final Id TRAY = new Id("0".repeat(64));

    public Arrangement {
        lanes = Collections.unmodifiableMap(new LinkedHashMap<>(lanes));
        nicLines = List.copyOf(nicLines);
        ports = List.copyOf(ports);
    }

    /// An empty arrangement: everything is packed in reading order.
    public static Arrangement none() {
        return new Arrangement(0, List.of(), 0, Map.of(), List.of());
    }

    /// The network that shows a container's card, or the tray; null when the container has no card.
    public @Nullable Id homeLaneOf(Id container) {
        for (Map.Entry<Id, LanePlace> lane : lanes.entrySet()) {
            if (lane.getValue().hasCardOf(container)) {
                return lane.getKey();
            }
        }
        return null;
    }

    /// The slot for a card that is dropped with its left edge at `left` and the pointer at the height
    /// `y`; null when that slot is taken.
    public @Nullable Slot cardSlotAt(Id lane, Id container, double left, double y) {
        LanePlace place = lanes.get(lane);
        if (place == null) {
            return null;
        }
        for (int i = 0; i < place.parts.size(); i++) {
            Part part = place.parts.get(i);
            int row = (int) Math.floor((y - part.y() - Dimensions.RAIL) / Dimensions.ROW_PITCH);
            int unit = (int) Math.rint((left - part.x() - Dimensions.LANE_LEFT) / Dimensions.UNIT);
            if (!part.box().contains(new Point(left + Dimensions.CARD_WIDTH / 2, y))) {
                continue;
            }
            Slot slot = new Slot(
                    container,
                    true,
                    i,
                    Math.clamp(row, 0, part.rows() - 1),
                    Math.clamp(unit, 0, Math.max(0, part.units() - 2)));
            boolean taken = place.slots.stream()
                    .anyMatch(other -> !other.container().equals(container) && other.overlaps(slot));
            return taken ? null : slot;
        }
        return null;
    }

    /// A copy with a card in another slot of its lane.
    public Arrangement withCard(Id lane, Slot slot) {
        LanePlace place = Objects.requireNonNull(lanes.get(lane));
        List<Slot> slots = new ArrayList<>(place.slots);
        slots.replaceAll(old -> old.container().equals(slot.container()) ? slot : old);
        return with(lane, new LanePlace(place.colour, place.parts, slots));
    }

    public boolean hasPart(Id lane, int part) {
        LanePlace place = lanes.get(lane);
        return place != null && part < place.parts.size();
    }

    /// Whether the box of a lane would overlap no other lane with its corner at this point.
    public boolean isFreeFor(Id lane, int part, double x, double y) {
        Rect box = moved(lane, part, x, y).box().expanded(Dimensions.GAP - 1);
        boolean inside = x >= Dimensions.HOST_WIDTH + Dimensions.GUTTER && y >= 0;
        return inside
                && lanes.entrySet().stream().allMatch(other -> {
                    List<Part> parts = other.getValue().parts;
                    return IntStream.range(0, parts.size())
                            .filter(i -> !(other.getKey().equals(lane) && i == part))
                            .noneMatch(i -> parts.get(i).box().overlaps(box));
                });
    }

    /// A copy with the box of a lane at another point.
    public Arrangement withPart(Id lane, int part, double x, double y) {
        LanePlace place = Objects.requireNonNull(lanes.get(lane));
        List<Part> parts = new ArrayList<>(place.parts);
        parts.set(part, moved(lane, part, x, y));
        return with(lane, new LanePlace(place.colour, parts, place.slots));
    }

    private Part moved(Id lane, int part, double x, double y) {
        Part old = Objects.requireNonNull(lanes.get(lane)).parts.get(part);
        return new Part(x, y, old.units(), old.rows(), old.extra());
    }

    private Arrangement with(Id lane, LanePlace place) {
        Map<Id, LanePlace> changed = new LinkedHashMap<>(lanes);
        changed.put(lane, place);
        return new Arrangement(pageUnits, nicLines, portPitch, changed, ports);
    }

    /// @param colour number of the network's colour; 0 when it has no numbered colour
    public record LanePlace(int colour, List<Part> parts, List<Slot> slots) {
        public LanePlace {
            parts = List.copyOf(parts);
            slots = List.copyOf(slots);
        }

        private boolean hasCardOf(Id container) {
            return slots.stream()
                    .anyMatch(slot -> slot.card() && slot.container().equals(container));
        }
    }

    /// A box of a lane: its width in units, its height in rows of cards. `extra` pixels are added at its
    /// right.
    public record Part(double x, double y, int units, int rows, double extra) {
        Rect box() {
            return new Rect(x, y, Dimensions.laneWidth(units) + extra, Dimensions.laneHeight(rows));
        }
    }

    /// A container's place in a lane: for its card, or only for a plug.
    public record Slot(Id container, boolean card, int part, int row, int unit) {
        int units() {
            return card ? 2 : 1;
        }

        boolean overlaps(Slot other) {
            return part == other.part
                    && row == other.row
                    && unit < other.unit + other.units()
                    && other.unit < unit + units();
        }
    }
}
