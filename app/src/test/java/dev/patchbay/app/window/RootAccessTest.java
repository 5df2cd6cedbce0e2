package dev.patchbay.app.window;

import static dev.patchbay.app.window.FxConditions.onFxThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.hosts.FakeHost;
import dev.patchbay.app.hosts.HostKind;
import dev.patchbay.app.hosts.HostOpener;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.hosts.RootAccessViewModel;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.screenshot.Screenshots;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.task.BackgroundTasks;
import dev.patchbay.app.task.FxThread;
import dev.patchbay.app.tour.TourViewModel;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.kernel.HostRules;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

/// Where the rules are for root alone the window says so, and asks when it is told to.
class RootAccessTest extends ApplicationTest {
    private final FakeHost fake = new FakeHost(SampleTopology.seed());
    private final BackgroundTasks tasks = new BackgroundTasks(new FxThread());
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicReference<RootAccessViewModel.RootPrompt> person =
            new AtomicReference<>(() -> Optional.of(Refusal.of("root-declined", "Root was not given.")));
    private final WindowViewModel model = new WindowViewModel(
            HostKind.ENGINE,
            () -> {
                opened.incrementAndGet();
                return new HostOpener.Result.Opened(fake);
            },
            () -> person.get().ask(),
            _ -> new TourViewModel.PlayResult(0, ""),
            tasks,
            InstantSource.system());

    @TempDir
    private Path directory;

    @Override
    public void start(Stage stage) {
        Fonts.load();
        fake.count(() -> new HostRules(1, "", List.of(), List.of(), List.of(), List.of()));
        MainWindow window = new MainWindow(
                model,
                new WindowState(1200, 760, false, Theme.DARK),
                (name, chosen) -> chosen.accept(directory.resolve(name)),
                chosen -> chosen.accept(directory.resolve("shop.yaml")));
        stage.setScene(window.scene());
        stage.show();
        model.counters().start();
        model.host().open();
    }

    @AfterEach
    void close() {
        interact(model::close);
        tasks.close();
    }

    private void awaitTheButton() {
        await().until(onFxThread(() -> lookup("#natRulesAskForRoot")
                .tryQuery()
                .filter(button -> button.isVisible() && !button.isDisabled())
                .isPresent()));
    }

    private void ask() {
        awaitTheButton();
        clickOn("#natRulesAskForRoot");
    }

    @Test
    void declinedTheWindowStaysAndSaysSoAndGivenItShowsTheRules() throws Exception {
        ask();
        await().until(() -> model.host().notification().get() instanceof Notification notice
                && notice.sentence().equals("Root was not given."));
        assertThat(opened).hasValue(1);
        assertThat(model.host().isLive()).isTrue();
        awaitTheButton();
        // It may have lost the focus while it was disabled.
        interact(() -> window(0).getScene().getRoot().requestFocus());
        Screenshots.expect(window(0).getScene(), "rules-for-root");

        person.set(() -> {
            fake.count(SampleTopology.counters(1_000_000_000L, 128));
            return Optional.empty();
        });
        ask();
        await().until(() -> opened.get() == 2 && model.host().isLive());
        await().until(onFxThread(
                () -> !lookup("#natRules").queryAs(TableView.class).getItems().isEmpty()));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(lookup("#natRulesAskForRoot").query().isVisible()).isFalse();
    }
}
