package dev.patchbay.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.drawing.Camera;
import dev.patchbay.app.canvas.drawing.Emphasis;
import dev.patchbay.app.canvas.drawing.Moment;
import dev.patchbay.app.canvas.drawing.Overview;
import dev.patchbay.app.canvas.drawing.SceneRenderer;
import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.Element;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.layout.SceneModel;
import dev.patchbay.app.canvas.routing.Point;
import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.spec.Id;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import javafx.scene.canvas.Canvas;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** What stands out and what steps back, at several zooms. The pictures are also for looking at. */
class PictureStatesTest {
    private static final int WIDTH = 1216;
    private static final int HEIGHT = 700;
    private static final Path PICTURES = Path.of("target", "pictures");

    private final Topology topology = SampleTopologies.target().build();

    @BeforeAll
    static void startTheToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
        Files.createDirectories(PICTURES);
    }

    @Test
    void selectedThingsLookDifferent() throws IOException {
        Id port = topology.containers().getFirst().ports().getFirst().id();
        Emphasis emphasis = new Emphasis(
                Selection.elements(new Selected.PortSelected(port), topology),
                new Element.Card(TopologyBuilder.id("db")),
                new Element.Card(TopologyBuilder.id("cache")),
                null);
        assertThat(draw("selected-port", topology, Theme.DARK, emphasis, 1))
                .isNotEqualTo(draw("nothing-selected", topology, Theme.DARK, Emphasis.none(), 1));
    }

    @Test
    void aSelectedNetworkIsFramed() throws IOException {
        Set<Element> network =
                Selection.elements(new Selected.NetworkSelected(TopologyBuilder.id("mydockernet")), topology);
        assertThat(draw("selected-network", topology, Theme.LIGHT, new Emphasis(network, null, null, null), 1))
                .isNotEqualTo(draw("plain", topology, Theme.LIGHT, Emphasis.none(), 1));
    }

    @Test
    void aSearchDimsTheRest() throws IOException {
        Set<Element> found = Objects.requireNonNull(Search.find("172.19.0.2", topology));
        assertThat(found)
                .contains(new Element.Card(TopologyBuilder.id("db")))
                .doesNotContain(new Element.Card(TopologyBuilder.id("cache")));
        assertThat(draw("search", topology, Theme.DARK, new Emphasis(Set.of(), null, null, found), 1))
                .isNotEqualTo(draw("no-search", topology, Theme.DARK, Emphasis.none(), 1));
    }

    @Test
    void everyZoomAndThemeCanBeDrawn() throws IOException {
        for (double zoom : new double[] {0.25, 0.5, 2.5}) {
            assertThat(draw("zoom-" + zoom, topology, Theme.DARK, Emphasis.none(), zoom))
                    .isNotEmpty();
        }
        assertThat(draw("high-contrast", topology, Theme.HIGH_CONTRAST, Emphasis.none(), 1))
                .isNotEmpty();
    }

    @Test
    void manyContainersComeWithAMinimap() throws IOException {
        Topology many = SampleTopologies.many(60, 7).build();
        assertThat(draw("minimap", many, Theme.DARK, Emphasis.none(), 2)).isNotEmpty();
    }

    @Test
    void searchingFindsByNameAddressPortMacAndImage() {
        for (String typed : new String[] {"DB", "172.19.0.2", "5432", "02:42:ac:13:00:02", "postgres", "5432/tcp"}) {
            assertThat(Search.find(typed, topology)).as(typed).contains(new Element.Card(TopologyBuilder.id("db")));
        }
        assertThat(Search.find("no such thing", topology)).isEmpty();
        assertThat(Search.find("  ", topology)).isNull();
    }

    private static byte[] draw(String name, Topology topology, Theme theme, Emphasis emphasis, double zoom)
            throws IOException {
        SceneModel scene = SceneLayout.of(topology, Arrangement.none()).scene();
        byte[] png = WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            Canvas canvas = new Canvas(WIDTH, HEIGHT);
            Camera camera = Camera.fitting(scene.bounds(), WIDTH, HEIGHT, 20).zoomed(zoom, new Point(300, 100));
            SceneRenderer renderer = new SceneRenderer();
            Palette palette = Palette.of(theme);
            var g = canvas.getGraphicsContext2D();
            renderer.paint(g, scene, camera, palette, Moment.still(emphasis), WIDTH, HEIGHT);
            if (scene.cards().size() >= 30) {
                renderer.paintOverview(
                        g, scene, palette, Overview.place(scene, WIDTH, HEIGHT), camera.visible(WIDTH, HEIGHT));
            }
            return Png.encode(canvas.snapshot(null, null));
        });
        Files.write(PICTURES.resolve("state-" + name + ".png"), png);
        return png;
    }
}
