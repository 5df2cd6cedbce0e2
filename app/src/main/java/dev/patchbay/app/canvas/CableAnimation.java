package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CableView;
import dev.patchbay.app.model.CanvasElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Animates cables: a new cable grows in, a removed one fades out. It is off at first.
final class CableAnimation {
    static final long DURATION_NANOS = 280_000_000;
    /// More cables at once would only flicker.
    private static final int MAX_CABLES = 24;

    private boolean enabled;
    private long startedAt;
    private Set<CanvasElement> growing = Set.of();
    private List<CableView> fading = List.of();

    void setEnabled(boolean wanted) {
        enabled = wanted;
    }

    /// Starts the animation from one scene of a host to the next.
    void start(SceneModel before, SceneModel after, long now) {
        if (!enabled) {
            return;
        }
        Set<CanvasElement> old = elements(before);
        Set<CanvasElement> present = elements(after);
        Set<CanvasElement> come =
                present.stream().filter(cable -> !old.contains(cable)).collect(Collectors.toSet());
        List<CableView> gone = before.cables().all().stream()
                .filter(cable -> !present.contains(cable.element()))
                .toList();
        if (come.size() + gone.size() <= MAX_CABLES && come.size() + gone.size() > 0) {
            growing = come;
            fading = gone;
            startedAt = now;
        }
    }

    boolean isRunning(long now) {
        return now - startedAt < DURATION_NANOS && !(growing.isEmpty() && fading.isEmpty());
    }

    /// The part of each new cable that is visible.
    Map<CanvasElement, Double> growing(long now) {
        Map<CanvasElement, Double> reach = new HashMap<>();
        if (isRunning(now)) {
            growing.forEach(cable -> reach.put(cable, progress(now)));
        }
        return reach;
    }

    List<CableView> fading(long now) {
        return isRunning(now) ? fading : List.of();
    }

    double fadeOpacity(long now) {
        return 1 - progress(now);
    }

    private double progress(long now) {
        double part = Math.clamp((now - startedAt) / (double) DURATION_NANOS, 0, 1);
        return 1 - Math.pow(1 - part, 3);
    }

    private static Set<CanvasElement> elements(SceneModel scene) {
        return scene.cables().all().stream().map(CableView::element).collect(Collectors.toSet());
    }
}
