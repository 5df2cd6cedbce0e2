package dev.patchbay.app.window;

import dev.patchbay.app.text.Language;
import java.io.IOException;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// The command palette over the window.
class CommandPalettePicturesTest extends WindowPictures {
    CommandPalettePicturesTest() {
        super(Language.ENGLISH);
    }

    @Test
    void actionsAndObjects() throws IOException {
        open();
        select(container("web01"));
        push(KeyCode.CONTROL, KeyCode.K);
        type("#paletteQuery", "web");
        expectDarkAndLight("palette");
    }
}
