package dev.patchbay.app.window;

import static org.awaitility.Awaitility.await;

import dev.patchbay.app.hosts.FakeHost;
import dev.patchbay.app.hosts.HostKind;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.task.BackgroundTasks;
import dev.patchbay.app.task.FxThread;
import dev.patchbay.app.tour.TourViewModel;
import java.lang.ref.WeakReference;
import java.time.InstantSource;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;

/// Whoever goes from host to host has one window at a time in memory.
class ClosedWindowTest extends ApplicationTest {
    private final BackgroundTasks tasks = new BackgroundTasks(new FxThread());

    @Override
    public void start(Stage unused) {
        Fonts.load();
    }

    @AfterEach
    void close() {
        tasks.close();
    }

    @Test
    void aWindowThatWasClosedIsNotKept() {
        WeakReference<MainWindow> window = showAndClose();
        await().until(() -> {
            System.gc();
            return window.refersTo(null);
        });
    }

    private WeakReference<MainWindow> showAndClose() {
        FakeHost fake = new FakeHost(SampleTopology.seed());
        WindowViewModel model = new WindowViewModel(
                HostKind.LAB,
                () -> new HostOpener.Result.Opened(fake),
                null,
                _ -> new TourViewModel.PlayResult(0, ""),
                tasks,
                InstantSource.system());
        MainWindow[] window = new MainWindow[1];
        // Of the stage that a test is given, the toolkit keeps the events.
        Stage[] stage = new Stage[1];
        interact(() -> {
            window[0] = new MainWindow(model, new WindowState(980, 700, false, Theme.DARK), (_, _) -> {}, _ -> {});
            stage[0] = new Stage();
            stage[0].setScene(window[0].scene());
            stage[0].show();
            model.host().open();
        });
        await().until(() -> model.host().isLive());
        interact(() -> {
            stage[0].hide();
            model.close();
        });
        return new WeakReference<>(window[0]);
    }
}
