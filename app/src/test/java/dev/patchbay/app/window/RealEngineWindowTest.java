package dev.patchbay.app.window;

import static dev.patchbay.app.window.FxConditions.onFxThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.hosts.ConnectionState;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.style.Theme;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.net.Protocol;
import java.io.IOException;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a real engine has, seen and rewired in the window.
class RealEngineWindowTest extends WindowOverAnEngine {
    /// Of a container's inspect document, what it keeps when it is made anew.
    private static final String SAME =
            "{{json .Config.Env}}{{json .Config.Labels}}{{range .Mounts}}{{.Name}}{{.Destination}}{{end}}"
                    + "{{range $name, $_ := .NetworkSettings.Networks}}{{$name}}{{end}}{{.Image}}{{.State.Status}}";

    @BeforeAll
    static void furnishTheMachine() {
        furnish();
    }

    /// What one test made, another one does not see.
    @AfterEach
    void removeContainers() throws IOException {
        onHost("docker -H " + engine.address() + " rm -f late wiki");
    }

    @Test
    void theEnginesOwnIsSeenAndRewiredAndTheLabIsOneChoiceAway() throws IOException {
        await().atMost(PATIENCE).until(() -> container("probe").isPresent());
        interact(() -> model().selected()
                .set(new Selection.OfContainer(container("shop").orElseThrow().id())));
        // The rules come from the kernel, through the machine's helper.
        await().atMost(PATIENCE).until(() -> model().nat().rows().size() == 4);
        pictures();
        MenuButton button = lookup("#hostSwitch").queryAs(MenuButton.class);
        interact(button::show);
        assertThat(button.getItems().stream().map(MenuItem::getId)).startsWith("host-lab", "host-local");
        interact(button::hide);

        engine.docker("run", "-d", "--name", "late", "--network", "frontend", IMAGE);
        await().atMost(PATIENCE).until(() -> container("late").isPresent());
        interact(() -> model().host().apply(new Change.Connect("late", EndpointRequest.on("backend"))));
        await().atMost(PATIENCE)
                .until(() -> container("late").orElseThrow().endpoints().size() == 2);
        assertThat(engine.docker("inspect", "-f", "{{len .NetworkSettings.Networks}}", "late"))
                .isEqualTo("2");
        undo();
        await().atMost(PATIENCE)
                .until(() -> container("late").orElseThrow().endpoints().size() == 1);

        assertThat(button.getText()).isEqualTo("This machine");
        WindowViewModel first = model();
        interact(() -> button.getItems().stream()
                .filter(item -> "host-lab".equals(item.getId()))
                .findFirst()
                .ifPresent(MenuItem::fire));
        await().atMost(OPENING).until(() -> model().host().isLive());
        assertThat(model()).isNotSameAs(first);
        assertThat(hosts.connectionState("local")).containsInstanceOf(ConnectionState.Live.class);
        await().atMost(PATIENCE)
                .until(onFxThread(() -> lookup("#offerMachine").tryQuery().isPresent()));
        interact(() -> lookup("#offerMachine").queryButton().fire());
        assertThat(model()).isSameAs(first);
        assertThat(container("late")).isPresent();
    }

    /// The same gesture and dialog as in a Lab. Nothing of the engine's is changed by it.
    @Test
    void aPinDraggedToTheHostIsPublishedBesideTheEngine() throws IOException {
        await().atMost(PATIENCE).until(() -> container("orders").isPresent());
        Id orders = container("orders").orElseThrow().id();
        String before = rules();
        TopologyCanvas canvas = hosts.shown().orElseThrow().window().canvas();
        Mouse mouse = new Mouse(canvas);
        Point2D pin = middleOf(canvas, new CanvasElement.Pin(orders, new ExposedPort(80, Protocol.TCP)));
        Point2D slot = middleOf(canvas, new CanvasElement.DropSlot());
        mouse.drag(pin, slot);
        mouse.drop(slot);
        applySheet();
        await().atMost(PATIENCE)
                .until(() -> container("orders").orElseThrow().ports().size() == 1);
        PortBinding port = container("orders").orElseThrow().ports().getFirst();
        assertThat(port.external()).isTrue();
        untilApplied();
        String url = "http://127.0.0.1:" + port.hostPorts().first() + "/";
        assertThat(onHost("curl -s --max-time 20 " + url)).contains("It works!");
        assertThat(engine.docker("port", "orders")).isEmpty();
        interact(() -> model().selected().set(new Selection.OfPort(port.id())));
        await().atMost(PATIENCE)
                .until(onFxThread(
                        () -> lookup("by Patchbay, not in docker ps").tryQuery().isPresent()));
        // The window's own, which asks whether the port answers, and curl's.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(model().nat().rows())
                        .extracting(row -> row.packets().get())
                        .contains(2L));
        expect("docker-beside");

