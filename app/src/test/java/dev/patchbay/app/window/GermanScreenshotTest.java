package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.FxThread;
import dev.patchbay.app.canvas.Selected;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.Language;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.viewmodel.BackgroundTasks;
import dev.patchbay.app.viewmodel.FakeHost;
import dev.patchbay.app.viewmodel.HostOpener;
import dev.patchbay.app.viewmodel.PatchbayViewModel;
import dev.patchbay.app.viewmodel.SampleTopology;
import dev.patchbay.app.viewmodel.TourViewModel;
import java.io.IOException;
import java.time.InstantSource;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.framework.junit5.Start;

/// The window in German, whose words are longer: nothing that is pressed is cut.
class GermanScreenshotTest extends ApplicationTest {
    private final FakeHost fake = new FakeHost(SampleTopology.seed());
    private final BackgroundTasks tasks = new BackgroundTasks(new FxThread());
    private PatchbayViewModel model;
    private MainWindow window;

    @Start
    @Override
    public void start(Stage stage) {
        Messages.speak(Language.GERMAN);
        Fonts.load();
        model = new PatchbayViewModel(
                () -> new HostOpener.Answer.There(fake),
                _ -> new TourViewModel.Played(0, ""),
                tasks,
                InstantSource.system());
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
        Messages.speak(Language.ENGLISH);
    }

    @Test
    void nothingThatIsPressedIsCut() throws IOException {
        await().until(() -> model.nat().rows().size() == 4);
        interact(() -> model.selected().set(new Selected.ContainerSelected(SampleTopology.WEB01)));
        assertThat(Screenshots.write(window.scene(), "german-dark")).isNotEmptyFile();
        assertThat(lookup("#runContainer").queryAs(Button.class).getText()).isEqualTo("Container starten");
        assertThat(lookup(".button").queryAllAs(Button.class))
                .filteredOn(button -> button.isVisible()
                        && button.getText() != null
                        && !button.getText().isEmpty())
                .isNotEmpty()
                .allSatisfy(button -> assertThat(shown(button)).isEqualTo(button.getText()));
    }

    private static String shown(Labeled labeled) {
        return labeled.lookup(".text") instanceof Text text ? text.getText() : "";
    }
}
