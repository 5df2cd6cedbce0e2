package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.paint.Camera;
import dev.patchbay.app.canvas.paint.FrameState;
import dev.patchbay.app.canvas.paint.HighlightedElements;
import dev.patchbay.app.canvas.paint.SceneRenderer;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.task.FxThread;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.ContainerConfig;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointConfig;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkConfig;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javafx.scene.canvas.Canvas;

/// Paints a made-up host once, off screen, while the window waits for the first topology. Then the JVM
/// has already loaded, linked and compiled the classes, which takes longer than the first frame itself.
public final class RenderWarmUp {
    private static final int NETWORKS = 3;
    /// Enough containers for cables to use the corridors, as on a large host, and for the JVM to compile
    /// loops.
    private static final int CONTAINERS = 90;
    private static final double SIZE = 800;

    private RenderWarmUp() {}

    /// Lays out on a thread of its own and paints on the JavaFX thread. Nothing waits for the end.
    public static CompletableFuture<Void> start() {
        return CompletableFuture.supplyAsync(
                        RenderWarmUp::layOut,
                        task -> Thread.ofPlatform().daemon().name("rehearsal").start(task))
                .thenAcceptAsync(RenderWarmUp::draw, new FxThread());
    }

    private static SceneModel layOut() {
        Topology topology = sampleTopology();
        SceneLayout first = SceneLayout.of(topology, Arrangement.none());
        SceneModel scene =
                first.relayout(topology, first.arrangement(), List.of()).scene();
        scene.cables().all();
        return scene;
    }

    private static void draw(SceneModel scene) {
        Canvas canvas = new Canvas(SIZE, SIZE);
        Camera whole = Camera.fitting(scene.bounds(), SIZE, SIZE, 0);
        SceneRenderer renderer = new SceneRenderer();
        for (Camera camera : List.of(whole, new Camera(1, 0, 0))) {
            renderer.paint(
                    canvas.getGraphicsContext2D(),
                    scene,
                    camera,
                    Palette.of(Theme.DARK),
                    FrameState.idle(HighlightedElements.none()),
                    SIZE,
                    SIZE);
        }
    }

    private static Topology sampleTopology() {
        List<Id> networks =
                IntStream.range(0, NETWORKS).mapToObj(_ -> Id.random()).toList();
        return new Topology(
                0,
                new Host("", List.of(), true, null, List.of(), KernelState.EMPTY),
                networks.stream().map(RenderWarmUp::network).toList(),
                IntStream.range(0, CONTAINERS)
                        .mapToObj(i -> container(i, networks.get(i % NETWORKS), networks.getFirst()))
                        .toList(),
                List.of(),
                List.of(),
                false);
    }

    private static Network network(Id id) {
        return new Network(
                id,
                "network",
                Instant.EPOCH,
                NetworkDriver.BRIDGE,
                "pb-0",
                NetworkConfig.of(Cidr.of("192.0.2.0/24"), InetAddress.ofLiteral("192.0.2.1")),
                false,
                false,
                false,
                0,
                false,
                true,
                0,
                0,
                Map.of(),
                false);
    }

    private static Container container(int number, Id home, Id other) {
        Endpoint endpoint = endpoint(home);
        List<Endpoint> endpoints = home.equals(other) ? List.of(endpoint) : List.of(endpoint, endpoint(other));
        PortBinding port = PortBinding.single(
                Id.random(), endpoint.id(), Protocol.TCP, InetAddress.ofLiteral("0.0.0.0"), 1 + number, 80, true);
        return new Container(
                Id.random(),
                "container",
                "image",
                List.of(),
                Instant.EPOCH,
                Container.State.RUNNING,
                0,
                0,
                null,
                null,
                "network",
                List.of(new ExposedPort(80, Protocol.TCP)),
                endpoints,
                number % 2 == 0 ? List.of(port) : List.of(),
                Map.of(),
                ContainerConfig.DEFAULT,
                0);
    }

    private static Endpoint endpoint(Id network) {
        return new Endpoint(
                Id.random(),
                network,
                "eth0",
                "",
                Cidr.of("192.0.2.2/24"),
                null,
                null,
                true,
                true,
                EndpointConfig.DEFAULT);
    }
}
