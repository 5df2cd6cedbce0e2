package dev.patchbay.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ViewportTest {
    private final Viewport viewport = new Viewport();

    @Test
    void theMinimapIsThereOnlyWhileSomethingIsOutOfView() {
        viewport.setScene(scene(300));
        viewport.resize(1000, 600);
        assertThat(viewport.minimap()).isNull();

        viewport.zoom(3, new Point(500, 300));
        Rect place = Objects.requireNonNull(viewport.minimap());
        assertThat(place.right()).isLessThan(1000);
        assertThat(place.bottom()).isLessThan(600);

        Rect before = viewport.visibleBox();
        viewport.centreOnMinimapPoint(new Point(place.x() + 10, place.y() + 10));
        assertThat(viewport.visibleBox().x()).isLessThan(before.x());

        viewport.fit();
        assertThat(viewport.minimap()).isNull();
    }

    @Test
    void fewCardsNeedNoMinimap() {
        viewport.setScene(scene(10));
        viewport.resize(1000, 600);
        viewport.zoom(3, new Point(500, 300));
        assertThat(viewport.minimap()).isNull();
    }

    private static SceneModel scene(int containers) {
        return SceneLayout.of(SampleTopologies.many(containers, 4).build(), Arrangement.none())
                .scene();
    }
}
