package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.drag.Intent;
import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.scene.Box;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.Walk;
import dev.patchbay.app.model.Element;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.kernel.Listener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is shown, and where it stands.
final class Standing {
    private @Nullable Shown shown;
    private Arrangement first = Arrangement.none();
    private @Nullable Arrangement beforeTidy;
    private List<Listener> busy = List.of();
    private TopologyCanvas.MoveListener onMoved = (_, _, _) -> {};

    /// One moment of a host, laid out.
    static final class Shown {
        private final Topology topology;
        private final SceneLayout layout;
        private @Nullable Walk walk;

        Shown(Topology topology, SceneLayout layout) {
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
        Walk walk() {
            Walk there = walk;
            if (there == null) {
                there = Walk.through(scene());
                walk = there;
            }
            return there;
        }
    }

    private Shown shown(Topology topology, Arrangement before) {
        return new Shown(
                topology,
                shown == null ? SceneLayout.of(topology, before, busy) : shown.layout.next(topology, before, busy));
    }

    /// Null before the first topology.
    @Nullable
    Shown shown() {
        return shown;
    }

    @Nullable
    SceneModel scene() {
        return shown == null ? null : shown.scene();
    }

    /// Where an element is; null when it is not there.
    @Nullable
    Box place(Element element) {
        return shown == null ? null : shown.walk().place(element);
    }

    @Nullable
    Walk walk() {
        return shown == null ? null : shown.walk();
    }

    /// Everything, in reading order.
    List<Element> order() {
        return shown == null ? List.of() : shown.walk().order();
    }

    /// An element in words, for a screen reader; everything in short for null.
    String spoken(@Nullable Element element) {
        return shown == null ? "" : new Spoken(shown.topology, busy).of(element);
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

    void move(Intent.MoveCard move) {
        move(arrangement().withCard(move.lane(), move.slot()));
    }

    void move(Intent.MoveLane move) {
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
