package dev.patchbay.app.window;

import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.canvas.drag.DragListener;
import dev.patchbay.app.canvas.drag.DropAction;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import java.util.function.BiConsumer;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import org.jspecify.annotations.Nullable;

/// Gestures in the picture, turned into the same actions as keys and menus.
public final class DropHandler implements DragListener {
    private static final double DIALOG_GAP = 30;

    private final WindowViewModel model;
    private final WindowActions actions;
    private final TopologyCanvas picture;

    public DropHandler(WindowViewModel model, WindowActions actions, TopologyCanvas picture) {
        this.model = model;
        this.actions = actions;
        this.picture = picture;
        model.drag().tooltip().subscribe(picture::setDragTooltip);
    }

    @Override
    public void actionChanged(@Nullable DropAction intent) {
        model.drag().previewDrop(intent);
    }

    @Override
    public void dropped(DropAction intent) {
        Topology topology = model.host().topology().get();
        if (topology == null) {
            return;
        }
        switch (intent) {
            case DropAction.MoveCard _, DropAction.MoveLane _ -> {}
            case DropAction.Connect(Id container, Id network) ->
                withBoth(topology, container, network, actions::connect);
            case DropAction.Disconnect(Id container, Id network) ->
                withBoth(topology, container, network, (who, where) -> actions.disconnectOrConfirm(where, who));
            case DropAction.Publish publish -> {
                Container container = topology.container(publish.container());
                if (container != null) {
                    actions.publish(container, publish.port(), dialogPosition());
                }
            }
            case DropAction.Unpublish(Id port) -> {
                PublishedPort published = topology.port(port);
                if (published != null) {
                    actions.unpublish(published);
                }
            }
        }
    }

    private @Nullable Point2D dialogPosition() {
        Bounds slot = picture.boundsOf(new CanvasElement.DropSlot());
        return slot == null ? null : new Point2D(Math.max(0, slot.getMaxX() + DIALOG_GAP), slot.getMinY() - DIALOG_GAP);
    }

    private static void withBoth(Topology topology, Id container, Id network, BiConsumer<Container, Network> action) {
        Container who = topology.container(container);
        Network where = topology.network(network);
        if (who != null && where != null) {
            action.accept(who, where);
        }
    }
}
