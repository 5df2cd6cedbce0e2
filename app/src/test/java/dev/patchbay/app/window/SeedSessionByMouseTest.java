package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.FxThread;
import dev.patchbay.app.Labs;
import dev.patchbay.app.canvas.Selected;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.viewmodel.BackgroundTasks;
import dev.patchbay.app.viewmodel.PatchbayViewModel;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

/// The seed session in the real window on a real Lab; the kernel is read back with ip, iptables-save and curl.
class SeedSessionByMouseTest extends ApplicationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path home;

    private final Map<String, String> environment = Map.of("PATCHBAY_HOME", home.toString());
    private final LabShell lab = new LabShell(environment);
    private final BackgroundTasks tasks = new BackgroundTasks(new FxThread());
    private final PatchbayViewModel model = new PatchbayViewModel(
            () -> Labs.start(environment), Labs.player(environment), tasks, InstantSource.system());

    @Override
    public void start(Stage stage) {
        Fonts.load();
        MainWindow window = new MainWindow(model, new WindowState(980, 700, false, Theme.DARK), (_, _) -> {}, _ -> {});
        stage.setScene(window.scene());
        stage.show();
        model.counters().watch();
    }

    @BeforeEach
    void openTheLab() {
        boolean able = Files.isExecutable(Path.of("/usr/bin/unshare")) && Files.isExecutable(Path.of("/usr/bin/curl"));
        if (System.getenv("CI") == null) {
            Assumptions.assumeTrue(able, "unshare and curl are needed");
        }
        assertThat(able).isTrue();
        interact(() -> model.host().open());
        await().atMost(PATIENCE)
                .until(() -> model.host().live() && model.host().topology().get() != null);
    }

    @AfterEach
    void endTheLab() throws Exception {
        interact(model::close);
        tasks.close();
        Labs.down(environment);
    }

    @Test
    void theSeedSession() throws Exception {
        String linksBefore = links();
        String rulesBefore = lab.rules();

        clickOn("#newNetwork");
        clickOn("#networkName").write("mydockernet");
        apply();
        await().atMost(PATIENCE).until(() -> network() != null);
        String bridge = Objects.requireNonNull(network()).bridge();
        assertThat(links()).contains(bridge);

        run("web01", "8080:80");
        run("web02", "8081:80");
        lab.answers(8080);
        lab.answers(8081);
        assertThat(lab.rules()).contains("--dport 8080", "--dport 8081");
        pictures();

        select("web01");
        push(KeyCode.D);
        apply();
        await().atMost(PATIENCE).until(() -> container("web01").endpoints().isEmpty());
        assertThat(lab.rules()).doesNotContain("--dport 8080");

        select("web01");
        push(KeyCode.C);
        clickOn("#connectNetwork");
        ComboBox<?> choice = lookup("#connectNetwork").queryAs(ComboBox.class);
        while (!(choice.getValue() instanceof Network chosen && chosen.name().equals("mydockernet"))) {
            push(KeyCode.DOWN);
        }
        push(KeyCode.ENTER);
        apply();
        await().atMost(PATIENCE).until(() -> !container("web01").endpoints().isEmpty());
        lab.answers(8080);

        for (String name : List.of("web01", "web02")) {
            select(name);
            clickOn("#inspectorActions");
            clickOn("#menuStop");
            await().atMost(PATIENCE).until(() -> !container(name).running());
            select(name);
            push(KeyCode.DELETE);
            await().atMost(PATIENCE)
                    .until(() -> Objects.requireNonNull(model.host().topology().get()).containers().stream()
                            .noneMatch(container -> container.name().equals(name)));
        }
        select("mydockernet");
        push(KeyCode.DELETE);
        await().atMost(PATIENCE).until(() -> network() == null);

        assertThat(links()).isEqualTo(linksBefore);
        assertThat(lab.rules()).isEqualTo(rulesBefore);
    }

    private void run(String name, String ports) {
        select("mydockernet");
        clickOn("#runContainer");
        clickOn("#containerName").write(name);
        tabTo("containerPorts");
        write(ports);
        apply();
        await().atMost(PATIENCE)
                .until(() -> Objects.requireNonNull(model.host().topology().get()).containers().stream()
                        .anyMatch(container -> container.name().equals(name) && container.running()));
    }

    /// In a window as small as this one the dialog scrolls, and shows what the keyboard reaches.
    private void tabTo(String id) {
        await().atMost(PATIENCE).until(() -> {
            push(KeyCode.TAB);
            Node focused = lookup("#sheet").query().getScene().getFocusOwner();
            return focused != null && id.equals(focused.getId());
        });
    }

    /// Through the search, as a person without a mouse does.
    private void select(String name) {
        push(KeyCode.CONTROL, KeyCode.F);
        write(name);
        push(KeyCode.ENTER);
        push(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(model.selected().get()).isNotInstanceOf(Selected.Nothing.class);
    }

    private void apply() {
        await().atMost(PATIENCE)
                .until(() -> lookup("#apply")
                        .tryQuery()
                        .map(node -> !node.isDisabled())
                        .orElse(false));
        clickOn("#apply");
        await().atMost(PATIENCE).until(() -> lookup("#sheet").tryQuery().isEmpty());
        WaitForAsyncUtils.waitForFxEvents();
    }

    private @Nullable Network network() {
        return Objects.requireNonNull(model.host().topology().get()).networks().stream()
                .filter(network -> network.name().equals("mydockernet"))
                .findFirst()
                .orElse(null);
    }

    private Container container(String name) {
        return Objects.requireNonNull(model.host().topology().get()).containers().stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String links() throws Exception {
        return lab.run("sh", "-c", "ip -br link | awk '{print $1}' | sort");
    }

    /// A second window of full size on the same Lab: the first has to fit the headless screen.
    private void pictures() throws IOException {
        select("mydockernet");
        await().atMost(PATIENCE).until(() -> !model.nat().rows().isEmpty());
        for (Theme theme : List.of(Theme.DARK, Theme.LIGHT)) {
            Stage[] stage = new Stage[1];
            MainWindow[] large = new MainWindow[1];
            interact(() -> {
                large[0] = new MainWindow(model, new WindowState(1440, 900, false, theme), (_, _) -> {}, _ -> {});
                stage[0] = new Stage();
                stage[0].setScene(large[0].scene());
                stage[0].show();
            });
            Node rules = large[0].scene().lookup("#natRules");
            assertThat(rules).isNotNull();
            assertThat(Screenshots.write(large[0].scene(), theme == Theme.DARK ? "seed-dark" : "seed-light"))
                    .isNotEmptyFile();
            interact(() -> stage[0].close());
        }
    }
}