        undo();
        await().atMost(PATIENCE)
                .until(() -> container("orders").orElseThrow().ports().isEmpty());
        assertThat(rules()).isEqualTo(before);
    }

    /// From the same dialog, with the difference in sight; its way back, and a port of the engine's own.
    @Test
    void theEngineMakesTheContainerAnewAndUndoMakesItAsItWas() throws IOException {
        await().atMost(PATIENCE).until(() -> container("ledger").isPresent());
        engine.docker("run", "-d", "--name", "wiki", "--network", "frontend", "-p", "8088:80", "-v", "/wiki", IMAGE);
        // Its card hangs from the network that is seen first.
        await().atMost(PATIENCE).until(() -> container("wiki").isPresent());
        engine.docker("network", "connect", "--alias", "pages", "backend", "wiki");
        engine.docker("exec", "wiki", "sh", "-c", "echo by hand >/notes");
        await().atMost(PATIENCE)
                .until(() -> container("wiki")
                        .map(wiki -> wiki.endpoints().size() == 2)
                        .orElse(false));
        String before = engine.docker("inspect", "-f", SAME, "wiki");
        Id first = container("wiki").orElseThrow().id();
        select(new Selection.OfContainer(first));
        push(KeyCode.P);
        interact(() -> lookup("#publishHostPort").queryAs(TextField.class).setText("8089"));
        interact(() -> lookup("#publishEverywhere").queryAs(ToggleButton.class).fire());
        interact(() -> lookup("#publishRecreate").queryButton().fire());
        await().atMost(PATIENCE)
                .until(() -> difference().contains("+ ports: 0.0.0.0:8088->80/tcp, 0.0.0.0:8089->80/tcp"));
        assertThat(difference())
                .contains("- id: " + first.value().substring(0, 12), "  network: backend (aliases pages)")
                .anyMatch(line -> line.startsWith("- files of its own, lost: 1 added, 0 changed, 0 deleted: /notes"));
        expect("docker-recreate");
        applySheet();
        await().atMost(PATIENCE)
                .until(() -> container("wiki")
                        .map(wiki -> !wiki.id().equals(first) && wiki.ports().size() == 2)
                        .orElse(false));
        await().atMost(PATIENCE)
                .until(() -> new Selection.OfContainer(
                                container("wiki").orElseThrow().id())
                        .equals(model().selected().get()));
        untilApplied();
        assertThat(engine.docker("port", "wiki")).contains("0.0.0.0:8089");
        assertThat(engine.docker("inspect", "-f", SAME, "wiki")).isEqualTo(before);
        awaitAnswer("http://198.51.100.2:8089/");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(model().activity().rows())
                        .first()
                        .satisfies(row ->
                                assertThat(row.title()).isEqualTo("patchbay publish --recreate wiki 0.0.0.0:8089:80")));

        undo();
        await().atMost(PATIENCE)
                .until(() ->
                        container("wiki").map(wiki -> wiki.ports().size() == 1).orElse(false));
        assertThat(engine.docker("port", "wiki")).isEqualTo("80/tcp -> 0.0.0.0:8088");

        select(new Selection.OfPort(
                container("wiki").orElseThrow().ports().getFirst().id()));
        push(KeyCode.U);
        await().atMost(PATIENCE).until(() -> difference().contains("+ ports: none"));
        applySheet();
        await().atMost(PATIENCE)
                .until(() -> container("wiki").map(now -> now.ports().isEmpty()).orElse(false));
        untilApplied();
        assertThat(engine.docker("inspect", "-f", SAME, "wiki")).isEqualTo(before);
    }

    private List<String> difference() {
        return Texts.of(this, "#difference .difference");
    }

    private void pictures() throws IOException {
        expect("docker-dark");
        MainWindow window = hosts.shown().orElseThrow().window();
        interact(() -> window.setTheme(Theme.LIGHT));
        expect("docker-light");
    }
}
