package dev.patchbay.app.window;

import static dev.patchbay.app.window.FxConditions.onFxThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.hosts.ConnectionState;
import dev.patchbay.app.hosts.LabConnector;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.task.BackgroundTasks;
import dev.patchbay.app.task.FxThread;
import dev.patchbay.core.model.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

/// The whole window on a real Lab, which ends with the test.
abstract class WindowOverALab extends ApplicationTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration OPENING = Duration.ofMinutes(2);

    @TempDir
    static Path home;

    final Map<String, String> environment = Map.of("PATCHBAY_HOME", home.toString());
    final LabShell lab = new LabShell(environment);
    final BackgroundTasks tasks = new BackgroundTasks(new FxThread());
    final WindowViewModel model = new WindowViewModel(
            () -> LabConnector.start(environment), HostWindows.tourPlayer(environment), tasks, InstantSource.system());
    private final int width;
    private final int height;
    private @Nullable MainWindow window;

    WindowOverALab(int width, int height) {
        this.width = width;
        this.height = height;
    }

    @Override
    public void start(Stage stage) {
        Fonts.load();
        window = new MainWindow(model, new WindowState(width, height, false, Theme.DARK), (_, _) -> {}, _ -> {});
        stage.setScene(window().scene());
        stage.show();
        model.counters().start();
    }

    @BeforeEach
    void openTheLab() {
        boolean able =
                Stream.of("unshare", "curl", "busybox").allMatch(tool -> Files.isExecutable(Path.of("/usr/bin", tool)));
        if (System.getenv("CI") == null) {
            Assumptions.assumeTrue(able, "unshare, curl and busybox are needed");
        }
        assertThat(able).isTrue();
        interact(() -> model.host().open());
        // Two JVMs start. The state says why the host did not open.
        await().atMost(OPENING).untilAsserted(() -> {
            WaitForAsyncUtils.waitForFxEvents();
            assertThat(model.host().connection().get()).isInstanceOf(ConnectionState.Live.class);
            assertThat(model.host().topology().get()).isNotNull();
        });
    }

    @AfterEach
    void endTheLab() throws Exception {
        interact(model::close);
        tasks.close();
        LabConnector.down(environment);
    }

    MainWindow window() {
        return Objects.requireNonNull(window);
    }

    Topology topology() {
        return Objects.requireNonNull(model.host().topology().get());
    }

    /// What follows the condition in the same turn of the JavaFX thread has been done as well.
    void until(BooleanSupplier there) {
        await().atMost(PATIENCE).until(() -> {
            WaitForAsyncUtils.waitForFxEvents();
            return there.getAsBoolean();
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Through the search, as a person without a mouse does.
    void select(String name) {
        push(KeyCode.CONTROL, KeyCode.F);
        write(name);
        push(KeyCode.ENTER);
        push(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(model.selected().get()).isNotInstanceOf(Selection.None.class);
    }

    /// Goes on through the open dialog, which scrolls in a small window and shows what the keyboard reaches.
    void tabTo(String id) {
        until(() -> {
            push(KeyCode.TAB);
            Node focused = lookup("#sheet").query().getScene().getFocusOwner();
            return focused != null && id.equals(focused.getId());
        });
    }

    /// Presses the button of the open dialog as soon as it can be, and waits for the dialog to close.
    void applySheet() {
        await().atMost(PATIENCE)
                .until(onFxThread(() -> lookup("#apply")
                        .tryQuery()
                        .map(node -> !node.isDisabled())
                        .orElse(false)));
        clickOn("#apply");
        await().atMost(PATIENCE)
                .until(onFxThread(() -> lookup("#sheet").tryQuery().isEmpty()));
    }
}
