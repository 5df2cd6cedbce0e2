package dev.patchbay.app.window;

import dev.patchbay.app.action.ActionCatalogue;
import dev.patchbay.app.action.ActionId;
import dev.patchbay.app.action.ActionTarget;
import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.canvas.drag.DragListener;
import dev.patchbay.app.canvas.drag.DropAction;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import org.jspecify.annotations.Nullable;

/// Applies drops on the canvas through the same actions as shortcuts and menus.
final class DropHandler implements DragListener {
    private static final double DIALOG_GAP = 30;

    private final WindowViewModel model;
    private final ActionCatalogue catalogue;
    private final TopologyCanvas canvas;

    DropHandler(WindowViewModel model, ActionCatalogue catalogue, TopologyCanvas canvas) {
        this.model = model;
        this.catalogue = catalogue;
        this.canvas = canvas;
        model.drag().tooltip().subscribe(canvas::setDragTooltip);
    }

    private record Drop(ActionId action, ActionTarget target) {}

    /// Null for a move on the canvas, which changes nothing on the host.
    private @Nullable Drop drop(@Nullable DropAction intent) {
        Topology topology = model.host().topology().get();
        if (topology == null) {
            return null;
        }
        return switch (intent) {
            case null -> null;
            case DropAction.MoveCard _, DropAction.MoveLane _ -> null;
            case DropAction.Connect(Id container, Id network) ->
                new Drop(ActionId.CONNECT, ActionTarget.of(topology, container, network));
            case DropAction.Disconnect(Id container, Id network) ->
                new Drop(ActionId.DISCONNECT, ActionTarget.of(topology, container, network));
            case DropAction.Publish publish ->
                new Drop(
                        ActionId.PUBLISH,
                        ActionTarget.of(topology, new Selection.OfContainer(publish.container()))
                                .withPin(publish.port(), dialogPosition()));
            case DropAction.Unpublish(Id port) ->
                new Drop(ActionId.UNPUBLISH, ActionTarget.of(topology, new Selection.OfPort(port)));
        };
    }

    @Override
    public void actionChanged(@Nullable DropAction intent) {
        Drop drop = drop(intent);
        Refusal refusal = drop == null
                ? null
                : catalogue.refusal(drop.action(), drop.target()).orElse(null);
        if (refusal == null) {
            model.drag().previewDrop(intent);
        } else {
            model.drag().refuseDrop(refusal.sentence());
        }
    }

    @Override
    public void dropped(DropAction intent) {
        Drop drop = drop(intent);
        if (drop != null) {
            catalogue.perform(drop.action(), drop.target());
        }
    }

    private @Nullable Point2D dialogPosition() {
        Bounds slot = canvas.boundsOf(new CanvasElement.DropSlot());
        return slot == null ? null : new Point2D(Math.max(0, slot.getMaxX() + DIALOG_GAP), slot.getMinY() - DIALOG_GAP);
    }
}
