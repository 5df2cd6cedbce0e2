package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.FxThread;
import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.Selected;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.viewmodel.BackgroundTasks;
import dev.patchbay.app.viewmodel.FakeHost;
import dev.patchbay.app.viewmodel.HostOpener;
import dev.patchbay.app.viewmodel.PatchbayViewModel;
import dev.patchbay.app.viewmodel.SampleTopology;
import dev.patchbay.app.viewmodel.TourViewModel;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.protocol.Refusal;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// Pictures of dialogs and states that a real Lab does not show at will.
class ScreenshotTest extends ApplicationTest {
    private volatile boolean gone;
    private final FakeHost fake = new FakeHost(SampleTopology.seed());
    private final BackgroundTasks tasks = new BackgroundTasks(new FxThread());
    private final PatchbayViewModel model = new PatchbayViewModel(
            () -> gone
                    ? new HostOpener.Answer.NotThere(Refusal.of("helper-ended", "The helper does not answer."))
                    : new HostOpener.Answer.There(fake),
            _ -> new TourViewModel.Played(0, ""),
            tasks,
            InstantSource.system());
    private MainWindow window;

    @Start
    @Override
    public void start(Stage stage) {
        Fonts.load();
        fake.count(SampleTopology.counters(1_000_000_000L, 128));
        window = new MainWindow(model, new WindowState(1440, 900, false, Theme.DARK), (_, _) -> {}, _ -> {});
        stage.setScene(window.scene());
        stage.show();
        model.counters().watch();
        model.host().open();
    }

    @AfterEach
    void close() {
        interact(model::close);
        tasks.close();
    }

    @Test
    void dialogs() throws IOException {
        await().until(() -> model.nat().rows().size() == 4);
        interact(() -> model.selected().set(new Selected.NetworkSelected(SampleTopology.MYDOCKERNET)));
        // The window is larger than the headless screen, so nothing is clicked here.
        interact(() -> lookup("#newNetwork").queryAs(Button.class).fire());
        interact(() -> lookup("#networkName").queryAs(TextField.class).setText("backend"));
        await().until(() -> !lookup("#apply").query().isDisabled());
        WaitForAsyncUtils.waitForFxEvents();
        interact(() -> lookup("#steps").queryAs(TitledPane.class).setExpanded(true));
        assertThat(Screenshots.write(window.scene(), "dialog-dark")).isNotEmptyFile();
        interact(() -> window.setTheme(Theme.LIGHT));
        assertThat(Screenshots.write(window.scene(), "dialog-light")).isNotEmptyFile();
        interact(() -> {
            lookup("#steps").queryAs(TitledPane.class).setExpanded(false);
            lookup("#networkIpv6").queryAs(CheckBox.class).setSelected(true);
            lookup("#networkMore").queryAs(TitledPane.class).setExpanded(true);
            lookup("#networkMtu").queryAs(TextField.class).setText("small");
        });
        // Higher than there is room for: its fields scroll, its buttons stay.
        interact(() -> lookup("#networkMtu").queryAs(TextField.class).requestFocus());
        Region sheet = lookup("#sheet").queryAs(Region.class);
        assertThat(sheet.getLayoutY()).isNotNegative();
        assertThat(sheet.getLayoutY() + sheet.getHeight())
                .isLessThanOrEqualTo(sheet.getParent().getLayoutBounds().getHeight());
        inBothThemes("dialog-more");
        interact(() -> lookup("#cancel").queryAs(Button.class).fire());
        interact(() -> {
            TableView<?> rules = lookup("#natRules").queryAs(TableView.class);
            rules.requestFocus();
            rules.getSelectionModel().select(2);
            window.setTheme(Theme.HIGH_CONTRAST);
        });
        assertThat(Screenshots.write(window.scene(), "rule-high-contrast")).isNotEmptyFile();
    }

    @Test
    void aPortForSomeNetworks() throws IOException {
        await().until(() -> model.host().live());
        interact(() -> model.selected().set(new Selected.ContainerSelected(SampleTopology.WEB01)));
        push(KeyCode.P);
        await().until(() -> lookup("#publishSourcesFold").tryQuery().isPresent());
        assertThat(Screenshots.write(window.scene(), "publish-dark")).isNotEmptyFile();
        interact(() -> lookup("#publishEverywhere").queryAs(ToggleButton.class).setSelected(true));
        interact(() -> lookup("#publishSourcesFold").queryAs(TitledPane.class).setExpanded(true));
        interact(() -> lookup("#publishSources").queryAs(TextField.class).setText("192.0.2.0/24, nonsense"));
        WaitForAsyncUtils.waitForFxEvents();
        inBothThemes("publish-for-some");
    }

    @Test
    void states() throws IOException {
        await().until(() -> model.nat().rows().size() == 4);
        fake.suffer(SampleTopology.problems());
        interact(() -> fake.show(SampleTopology.seed()));
        await().until(() -> !model.problems().seen().isEmpty());
        interact(() ->
                lookup("#drawer").queryAs(TabPane.class).getSelectionModel().select(3));
        inBothThemes("problem");
        gone = true;
        fake.die();
        await().until(() -> lookup("#banner").query().isVisible());
        inBothThemes("lost-helper");
        gone = false;
        fake.suffer(List.of());
        fake.show(SampleTopology.empty());
        interact(() -> model.host().open());
        await().until(() -> model.host().live());
        interact(() ->
                lookup("#drawer").queryAs(TabPane.class).getSelectionModel().select(0));
        await().until(() -> lookup("#offerTour").tryQuery().isPresent());
        inBothThemes("empty");
    }

    @Test
    void manyContainers() throws IOException {
        await().until(() -> model.host().live());
        fake.show(SampleTopologies.many(300, 12).build());
        await().until(() -> topologySize() == 300);
        inBothThemes("300-containers");
    }

    private int topologySize() {
        Topology topology = model.host().topology().get();
        return topology == null ? 0 : topology.containers().size();
    }

    private void inBothThemes(String name) throws IOException {
        interact(() -> window.setTheme(Theme.DARK));
        assertThat(Screenshots.write(window.scene(), name + "-dark")).isNotEmptyFile();
        interact(() -> window.setTheme(Theme.LIGHT));
        assertThat(Screenshots.write(window.scene(), name + "-light")).isNotEmptyFile();
    }
}
