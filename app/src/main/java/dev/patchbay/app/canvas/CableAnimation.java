package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CableView;
import dev.patchbay.app.model.CanvasElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The only thing that moves by itself: a new cable grows in, a removed one fades. Off until somebody turns it on.
final class CableAnimation {
    static final long NANOS = 280_000_000;
    /// More at once would only flicker.
    private static final int MOST = 24;

    private boolean on;
    private long began;
    private Set<CanvasElement> growing = Set.of();
    private List<CableView> fading = List.of();

    void turn(boolean wanted) {
        on = wanted;
    }

    /// From one scene of a host to the next.
    void between(SceneModel before, SceneModel after, long now) {
        if (!on) {
            return;
        }
        Set<CanvasElement> old = elements(before);
        Set<CanvasElement> present = elements(after);
        Set<CanvasElement> come =
                present.stream().filter(cable -> !old.contains(cable)).collect(Collectors.toSet());
        List<CableView> gone = before.cables().all().stream()
                .filter(cable -> !present.contains(cable.element()))
                .toList();
        if (come.size() + gone.size() <= MOST && come.size() + gone.size() > 0) {
            growing = come;
            fading = gone;
            began = now;
        }
    }

    boolean underWay(long now) {
        return now - began < NANOS && !(growing.isEmpty() && fading.isEmpty());
    }

    /// How far each new cable reaches.
    Map<CanvasElement, Double> growing(long now) {
        Map<CanvasElement, Double> reach = new HashMap<>();
        if (underWay(now)) {
            growing.forEach(cable -> reach.put(cable, eased(now)));
        }
        return reach;
    }

    List<CableView> fading(long now) {
        return underWay(now) ? fading : List.of();
    }

    double left(long now) {
        return 1 - eased(now);
    }

    private double eased(long now) {
        double part = Math.clamp((now - began) / (double) NANOS, 0, 1);
        return 1 - Math.pow(1 - part, 3);
    }

    private static Set<CanvasElement> elements(SceneModel scene) {
        return scene.cables().all().stream().map(CableView::element).collect(Collectors.toSet());
    }
}
