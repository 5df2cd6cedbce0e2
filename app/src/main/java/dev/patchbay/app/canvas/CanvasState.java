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

/// What is shown, and where it stands.
final class CanvasState {
    private @Nullable Snapshot snapshot;
    private Arrangement initialArrangement = Arrangement.none();
    private @Nullable Arrangement arrangementBeforeTidy;
    private List<Listener> busyPorts = List.of();
    private TopologyCanvas.MoveListener moveListener = (_, _, _) -> {};

    /// One moment of a host, laid out.
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

        /// Gone through only when somebody asks where something is: most moments nobody does.
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

    /// Where an element is; null when it is not there.
    @Nullable
    Rect boundsOf(CanvasElement element) {
        return snapshot == null ? null : snapshot.traversalOrder().boundsOf(element);
    }

    @Nullable
    TraversalOrder traversalOrder() {
        return snapshot == null ? null : snapshot.traversalOrder();
    }

    /// Everything, in reading order.
    List<CanvasElement> elementsInOrder() {
        return snapshot == null ? List.of() : snapshot.traversalOrder().order();
    }

    /// An element in words, for a screen reader; everything in short for null.
    String accessibleTextOf(@Nullable CanvasElement element) {
        return snapshot == null ? "" : new AccessibleText(snapshot.topology, busyPorts).of(element);
    }

    /// What is already shown stays where it is.
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

    /// For before the first topology.
    void setInitialArrangement(Arrangement arrangement) {
        initialArrangement = arrangement;
    }

    Arrangement arrangement() {
        return snapshot == null ? initialArrangement : snapshot.layout.arrangement();
    }

    void setMoveListener(TopologyCanvas.MoveListener listener) {
        moveListener = listener;
    }

    /// Packs everything anew, or puts it back to where it stood before that.
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
