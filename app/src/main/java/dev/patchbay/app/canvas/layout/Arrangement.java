package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.routing.Box;
import dev.patchbay.engine.spec.Id;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who has which place. Kept from one scene to the next, so that what exists stays where it is.
///
/// @param pageUnits width that new lanes are packed into
/// @param nicRows how many host interfaces have a place
/// @param portPitch from one published port to the next; less where there were many from the beginning
/// @param homes the network whose rail a container's card hangs from
/// @param ports the order of the host's port rail
public record Arrangement(
        int pageUnits, int nicRows, double portPitch, Map<Id, LanePlace> lanes, Map<Id, Id> homes, List<Id> ports) {
    /// Stands for the tray of containers that are on no network.
    static final Id TRAY = new Id("0".repeat(64));

    public Arrangement {
        lanes = Collections.unmodifiableMap(new LinkedHashMap<>(lanes));
        homes = Collections.unmodifiableMap(new LinkedHashMap<>(homes));
        ports = List.copyOf(ports);
    }

    /// Nothing has a place yet: everything is packed in reading order.
    public static Arrangement none() {
        return new Arrangement(0, 0, 0, Map.of(), Map.of(), List.of());
    }

    /// @param colour number of the network's colour; 0 when it takes none of those
    public record LanePlace(int colour, List<Part> parts, List<Slot> slots) {
        public LanePlace {
            parts = List.copyOf(parts);
            slots = List.copyOf(slots);
        }
    }

    /// A box of a lane: so many units wide, so many rows of cards high. It is stretched by `extra` pixels to the right.
    public record Part(double x, double y, int units, int rows, double extra) {
        Box box() {
            return new Box(x, y, Sizes.laneWidth(units) + extra, Sizes.laneHeight(rows));
        }
    }

    /// A container's place in a lane: for its card, or for a plug alone.
    public record Slot(Id container, boolean card, int part, int row, int unit) {
        int units() {
            return card ? 2 : 1;
        }
    }
}
