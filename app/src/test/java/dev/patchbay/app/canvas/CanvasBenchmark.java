package dev.patchbay.app.canvas;

import dev.patchbay.app.FxThread;
import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.routing.Point;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.spec.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;

/// How long the picture takes with 1,000 containers on 50 networks and with 5,000 on 200: to run by hand, with
/// `-Djavafx.animation.fullspeed=true`, so that a frame follows the one before as soon as it is drawn.
class CanvasBenchmark {
    private static final int FRAMES = 120;

    @Test
    void picturesOfManyContainers() throws Exception {
        CompletableFuture<Void> started = new CompletableFuture<>();
        Platform.startup(() -> started.complete(null));
        started.get(30, TimeUnit.SECONDS);
        Stage[] stage = new Stage[1];
        onFx(() -> {
            Fonts.load();
            stage[0] = new Stage();
            TopologyCanvas warm = new TopologyCanvas();
            warm.setTopology(SampleTopologies.many(60, 7).build());
        });
        System.out.println(
                "size | layout | first picture | pan fitted | zoom | pan at 100 % | one more, median of 5 (ms)");
        for (int[] size : new int[][] {{1000, 50}, {1000, 50}, {5000, 200}}) {
            TopologyBuilder sample = SampleTopologies.many(size[0], size[1]);
            Topology topology = sample.build();
            long before = System.nanoTime();
            SceneLayout.of(topology, Arrangement.none());
            double layout = (System.nanoTime() - before) / 1e6;

            TopologyCanvas[] shown = new TopologyCanvas[1];
            onFx(() -> {
                shown[0] = new TopologyCanvas();
                stage[0].setScene(new Scene(shown[0], 1600, 1000));
                stage[0].show();
            });
            TopologyCanvas canvas = shown[0];
            double first = once(() -> canvas.setTopology(topology));
            double fitted = frames(i -> canvas.look(view -> view.pan(i % 20 < 10 ? 3 : -3, 2 * (i % 2) - 1)));
            double zoom = frames(i -> {
                canvas.zoomStep(i % 20 < 10);
            });
            onFx(() -> {
                canvas.fit();
                canvas.look(view -> view.zoom(100, new Point(300, 300)));
                canvas.look(view -> view.zoom(0.25, new Point(300, 300)));
            });
            double near = frames(i -> canvas.look(view -> view.pan(i % 60 < 30 ? -30 : 30, i % 40 < 20 ? -10 : 10)));
            List<Double> more = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Topology next = sample.container("more-" + i, "httpd:2.4", "net-3", "80/tcp")
                        .publish("more-" + i, "0.0.0.0", 30000 + i, 80, Protocol.TCP)
                        .build();
                more.add(once(() -> canvas.setTopology(next)));
            }
            System.out.printf(
                    "%d/%d | %.0f | %.0f | %.1f | %.1f | %.1f | %.0f%n",
                    size[0], size[1], layout, first, fitted, zoom, near, median(more));
        }
    }

    /// From the call until the second frame after it begins: the first one has then been drawn.
    private static double once(Runnable change) throws Exception {
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

    private static double frames(IntConsumer step) throws Exception {
        CompletableFuture<List<Double>> done = new CompletableFuture<>();
        Platform.runLater(() -> new AnimationTimer() {
            private final List<Double> times = new ArrayList<>();
            private long last = System.nanoTime();

            @Override
            public void handle(long now) {
                long time = System.nanoTime();
                times.add((time - last) / 1e6);
                last = time;
                step.accept(times.size());
                if (times.size() == FRAMES) {
                    stop();
                    done.complete(times);
                }
            }
        }.start());
        return median(done.get(120, TimeUnit.SECONDS));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void onFx(Runnable work) throws Exception {
        CompletableFuture.runAsync(work, new FxThread()).get(120, TimeUnit.SECONDS);
    }
}
