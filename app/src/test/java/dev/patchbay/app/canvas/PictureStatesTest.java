package dev.patchbay.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.paint.Camera;
import dev.patchbay.app.canvas.paint.FrameState;
import dev.patchbay.app.canvas.paint.HighlightedElements;
import dev.patchbay.app.canvas.paint.Minimap;
import dev.patchbay.app.canvas.paint.SceneRenderer;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.export.PngWriter;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.canvas.Canvas;
import javafx.scene.paint.Color;
import javax.imageio.ImageIO;
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
        HighlightedElements highlights = new HighlightedElements(
                ElementSelection.elementsOf(new Selection.OfPort(port), topology),
                new CanvasElement.Card(TestTopologyBuilder.id("db")),
                new CanvasElement.Card(TestTopologyBuilder.id("cache")),
                null);
        assertThat(draw("selected-port", topology, Theme.DARK, highlights, 1))
                .isNotEqualTo(draw("nothing-selected", topology, Theme.DARK, HighlightedElements.none(), 1));
    }

    @Test
    void aSelectedNetworkIsFramed() throws IOException {
        Set<CanvasElement> network =
                ElementSelection.elementsOf(new Selection.OfNetwork(TestTopologyBuilder.id("mydockernet")), topology);
        assertThat(draw(
                        "selected-network",
                        topology,
                        Theme.LIGHT,
                        new HighlightedElements(network, null, null, null),
                        1))
                .isNotEqualTo(draw("plain", topology, Theme.LIGHT, HighlightedElements.none(), 1));
    }

    @Test
    void aSearchDimsTheRest() throws IOException {
        Set<CanvasElement> found = Objects.requireNonNull(TopologySearch.matchingElements("172.19.0.2", topology));
        assertThat(found)
                .contains(new CanvasElement.Card(TestTopologyBuilder.id("db")))
                .doesNotContain(new CanvasElement.Card(TestTopologyBuilder.id("cache")));
        assertThat(draw("search", topology, Theme.DARK, new HighlightedElements(Set.of(), null, null, found), 1))
                .isNotEqualTo(draw("no-search", topology, Theme.DARK, HighlightedElements.none(), 1));
    }

    @Test
    void everyZoomAndThemeCanBeDrawn() throws IOException {
        Set<String> different = new HashSet<>();
        for (double zoom : new double[] {0.25, 0.5, 1, 2.5}) {
            for (Theme theme : Theme.values()) {
                byte[] picture = draw("zoom-" + zoom + "-" + theme, topology, theme, HighlightedElements.none(), zoom);
                assertThat(colours(picture))
                        .as("%s at %s", theme, zoom)
                        .hasSizeGreaterThan(50)
                        .contains(rgb(theme, "ground"));
                assertThat(different.add(HexFormat.of().formatHex(picture)))
                        .as("%s at %s looks like another", theme, zoom)
                        .isTrue();
            }
        }
    }

    @Test
    void manyContainersComeWithAMinimap() throws IOException {
        Topology many = SampleTopologies.many(60, 7).build();
        byte[] small = draw("minimap", many, Theme.DARK, HighlightedElements.none(), 2);
        SceneModel scene = SceneLayout.of(many, Arrangement.none()).scene();
        BufferedImage without = ImageIO.read(
                new ByteArrayInputStream(draw("no-minimap", scene, Theme.DARK, HighlightedElements.none(), 2, false)));
        BufferedImage with = ImageIO.read(new ByteArrayInputStream(small));
        Rect place = Minimap.boundsIn(scene, WIDTH, HEIGHT);
        int inside = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                if (with.getRGB(x, y) != without.getRGB(x, y)) {
                    assertThat(place.expanded(2).contains(new Point(x, y)))
                            .as("changed at %d, %d", x, y)
                            .isTrue();
                    inside++;
                }
            }
        }
        assertThat(inside).isGreaterThan((int) (place.width() * place.height() / 2));
    }

    @Test
    void searchingFindsByNameAddressPortMacAndImage() {
        for (String typed : new String[] {"DB", "172.19.0.2", "5432", "02:42:ac:13:00:02", "postgres", "5432/tcp"}) {
            assertThat(TopologySearch.matchingElements(typed, topology))
                    .as(typed)
                    .contains(new CanvasElement.Card(TestTopologyBuilder.id("db")));
        }
        assertThat(TopologySearch.matchingElements("no such thing", topology)).isEmpty();
        assertThat(TopologySearch.hits("no such thing", topology)).isEmpty();
        Container db = Objects.requireNonNull(topology.container(TestTopologyBuilder.id("db")));
        for (String typed : List.of(
                "db", db.id().shortForm(), db.endpoints().getFirst().hostInterface(), "80/tcp", "0.0.0.0:80", "web")) {
            Set<CanvasElement> lit = Objects.requireNonNull(TopologySearch.matchingElements(typed, topology));
            for (Selection hit : TopologySearch.hits(typed, topology)) {
                assertThat(lit).as(typed).containsAnyElementsOf(ElementSelection.elementsOf(hit, topology));
            }
            assertThat(TopologySearch.hits(typed, topology).isEmpty()).as(typed).isEqualTo(lit.isEmpty());
        }
        assertThat(TopologySearch.matchingElements("  ", topology)).isNull();
    }

    private static Set<Integer> colours(byte[] png) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        return IntStream.of(picture.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH))
                .mapToObj(pixel -> pixel & 0xffffff)
                .collect(Collectors.toSet());
    }

    private static int rgb(Theme theme, String token) {
        Color colour = Palette.of(theme).colour(token);
        return (int) Math.round(colour.getRed() * 255) << 16
                | (int) Math.round(colour.getGreen() * 255) << 8
                | (int) Math.round(colour.getBlue() * 255);
    }

    private static byte[] draw(String name, Topology topology, Theme theme, HighlightedElements highlights, double zoom)
            throws IOException {
        SceneModel scene = SceneLayout.of(topology, Arrangement.none()).scene();
        return draw(name, scene, theme, highlights, zoom, scene.cards().size() >= 30);
    }

    private static byte[] draw(
            String name, SceneModel scene, Theme theme, HighlightedElements highlights, double zoom, boolean minimap)
            throws IOException {
        byte[] png = WaitForAsyncUtils.waitForAsyncFx(60_000, () -> {
            Canvas canvas = new Canvas(WIDTH, HEIGHT);
            Camera camera = Camera.fitting(scene.bounds(), WIDTH, HEIGHT, 20).zoomed(zoom, new Point(300, 100));
            SceneRenderer renderer = new SceneRenderer();
            Palette palette = Palette.of(theme);
            var g = canvas.getGraphicsContext2D();
            renderer.paint(g, scene, camera, palette, FrameState.idle(highlights), WIDTH, HEIGHT);
            if (minimap) {
                renderer.paintMinimap(
                        g, scene, palette, Minimap.boundsIn(scene, WIDTH, HEIGHT), camera.visibleBox(WIDTH, HEIGHT));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (PngWriter encoder = new PngWriter(bytes, (int) canvas.getWidth(), (int) canvas.getHeight())) {
                encoder.writeRows(canvas.snapshot(null, null));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        });
        Files.write(PICTURES.resolve("state-" + name + ".png"), png);
        return png;
    }
}
