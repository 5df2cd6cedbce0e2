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

/// A drag of an element, from the first movement to the release or Esc. It moves cards and lanes itself,
/// and passes all other drops to its listener.
final class DragController {
    private final CanvasState canvasState;
    private final Viewport viewport;
    private final Runnable changed;
    private DragListener listener = DragListener.NONE;
    private @Nullable DragInterpreter interpreter;
    private @Nullable DragState state;
    private @Nullable DragTooltip tooltip;

    /// @param changed called when the canvas has to be painted again
    DragController(CanvasState canvasState, Viewport viewport, Runnable changed) {
        this.canvasState = canvasState;
        this.viewport = viewport;
        this.changed = changed;
    }

    void setListener(DragListener listener) {
        this.listener = listener;
    }

    /// Starts to drag the element at this point of the view.
    ///
    /// @return false on the background
    boolean begin(Point view, @Nullable CanvasElement element) {
        CanvasState.Snapshot shown = canvasState.snapshot();
        if (shown == null || LevelOfDetail.forScale(viewport.camera().scale()) == LevelOfDetail.FAR) {
            return false;
        }
        Point point = viewport.camera().toScene(view);
        DragSource source = DragSource.at(shown.scene(), element, point);
        if (source != null) {
            interpreter = new DragInterpreter(shown.topology(), shown.layout(), source, point);
        }
        return source != null;
    }

    boolean isActive() {
        return interpreter != null;
    }

    @Nullable
    DragState state() {
        return state;
    }

    /// The tooltip beside the pointer: why a drop is not possible here, or the text that the listener
    /// set.
    @Nullable
    DragTooltip tooltip() {
        DragState now = state;
        return now == null || now.reason().isEmpty() ? tooltip : new DragTooltip(now.reason(), List.of(), false);
    }

    void setTooltip(@Nullable DragTooltip tooltip) {
        this.tooltip = tooltip;
        changed.run();
    }

    void moveTo(Point view) {
        DragInterpreter now = interpreter;
        if (now != null) {
            update(now.stateAt(viewport.camera().toScene(view)));
        }
    }

    /// Continues the drag after the host has changed.
    void sceneChanged() {
        CanvasState.Snapshot shown = canvasState.snapshot();
        DragInterpreter now = interpreter;
        DragState last = state;
        if (now == null || shown == null) {
            return;
        }
        DragInterpreter next = now.rebase(shown.topology(), shown.layout());
        if (next == null) {
            cancel();
        } else {
            interpreter = next;
            if (last != null) {
                update(next.stateAt(last.position()));
            }
        }
    }

    private void update(DragState next) {
        DropAction before = dropAction();
        state = next;
        if (!Objects.equals(before, next.action())) {
            tooltip = null;
            listener.actionChanged(next.action());
        }
        changed.run();
    }

    /// Ends the drag with a drop.
    void drop() {
        DropAction wanted = dropAction();
        cancel();
        switch (wanted) {
            case null -> {}
            case DropAction.MoveCard move -> canvasState.move(move);
            case DropAction.MoveLane move -> canvasState.move(move);
            case DropAction.Connect _, DropAction.Disconnect _, DropAction.Publish _, DropAction.Unpublish _ ->
                listener.dropped(wanted);
        }
        viewport.setScene(canvasState.scene());
        changed.run();
    }

    void cancel() {
        interpreter = null;
        state = null;
        tooltip = null;
        listener.actionChanged(null);
        changed.run();
    }

    private @Nullable DropAction dropAction() {
        return state == null ? null : state.action();
    }
}
