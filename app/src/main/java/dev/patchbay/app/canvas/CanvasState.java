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
    private @Nullable Snapshot shown;
    private Arrangement first = Arrangement.none();
    private @Nullable Arrangement beforeTidy;
    private List<Listener> busy = List.of();
    private TopologyCanvas.MoveListener onMoved = (_, _, _) -> {};

    /// One moment of a host, laid out.
    static final class Snapshot {
        private final Topology topology;
        private final SceneLayout layout;
        private @Nullable TraversalOrder walk;

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
        TraversalOrder walk() {
            TraversalOrder there = walk;
            if (there == null) {
                there = TraversalOrder.through(scene());
                walk = there;
            }
            return there;
        }
    }

    private Snapshot shown(Topology topology, Arrangement before) {
        return new Snapshot(
                topology,
                shown == null ? SceneLayout.of(topology, before, busy) : shown.layout.next(topology, before, busy));
    }

    /// Null before the first topology.
    @Nullable
    Snapshot shown() {
        return shown;
    }

    @Nullable
    SceneModel scene() {
        return shown == null ? null : shown.scene();
    }

    /// Where an element is; null when it is not there.
    @Nullable
    Rect place(CanvasElement element) {
        return shown == null ? null : shown.walk().place(element);
    }

    @Nullable
    TraversalOrder walk() {
        return shown == null ? null : shown.walk();
    }

    /// Everything, in reading order.
    List<CanvasElement> order() {
        return shown == null ? List.of() : shown.walk().order();
    }

    /// An element in words, for a screen reader; everything in short for null.
    String spoken(@Nullable CanvasElement element) {
        return shown == null ? "" : new AccessibleText(shown.topology, busy).of(element);
    }

    /// What is already shown stays where it is.
    void show(Topology topology) {
        shown = shown(topology, arrangement());
    }

    /// Host ports of other processes.
    void showBusy(List<Listener> ports) {
        if (!busy.equals(ports)) {
            busy = List.copyOf(ports);
            if (shown != null) {
                show(shown.topology);
            }
        }
    }

    /// For before the first topology.
    void remember(Arrangement arrangement) {
        first = arrangement;
    }

    Arrangement arrangement() {
        return shown == null ? first : shown.layout.arrangement();
    }

    void onMoved(TopologyCanvas.MoveListener listener) {
        onMoved = listener;
    }

    /// Packs everything anew, or puts it back to where it stood before that.
    void tidy() {
        if (shown != null) {
            Arrangement now = arrangement();
            shown = shown(shown.topology, beforeTidy == null ? Arrangement.none() : beforeTidy);
            beforeTidy = beforeTidy == null ? now : null;
            tell(now, true);
        }
    }

    private void tell(Arrangement before, boolean tidied) {
        if (!arrangement().equals(before)) {
            onMoved.moved(before, arrangement(), tidied);
        }
    }

    boolean isTidy() {
        return beforeTidy != null;
    }

    void move(DropAction.MoveCard move) {
        move(arrangement().withCard(move.lane(), move.slot()));
    }

    void move(DropAction.MoveLane move) {
        move(arrangement().withPart(move.network(), move.part(), move.x(), move.y()));
    }

    private void move(Arrangement wanted) {
        Arrangement before = arrangement();
        arrange(wanted);
        tell(before, false);
    }

    void arrange(Arrangement wanted) {
        if (shown != null) {
            beforeTidy = null;
            shown = shown(shown.topology, wanted);
        }
    }
}
