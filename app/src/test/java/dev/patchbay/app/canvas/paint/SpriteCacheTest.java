package dev.patchbay.app.canvas.paint;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.image.Image;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

class SpriteCacheTest {
    private final SpriteCache sprites = new SpriteCache();

    @Test
    void aDiscHasItsHeartInTheMiddleAndItsEdgeAround() {
        Image ring = sprites.disc(6, Color.WHITE, Color.RED, 2, 1);
        assertThat(ring.getWidth()).isEqualTo(12);
        assertThat(colour(ring, 6, 6)).isEqualTo(Color.WHITE);
        assertThat(colour(ring, 1, 6)).isEqualTo(Color.RED);
        assertThat(colour(ring, 0, 0)).isEqualTo(Color.TRANSPARENT);
    }

    @Test
    void aScreenWithTwicePixelsGetsTwiceAsMany() {
        assertThat(sprites.disc(6, Color.WHITE, Color.RED, 2, 2).getWidth()).isEqualTo(24);
    }

    @Test
    void aDiscOfLessThanAPixelIsStillSeen() {
        Image dot = sprites.disc(0.05, Color.RED, Color.RED, 0, 1);
        assertThat(dot.getWidth()).isEqualTo(2.0 * SpriteCache.imageRadius(0.05));
        assertThat(colour(dot, 0, 0).getOpacity()).isPositive();
    }

    @Test
    void theSameDiscIsComputedOnce() {
        assertThat(sprites.disc(6, Color.WHITE, Color.RED, 2, 1))
                .isSameAs(sprites.disc(6.1, Color.WHITE, Color.RED, 2, 1));
    }

    private static Color colour(Image image, int x, int y) {
        return image.getPixelReader().getColor(x, y);
    }
}
