package dev.patchbay.app.window;

import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.canvas.drag.Gestures;
import dev.patchbay.app.canvas.drag.Intent;
import dev.patchbay.app.model.Element;
import dev.patchbay.app.model.Ports;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import java.util.function.BiConsumer;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import org.jspecify.annotations.Nullable;

/// Gestures in the picture, turned into the same actions as keys and menus.
public final class Drops implements Gestures {
    private static final double BESIDE = 30;

    private final PatchbayViewModel model;
    private final Actions actions;
    private final TopologyCanvas picture;

    public Drops(PatchbayViewModel model, Actions actions, TopologyCanvas picture) {
        this.model = model;
        this.actions = actions;
        this.picture = picture;
        model.gestures().note().subscribe(picture::setNote);
    }

    @Override
    public void aim(@Nullable Intent intent) {
        model.gestures().aim(intent);
    }

    @Override
    public void drop(Intent intent) {
        Topology topology = model.host().topology().get();
        if (topology == null) {
            return;
        }
        switch (intent) {
            case Intent.MoveCard _, Intent.MoveLane _ -> {}
            case Intent.Connect(Id container, Id network) -> both(topology, container, network, actions::connect);
            case Intent.Disconnect(Id container, Id network) ->
                both(topology, container, network, (who, where) -> actions.pull(where, who));
            case Intent.Publish publish -> {
                Container container = topology.container(publish.container());
                if (container != null) {
                    actions.publish(container, publish.port(), besideTheRail());
                }
            }
            case Intent.Unpublish(Id port) -> {
                Ports.Published published = Ports.published(topology, port);
                if (published != null) {
                    actions.unpublish(published);
                }
            }
        }
    }

    private @Nullable Point2D besideTheRail() {
        Bounds slot = picture.boundsOf(new Element.DropSlot());
        return slot == null ? null : new Point2D(Math.max(0, slot.getMaxX() + BESIDE), slot.getMinY() - BESIDE);
    }

    private static void both(Topology topology, Id container, Id network, BiConsumer<Container, Network> action) {
        Container who = topology.container(container);
        Network where = topology.network(network);
        if (who != null && where != null) {
            action.accept(who, where);
        }
    }
}
