package dev.patchbay.app.window;

import java.util.List;
import java.util.Objects;
import javafx.scene.control.Labeled;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/// What the labels of a window say.
final class Texts {
    private Texts() {}

    /// Read in one turn of the JavaFX thread: from another thread a list that is being filled is seen in part.
    ///
    /// @param selector of CSS
    /// @return in the order of the scene
    static List<String> of(FxRobot robot, String selector) {
        return WaitForAsyncUtils.waitForAsyncFx(
                60_000,
                () -> robot.lookup(selector).queryAllAs(Labeled.class).stream()
                        .map(Labeled::getText)
                        .filter(Objects::nonNull)
                        .toList());
    }
}
