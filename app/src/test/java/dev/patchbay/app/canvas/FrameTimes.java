package dev.patchbay.app.canvas;

import com.sun.javafx.tk.RenderJob;
import com.sun.javafx.tk.Toolkit;
import dev.patchbay.app.task.FxThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/// Times of frames, in milliseconds. With `-Djavafx.animation.fullspeed=true` a frame follows the one before as
/// soon as that is drawn.
final class FrameTimes {
    private static final int FRAMES = 120;

    private FrameTimes() {}

    /// From the call until its frame is on the screen.
    static double untilDrawn(Runnable change) throws Exception {
        CompletableFuture<Double> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            long start = System.nanoTime();
            change.run();
            afterNextFrame(() -> done.complete((System.nanoTime() - start) / 1e6));
        });
        return done.get(120, TimeUnit.SECONDS);
    }

    /// A frame goes from the pulse to the renderer's queue, and from there, drawn, back to this thread to be shown.
    private static void afterNextFrame(Runnable shown) {
        new AnimationTimer() {
            @Override
            public void handle(long now) {
                stop();
                RenderJob behind = new RenderJob(() -> Platform.runLater(shown));
                Platform.runLater(() -> Toolkit.getToolkit().addRenderJob(behind));
            }
        }.start();
    }

    /// Median from frame to frame while the picture is moved in each, as soon as the one before is shown.
    static double median(IntConsumer move) throws Exception {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            int frame = i;
            times.add(untilDrawn(() -> move.accept(frame)));
        }
        return median(times);
    }

    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    static void onFx(Runnable work) throws Exception {
        CompletableFuture.runAsync(work, new FxThread()).get(120, TimeUnit.SECONDS);
    }
}
