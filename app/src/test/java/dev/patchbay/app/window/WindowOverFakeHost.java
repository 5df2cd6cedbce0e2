package dev.patchbay.app.window;

import static dev.patchbay.app.window.FxConditions.onFxThread;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.hosts.FakeHost;
import dev.patchbay.app.hosts.HostKind;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.task.BackgroundTasks;
import dev.patchbay.app.task.FxThread;
import dev.patchbay.app.tour.TourViewModel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import javafx.scene.Node;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

/// The whole window over a host without a kernel.
abstract class WindowOverFakeHost extends ApplicationTest {
    final FakeHost fake = new FakeHost(SampleTopology.seed());
    final BackgroundTasks tasks = new BackgroundTasks(new FxThread());
    final WindowViewModel model = new WindowViewModel(
            kind(),
            () -> new HostOpener.Result.Opened(fake),
            null,
            _ -> new TourViewModel.PlayResult(0, ""),
            tasks,
            InstantSource.system());

    private @Nullable MainWindow window;

    @TempDir
    Path directory;

    /// What the window shows; asked for while this is made.
    HostKind kind() {
        return HostKind.LAB;
    }

    @Override
    public void start(Stage stage) {
        Fonts.load();
        fake.count(SampleTopology.counters(1_000_000_000L, 128));
        MainWindow shown = new MainWindow(
                model,
                new WindowState(980, 700, false, Theme.DARK),
                (name, chosen) -> chosen.accept(directory.resolve(name)),
                chosen -> chosen.accept(directory.resolve("shop.yaml")));
        window = shown;
        stage.setScene(shown.scene());
        stage.show();
        model.counters().start();
        model.host().open();
    }

    @BeforeEach
    void waitForThePicture() {
        await().until(() -> model.host().isLive());
        WaitForAsyncUtils.waitForFxEvents();
    }

    @AfterEach
    void close() {
        interact(model::close);
        tasks.close();
    }

    final MainWindow window() {
        return Objects.requireNonNull(window);
    }

    final void select(Selection selected) {
        interact(() -> model.selected().set(selected));
    }

    final <T extends Node> T find(String query, Class<T> type) {
        WaitForAsyncUtils.waitForFxEvents();
        return lookup(query).queryAs(type);
    }

    final void enabled(String query) {
        await().until(onFxThread(
                () -> lookup(query).tryQuery().map(node -> !node.isDisabled()).orElse(false)));
    }
}
