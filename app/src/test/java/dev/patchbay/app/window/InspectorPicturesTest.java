package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.app.FxThread;
import dev.patchbay.app.canvas.Selected;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.viewmodel.BackgroundTasks;
import dev.patchbay.app.viewmodel.FakeHost;
import dev.patchbay.app.viewmodel.HastyTasks;
import dev.patchbay.app.viewmodel.HostOpener;
import dev.patchbay.app.viewmodel.PatchbayViewModel;
import dev.patchbay.app.viewmodel.SampleTopology;
import dev.patchbay.app.viewmodel.TourViewModel;
import java.io.IOException;
import java.time.InstantSource;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.framework.junit5.Start;

/// Pictures of the inspector while there is traffic.
class InspectorPicturesTest extends ApplicationTest {
    private final FakeHost fake = new FakeHost(SampleTopology.seed());
    private final BackgroundTasks tasks = new BackgroundTasks(new FxThread());
    private final PatchbayViewModel model = new PatchbayViewModel(
            () -> new HostOpener.Answer.There(fake),
            _ -> new TourViewModel.Played(0, ""),
            new HastyTasks(tasks),
            InstantSource.system());
    private MainWindow window;

    @Start
    @Override
    public void start(Stage stage) {
        Fonts.load();
        fake.count(SampleTopology.busy());
        ObjectNode more = JsonNodeFactory.instance.objectNode();
        more.put("Name", "/web01").put("Image", "httpd:2.4");
        more.putObject("State").put("Status", "running").put("Running", true).put("Pid", 2682);
        more.putObject("Config").putArray("Cmd").add("httpd-foreground");
        more.putObject("NetworkSettings")
                .putObject("Ports")
                .putArray("80/tcp")
                .addObject()
                .put("HostIp", "0.0.0.0")
                .put("HostPort", "8080");
        fake.more = more;
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
    void overviewAndTraffic() throws IOException {
        interact(() -> model.selected().set(new Selected.NetworkSelected(SampleTopology.MYDOCKERNET)));
        await().until(() -> model.traffic().lastMinute().get().size() >= 60);
        interact(() -> model.counters().rest());
        assertThat(Screenshots.write(window.scene(), "inspector-network-dark")).isNotEmptyFile();
        interact(() -> model.selected().set(new Selected.ContainerSelected(SampleTopology.WEB01)));
        assertThat(Screenshots.write(window.scene(), "inspector-container-dark"))
                .isNotEmptyFile();
        interact(() -> lookup("#inspectorTabs")
                .queryAs(TabPane.class)
                .getSelectionModel()
                .select(1));
        await().until(() -> model.inspector().document().get() != null);
        interact(() -> lookup("#inspectFind").queryAs(TextField.class).setText("tcp"));
        assertThat(Screenshots.write(window.scene(), "inspector-json-dark")).isNotEmptyFile();
        interact(() -> lookup("#inspectAsText").queryAs(ToggleButton.class).setSelected(true));
        interact(() -> window.setTheme(Theme.LIGHT));
        assertThat(Screenshots.write(window.scene(), "inspector-json-light")).isNotEmptyFile();
        interact(() -> lookup("#inspectorTabs")
                .queryAs(TabPane.class)
                .getSelectionModel()
                .select(2));
        assertThat(Screenshots.write(window.scene(), "inspector-traffic-light")).isNotEmptyFile();
        interact(() -> model.selected().set(new Selected.HostSelected()));
        interact(() -> lookup("#inspectorTabs")
                .queryAs(TabPane.class)
                .getSelectionModel()
                .select(0));
        assertThat(Screenshots.write(window.scene(), "inspector-host-light")).isNotEmptyFile();
    }

    @Test
    void ruleAndKeys() throws IOException {
        await().until(() -> model.nat().rows().size() == 4);
        interact(() -> model.nat().pick(model.nat().rows().get(2)));
        interact(() -> {
            TableView<?> rules = lookup("#natRules").queryAs(TableView.class);
            rules.requestFocus();
            rules.getSelectionModel().select(2);
        });
        await().until(() -> model.traffic().lastMinute().get().size() >= 60);
        interact(() -> model.counters().rest());
        assertThat(Screenshots.write(window.scene(), "rule-dark")).isNotEmptyFile();
        interact(() -> window.setTheme(Theme.LIGHT));
        assertThat(Screenshots.write(window.scene(), "rule-light")).isNotEmptyFile();
        push(KeyCode.F1);
        assertThat(Screenshots.write(window.scene(), "keys-light")).isNotEmptyFile();
    }
}
