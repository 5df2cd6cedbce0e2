package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Application;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.util.WaitForAsyncUtils;

/// What is done without a mouse has a menu, and what has the focus is seen to have it.
class WindowKeysTest extends WindowOverFakeHost {
    @ParameterizedTest
    @CsvSource({"CONTEXT_MENU", "F10"})
    void theMenuKeyOpensTheMenuOfWhatHasTheFocus(KeyCode key) {
        walkTo("Container web01");
        menuBy(key);
        assertThat(lookup("#menuStop").tryQuery()).isPresent();
        push(KeyCode.ESCAPE);
        assertThat(lookup("#menuStop").tryQuery()).isEmpty();
        walkTo("Network mydockernet");
        menuBy(key);
        push(KeyCode.DOWN);
        push(KeyCode.ENTER);
        assertThat(lookup("#sheet").tryQuery())
                .as("the first item is taken by the keyboard")
                .isPresent();
    }

    @Test
    void theMenuOfAPublishedPortCopiesTheCommandThatTakesItBack() {
        walkTo("Host port");
        menuBy(KeyCode.CONTEXT_MENU);
        clickOn("#menuCopyCommand");
        String[] copied = new String[1];
        interact(() -> copied[0] = Clipboard.getSystemClipboard().getString());
        assertThat(copied[0]).isEqualTo("patchbay unpublish web01 0.0.0.0:8080:80");
        assertThat(fake.applied).isEmpty();
    }

    @Test
    void theMenuOfThemesDressesTheWindowAndMarksTheOneThatIsWorn() {
        for (Theme theme : Theme.values()) {
            RadioMenuItem item = themeItem(
                    switch (theme) {
                        case DARK -> "themeDark";
                        case LIGHT -> "themeLight";
                        case HIGH_CONTRAST -> "themeContrast";
                    });
            interact(item::fire);
            assertThat(window().theme().get()).isEqualTo(theme);
            assertThat(item.isSelected()).isTrue();
            assertThat(window().scene().getStylesheets())
                    .contains(theme.stylesheet().toExternalForm());
        }
        RadioMenuItem desktop = themeItem("themeDesktop");
        interact(desktop::fire);
        assertThat(desktop.isSelected()).isTrue();
        interact(() -> assertThat(window().theme().get()).isEqualTo(Themes.desktopTheme()));
    }

    @Test
    void aHostThatIsNotShownLeavesTheLookOfTheProgramAlone() {
        interact(() -> {
            window().setTheme(Theme.DARK);
            Stage stage = (Stage) window().scene().getWindow();
            String dark = Application.getUserAgentStylesheet();
            MainWindow hidden =
                    new MainWindow(model, new WindowState(980, 700, false, Theme.DARK), (_, _) -> {}, _ -> {});
            hidden.setTheme(Theme.LIGHT);
            assertThat(Application.getUserAgentStylesheet()).isEqualTo(dark);
            stage.setScene(hidden.scene());
            assertThat(Application.getUserAgentStylesheet()).isNotEqualTo(dark);
            stage.setScene(window().scene());
            assertThat(Application.getUserAgentStylesheet()).isEqualTo(dark);
        });
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void whatHasTheFocusBearsARing(Theme theme) {
        interact(() -> window().setTheme(theme));
        Color ring = Palette.of(theme).colour("focus");
        interact(window().canvas()::requestFocus);
        int without = coloured(ring);
        Set<String> wanted = new TreeSet<>(
                List.of("newNetwork", "runContainer", "theme", "more", "search", "inspectorActions", "drawer"));
        for (int steps = 0; steps < 60 && !wanted.isEmpty(); steps++) {
            push(KeyCode.TAB);
            Node owner = Objects.requireNonNull(window().scene().getFocusOwner());
            if (owner.getId() != null && wanted.remove(owner.getId())) {
                assertThat(coloured(ring)).as("ring of %s", owner.getId()).isGreaterThan(without + 40);
            }
        }
        assertThat(wanted).isEmpty();
        walkTo("Container web01");
        assertThat(coloured(ring)).as("ring in the picture").isGreaterThan(without + 40);
    }

    @Test
    void theMenuOfExportsIsWalkedByKeys() throws Exception {
        push(KeyCode.CONTROL, KeyCode.E);
        assertThat(lookup("#exportSvg").tryQuery()).isPresent();
        push(KeyCode.ESCAPE);
        assertThat(lookup("#exportSvg").tryQuery()).isEmpty();
        push(KeyCode.CONTROL, KeyCode.E);
        push(KeyCode.UP);
        push(KeyCode.ENTER);
        Path rules = directory.resolve("lab.rules");
        await().until(() -> Files.exists(rules) && Files.size(rules) > 0);
        try (var written = Files.list(directory)) {
            assertThat(written).containsExactly(rules);
        }
    }

    private void menuBy(KeyCode key) {
        if (key == KeyCode.F10) {
            push(KeyCode.SHIFT, KeyCode.F10);
        } else {
            push(key);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void walkTo(String spoken) {
        interact(window().canvas()::requestFocus);
        push(KeyCode.HOME);
        for (int steps = 0; steps < 60 && !focused().startsWith(spoken); steps++) {
            push(KeyCode.TAB);
        }
        assertThat(focused()).startsWith(spoken);
    }

    private String focused() {
        AtomicReference<@Nullable Object> item = new AtomicReference<>();
        interact(() -> item.set(window().canvas().queryAccessibleAttribute(AccessibleAttribute.FOCUS_ITEM)));
        return item.get() instanceof Node node ? Objects.requireNonNullElse(node.getAccessibleText(), "") : "";
    }

    private RadioMenuItem themeItem(String id) {
        return find("#more", MenuButton.class).getItems().stream()
                .filter(Menu.class::isInstance)
                .flatMap(menu -> ((Menu) menu).getItems().stream())
                .filter(item -> id.equals(item.getId()))
                .map(RadioMenuItem.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /// How many pixels of the window have this colour.
    private int coloured(Color colour) {
        WaitForAsyncUtils.waitForFxEvents();
        Image[] picture = new Image[1];
        interact(() -> picture[0] = window().scene().snapshot(null));
        int pixels = 0;
        for (int x = 0; x < picture[0].getWidth(); x++) {
            for (int y = 0; y < picture[0].getHeight(); y++) {
                pixels += picture[0].getPixelReader().getColor(x, y).equals(colour) ? 1 : 0;
            }
        }
        return pixels;
    }
}
