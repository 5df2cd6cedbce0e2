package dev.patchbay.app.screenshot;

import dev.patchbay.app.task.FxThread;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;

/// JavaFX lays out, and moves what moves, once in a pulse.
public final class Pulses {
    private static final int SEVERAL = 3;
    private static final long LIMIT_SECONDS = 60;

    private Pulses() {}

    /// Returns when several have passed. Not for the JavaFX thread.
    public static void await() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        new FxThread()
                .execute(() -> new AnimationTimer() {
                    private int pulses;

                    @Override
                    public void handle(long now) {
                        if (++pulses == SEVERAL) {
                            stop();
                            done.complete(null);
                        }
                    }
                }.start());
        done.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }
}
