package dev.patchbay.app.canvas;

import static dev.patchbay.app.canvas.FrameTimes.median;
import static dev.patchbay.app.canvas.FrameTimes.onFx;
import static dev.patchbay.app.canvas.FrameTimes.untilDrawn;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

/// How long the picture takes with many containers, on 1600 by 1000 pixels. A program, started by
/// `build/compare/compare`:
///
/// - `graph CONTAINERS NETWORKS` writes the scene as a graph, see [GraphFile], for other libraries to draw;
/// - `measure CONTAINERS NETWORKS` draws it, prints a line of JSON in milliseconds, and stays until its input ends,
///   so
///   that its memory can be read.
final class CanvasBenchmark {
    private static final int MORE = 9;
    private static final Point MIDDLE = new Point(800, 500);

    private final TestTopologyBuilder sample;
    private final TopologyCanvas canvas;
    private final ObjectNode figures = JsonNodeFactory.instance.objectNode();
    private int ports = 30_000;

    private CanvasBenchmark(TestTopologyBuilder sample, TopologyCanvas canvas) {
        this.sample = sample;
        this.canvas = canvas;
    }

    public static void main(String[] words) throws Exception {
        int containers = Integer.parseInt(words[1]);
        int networks = Integer.parseInt(words[2]);
        TestTopologyBuilder sample = SampleTopologies.many(containers, networks);
        if (words[0].equals("graph")) {
            SceneLayout layout = SceneLayout.of(sample.build(), Arrangement.none());
            GraphFile.write(layout.scene(), containers, networks, System.out);
            return;
        }
        CanvasBenchmark benchmark = new CanvasBenchmark(sample, shown());
        benchmark.measure();
        System.out.println(benchmark.figures);
        System.in.readAllBytes();
        System.exit(0);
    }

    private static TopologyCanvas shown() throws Exception {
        CompletableFuture<Void> started = new CompletableFuture<>();
        Platform.startup(() -> started.complete(null));
        started.get(30, TimeUnit.SECONDS);
        CompletableFuture<Void> rehearsed = new CompletableFuture<>();
        CompletableFuture<TopologyCanvas> shown = new CompletableFuture<>();
        onFx(() -> {
            Fonts.load();
            TopologyCanvas canvas = new TopologyCanvas();
            Stage stage = new Stage();
            stage.setScene(new Scene(canvas, 1600, 1000));
            stage.show();
            // As the program does while it waits for the host's data.
            RenderWarmUp.start().thenRun(() -> rehearsed.complete(null));
            shown.complete(canvas);
        });
        rehearsed.get(30, TimeUnit.SECONDS);
        return shown.get();
    }

    private void measure() throws Exception {
        Topology topology = sample.build();
        figures.put("first", untilDrawn(() -> canvas.setTopology(topology)));
        // As long as the libraries have for what they do in idle time.
        Thread.sleep(3000);
        moved("Fitted");
        onFx(() -> {
            canvas.fit();
            canvas.updateViewport(view -> view.zoom(1 / view.camera().scale(), MIDDLE));
        });
        moved("Near");
        parts();
    }

    private void moved(String where) throws Exception {
        figures.put(
                "pan" + where,
                median(i -> canvas.updateViewport(view -> view.pan(i % 60 < 30 ? 8 : -8, i % 40 < 20 ? 5 : -5))));
        figures.put(
                "zoom" + where,
                median(i -> canvas.updateViewport(view -> view.zoom(i % 60 < 30 ? 1.02 : 1 / 1.02, MIDDLE))));
        List<Double> more = new ArrayList<>();
        for (int i = 0; i < MORE; i++) {
            Topology next = oneMore();
            more.add(untilDrawn(() -> canvas.setTopology(next)));
        }
        figures.put("more" + where, median(more));
    }

    /// What of one more container goes into the layout and into the cables, which are led only where they are drawn.
    private void parts() {
        SceneLayout layout = SceneLayout.of(sample.build(), Arrangement.none());
        List<Double> layouts = new ArrayList<>();
        List<Double> cables = new ArrayList<>();
        for (int i = 0; i < MORE; i++) {
            Topology next = oneMore();
            long start = System.nanoTime();
            layout = layout.relayout(next, layout.arrangement(), List.of());
            long laidOut = System.nanoTime();
            layout.scene().cables().all();
            layouts.add((laidOut - start) / 1e6);
            cables.add((System.nanoTime() - laidOut) / 1e6);
        }
        figures.put("layoutOfOneMore", median(layouts));
        figures.put("cablesOfOneMore", median(cables));
    }

    private Topology oneMore() {
        int port = ports++;
        return sample.container("more-" + port, "httpd:2.4", "net-3", "80/tcp")
                .publish("more-" + port, "0.0.0.0", port, 80, Protocol.TCP)
                .build();
    }
}
