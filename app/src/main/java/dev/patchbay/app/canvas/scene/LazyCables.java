package dev.patchbay.app.canvas.scene;

import dev.patchbay.app.canvas.scene.SceneModel.CableView;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The cables of a scene, routed when they are first needed: a canvas that is zoomed out does not draw
/// them. Not thread-safe.
public final class LazyCables {
    private Supplier<List<CableView>> routing;
    private @Nullable List<CableView> routed;

    public LazyCables(Supplier<List<CableView>> lead) {
        this.routing = lead;
    }

    public List<CableView> all() {
        List<CableView> there = routed;
        if (there == null) {
            there = List.copyOf(routing.get());
            routed = there;
            // Releases what the routing needed.
            routing = List::of;
        }
        return there;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LazyCables cables && all().equals(cables.all());
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }
}
