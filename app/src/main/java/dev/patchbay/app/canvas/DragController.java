package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.drag.DragInterpreter;
import dev.patchbay.app.canvas.drag.DragListener;
import dev.patchbay.app.canvas.drag.DragSource;
import dev.patchbay.app.canvas.drag.DragState;
import dev.patchbay.app.canvas.drag.DragTooltip;
import dev.patchbay.app.canvas.drag.DropAction;
import dev.patchbay.app.canvas.paint.LevelOfDetail;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.model.CanvasElement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The drag of a thing in the picture, from the first movement to the release or Esc. What only moves things in the
/// picture is done here; the rest is somebody else's.
final class DragController {
    private final CanvasState standing;
    private final Viewport viewport;
    private final Runnable changed;
    private DragListener gestures = DragListener.NONE;
    private @Nullable DragInterpreter aiming;
    private @Nullable DragState aim;
    private @Nullable DragTooltip note;

    /// @param changed called when something has to be drawn anew
    DragController(CanvasState standing, Viewport viewport, Runnable changed) {
        this.standing = standing;
        this.viewport = viewport;
        this.changed = changed;
    }

    void tell(DragListener who) {
        gestures = who;
    }

    /// Takes hold of what is at this place of the view.
    ///
    /// @return false on ground
    boolean grab(Point view, @Nullable CanvasElement element) {
        CanvasState.Snapshot shown = standing.shown();
        if (shown == null || LevelOfDetail.at(viewport.camera().scale()) == LevelOfDetail.FAR) {
            return false;
        }
        Point point = viewport.camera().toScene(view);
        DragSource grip = DragSource.at(shown.scene(), element, point);
        if (grip != null) {
            aiming = new DragInterpreter(shown.topology(), shown.layout(), grip, point);
        }
        return grip != null;
    }

    boolean underWay() {
        return aiming != null;
    }

    @Nullable
    DragState aim() {
        return aim;
    }

    /// What stands beside the pointer: why nothing would happen, or what somebody says of the intent.
    @Nullable
    DragTooltip note() {
        DragState now = aim;
        return now == null || now.why().isEmpty() ? note : new DragTooltip(now.why(), List.of(), false);
    }

    void say(@Nullable DragTooltip what) {
        note = what;
        changed.run();
    }

    void to(Point view) {
        DragInterpreter now = aiming;
        if (now != null) {
            take(now.at(viewport.camera().toScene(view)));
        }
    }

    /// The host has changed under the drag.
    void renew() {
        CanvasState.Snapshot shown = standing.shown();
        DragInterpreter now = aiming;
        DragState last = aim;
        if (now == null || shown == null) {
            return;
        }
        DragInterpreter next = now.in(shown.topology(), shown.layout());
        if (next == null) {
            cancel();
        } else {
            aiming = next;
            if (last != null) {
                take(next.at(last.at()));
            }
        }
    }

    private void take(DragState next) {
        DropAction before = intent();
        aim = next;
        if (!Objects.equals(before, next.intent())) {
            note = null;
            gestures.aim(next.intent());
        }
        changed.run();
    }

    /// Lets go.
    void end() {
        DropAction wanted = intent();
        cancel();
        switch (wanted) {
            case null -> {}
            case DropAction.MoveCard move -> standing.move(move);
            case DropAction.MoveLane move -> standing.move(move);
            case DropAction.Connect _, DropAction.Disconnect _, DropAction.Publish _, DropAction.Unpublish _ ->
                gestures.drop(wanted);
        }
        viewport.show(standing.scene());
        changed.run();
    }

    void cancel() {
        aiming = null;
        aim = null;
        note = null;
        gestures.aim(null);
        changed.run();
    }

    private @Nullable DropAction intent() {
        return aim == null ? null : aim.intent();
    }
}
