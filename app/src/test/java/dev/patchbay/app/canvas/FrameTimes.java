package dev.patchbay.app.canvas;

import dev.patchbay.app.FxThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/// Times of frames, in milliseconds. With `-Djavafx.animation.fullspeed=true` a frame follows the one before as soon as
/// that is drawn.
final class FrameTimes {
    private static final int FRAMES = 120;

    private FrameTimes() {}

    /// From the call until the frame after the next one begins: the next one has then been drawn.
    static double untilDrawn(Runnable change) throws Exception {
        CompletableFuture<Double> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            long start = System.nanoTime();
            change.run();
            new AnimationTimer() {
                private int frames;

                @Override
                public void handle(long now) {
                    if (++frames == 3) {
                        stop();
                        done.complete((System.nanoTime() - start) / 1e6);
                    }
                }
            }.start();
        });
        return done.get(120, TimeUnit.SECONDS);
    }

    /// Median from frame to frame while the picture is moved in each.
    static double median(IntConsumer move) throws Exception {
        CompletableFuture<List<Double>> done = new CompletableFuture<>();
        Platform.runLater(() -> new AnimationTimer() {
            private final List<Double> times = new ArrayList<>();
            private long last = System.nanoTime();

            @Override
            public void handle(long now) {
                long time = System.nanoTime();
                times.add((time - last) / 1e6);
                last = time;
                move.accept(times.size());
                if (times.size() == FRAMES) {
                    stop();
                    done.complete(times);
                }
            }
        }.start());
        return median(done.get(120, TimeUnit.SECONDS));
    }

    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    static void onFx(Runnable work) throws Exception {
        CompletableFuture.runAsync(work, new FxThread()).get(120, TimeUnit.SECONDS);
    }
}
