package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Arrangement.LanePlace;
import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.app.canvas.layout.LayoutContainers.LayoutContainer;
import dev.patchbay.app.canvas.scene.LazyCables;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.ProblemMarkers;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.HostView;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The layout of a topology.
///
/// @param arrangement to be passed with the next topology of the same host
/// @param lanes kept for [#relayout]
public record SceneLayout(SceneModel scene, Arrangement arrangement, LaneSet lanes) {

    /// @param before the arrangement of the last scene, or [Arrangement#none]
    public static SceneLayout of(Topology topology, Arrangement before) {
        return of(topology, before, List.of());
    }

    /// @param busy host ports of other processes, sorted
    public static SceneLayout of(Topology topology, Arrangement before, List<Listener> busy) {
        return of(topology, before, busy, LaneSet.none());
    }

    /// The layout of the next topology of the same host. The result is that of a new layout, in less
    /// time.
    ///
    /// @param before usually the arrangement of this scene
    public SceneLayout relayout(Topology topology, Arrangement before, List<Listener> busy) {
        return of(topology, before, busy, lanes);
    }

    private static SceneLayout of(Topology topology, Arrangement before, List<Listener> busy, LaneSet last) {
        LayoutContainers layoutContainers = new LayoutContainers(topology);
        Arrangement arrangement = ArrangementUpdate.update(topology, layoutContainers, before);
        LaneSet lanes = last.next(topology, layoutContainers, arrangement);
        List<LaneView> views = lanes.views();
        List<CardView> cards = new ArrayList<>(layoutContainers.all().size());
        List<PlugView> plugs = new ArrayList<>(layoutContainers.all().size());
        for (LayoutContainer layoutContainer : layoutContainers.all()) {
            SlotContent atHome = layoutContainer.homeContent();
            if (atHome != null && atHome.card() != null) {
                cards.add(atHome.card());
            }
            for (SlotContent content : layoutContainer.plugContents()) {
                plugs.add(Objects.requireNonNull(content.plug()));
            }
        }
        double bottom = views.stream()
                .flatMap(lane -> lane.parts().stream())
                .mapToDouble(part -> part.box().bottom())
                .max()
                .orElse(0);
        HostView host = HostLayout.panel(topology, layoutContainers, arrangement, busy, bottom, lanes::tintOf);
        LazyCables cables = new LazyCables(() -> CableLayout.cables(layoutContainers, host, views, cards, plugs));
        return new SceneLayout(
                new SceneModel(
                        host,
                        views,
                        cards,
                        plugs,
                        SharedNetworkLayout.views(topology, layoutContainers),
                        cables,
                        ProblemMarkers.of(topology).keySet(),
                        bounds(host, views)),
                arrangement,
                lanes);
    }

    /// The point on the rail where a container's plug would be after connecting it to this network.
    public Point nextPlugPoint(Id network, Id container) {
        LaneAllocator allocator = new LaneAllocator(arrangement.pageUnits(), arrangement.lanes());
        allocator.assignSlot(network, container, false);
        LanePlace place = Objects.requireNonNull(allocator.lanes().get(network));
        return LaneLayout.plugPoint(place, place.slots().getLast());
    }

    public Rect cardBounds(Id lane, Slot slot) {
        return LaneLayout.cardBox(Objects.requireNonNull(arrangement.lanes().get(lane)), slot);
    }

    public Rect partBounds(Id lane, int part) {
        return Objects.requireNonNull(arrangement.lanes().get(lane))
                .parts()
                .get(part)
                .box();
    }

    private static Rect bounds(HostView host, List<LaneView> lanes) {
        Rect bounds = host.box();
        for (LaneView lane : lanes) {
            for (SceneModel.LanePart part : lane.parts()) {
                bounds = bounds.union(part.box());
            }
        }
        return bounds;
    }
}
