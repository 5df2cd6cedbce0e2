package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.drag.DropAction;
import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.TraversalOrder;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.kernel.Listener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The topology on the canvas and its layout.
final class CanvasState {
    private @Nullable Snapshot snapshot;
    private Arrangement initialArrangement = Arrangement.none();
    private @Nullable Arrangement arrangementBeforeTidy;
    private List<Listener> busyPorts = List.of();
    private TopologyCanvas.MoveListener moveListener = (_, _, _) -> {};

    /// One topology of the host with its layout.
    static final class Snapshot {
        private final Topology topology;
        private final SceneLayout layout;
        private @Nullable TraversalOrder traversalOrder;

        Snapshot(Topology topology, SceneLayout layout) {
            this.topology = topology;
            this.layout = layout;
        }

        Topology topology() {
            return topology;
        }

        SceneLayout layout() {
            return layout;
        }

        SceneModel scene() {
            return layout.scene();
        }

        /// Computed when it is first needed, since most topologies are replaced before.
        TraversalOrder traversalOrder() {
            TraversalOrder there = traversalOrder;
            if (there == null) {
                there = TraversalOrder.of(scene());
                traversalOrder = there;
            }
            return there;
        }
    }

    private Snapshot snapshot(Topology topology, Arrangement before) {
        return new Snapshot(
                topology,
                snapshot == null
                        ? SceneLayout.of(topology, before, busyPorts)
                        : snapshot.layout.relayout(topology, before, busyPorts));
    }

    /// Null before the first topology.
    @Nullable
    Snapshot snapshot() {
        return snapshot;
    }

    @Nullable
    SceneModel scene() {
        return snapshot == null ? null : snapshot.scene();
    }

    /// The place of an element; null when it has none.
    @Nullable
    Rect boundsOf(CanvasElement element) {
        return snapshot == null ? null : snapshot.traversalOrder().boundsOf(element);
    }

    @Nullable
    TraversalOrder traversalOrder() {
        return snapshot == null ? null : snapshot.traversalOrder();
    }

    /// All elements in reading order.
    List<CanvasElement> elementsInOrder() {
        return snapshot == null ? List.of() : snapshot.traversalOrder().order();
    }

    /// Describes an element for a screen reader; for null it describes the whole canvas.
    String accessibleTextOf(@Nullable CanvasElement element) {
        return snapshot == null ? "" : new AccessibleText(snapshot.topology, busyPorts).of(element);
    }

    /// Elements that are already shown keep their places.
    void setTopology(Topology topology) {
        snapshot = snapshot(topology, arrangement());
    }

    /// Host ports of other processes.
    void setBusyPorts(List<Listener> ports) {
        if (!busyPorts.equals(ports)) {
            busyPorts = List.copyOf(ports);
            if (snapshot != null) {
                setTopology(snapshot.topology);
            }
        }
    }

    /// Must be called before the first topology.
    void setInitialArrangement(Arrangement arrangement) {
        initialArrangement = arrangement;
    }

    Arrangement arrangement() {
        return snapshot == null ? initialArrangement : snapshot.layout.arrangement();
    }

    void setMoveListener(TopologyCanvas.MoveListener listener) {
        moveListener = listener;
    }

    /// Lays out everything anew, or restores the layout from before that.
    void tidy() {
        if (snapshot != null) {
            Arrangement now = arrangement();
            snapshot = snapshot(
                    snapshot.topology, arrangementBeforeTidy == null ? Arrangement.none() : arrangementBeforeTidy);
            arrangementBeforeTidy = arrangementBeforeTidy == null ? now : null;
            notifyMoved(now, true);
        }
    }

    private void notifyMoved(Arrangement before, boolean tidied) {
        if (!arrangement().equals(before)) {
            moveListener.moved(before, arrangement(), tidied);
        }
    }

    boolean isTidy() {
        return arrangementBeforeTidy != null;
    }

    void move(DropAction.MoveCard move) {
        move(arrangement().withCard(move.lane(), move.slot()));
    }

    void move(DropAction.MoveLane move) {
        move(arrangement().withPart(move.network(), move.part(), move.x(), move.y()));
    }

    private void move(Arrangement wanted) {
        Arrangement before = arrangement();
        setArrangement(wanted);
        notifyMoved(before, false);
    }

    void setArrangement(Arrangement wanted) {
        if (snapshot != null) {
            arrangementBeforeTidy = null;
            snapshot = snapshot(snapshot.topology, wanted);
        }
    }
}
