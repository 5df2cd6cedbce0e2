package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.net.Protocol;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/// The seed session in the window on a real engine. After each step Docker's own client agrees with the picture,
/// and a port answers or is silent; at the end the machine is as it was.
class SeedSessionOnAnEngineTest extends WindowOverAnEngine {
    private TopologyCanvas canvas;
    private Mouse mouse;

    SeedSessionOnAnEngineTest() {
        super(1200, 780);
    }

    @BeforeEach
    void openTheMachine() {
        until(() -> model().host().isLive() && model().host().topology().get() != null);
        canvas = hosts.shown().orElseThrow().window().canvas();
        mouse = new Mouse(canvas);
    }

    @Test
    void theSeedSession() throws Exception {
        agrees();
        // Docker 28 makes this table, which stays when its last rule has gone.
        onHost("iptables -t raw -A OUTPUT -j ACCEPT; iptables -t raw -D OUTPUT -j ACCEPT");
        String before = machine();
        create("mydockernet");
        run("web01", "8080:80");
        run("web02", "8081:80");
        answers(8080);
        answers(8081);

        create("back");
        connect("web01", "back");
        String there = engine.docker("inspect", "-f", "{{.NetworkSettings.Networks.back.IPAddress}}", "web01");
        awaitAnswer("http://" + there + "/");
        publish("web02");
        pull("web01", "back");
        answers(8080);
        assertThat(undoBy(() -> push(KeyCode.CONTROL, KeyCode.Z)))
                .isEqualTo("Undone: docker network disconnect back web01");
        until(() -> container("web01").orElseThrow().endpoints().size() == 2);
        agrees();
        pull("web01", "back");
        unpublish("web02");

        pull("web01", "mydockernet");
        silent(8080);
        answers(8081);
        connect("web01", "mydockernet");
        answers(8080);

        for (String name : List.of("web01", "web02")) {
            select(new Selection.OfContainer(container(name).orElseThrow().id()));
            clickOn("#inspectorActions");
            clickOn("#menuStop");
            until(() -> !container(name).orElseThrow().running());
        }
        agrees();
        silent(8080);
        silent(8081);
        undoBy(() -> push(KeyCode.CONTROL, KeyCode.Z));
        until(() -> container("web02").orElseThrow().running());
        agrees();
        answers(8081);
        push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        until(() -> !container("web02").orElseThrow().running());
        for (String name : List.of("web01", "web02")) {
            select(new Selection.OfContainer(container(name).orElseThrow().id()));
            push(KeyCode.DELETE);
            // The engine cannot bring it back, so the window asks.
            applySheet();
            until(() -> container(name).isEmpty());
            agrees();
        }
        remove("back");
        remove("mydockernet");
        // The kernel removes an interface a moment after the namespace that its other end was in.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(machine()).isEqualTo(before));
    }

    private void create(String network) {
        clickOn("#newNetwork");
        clickOn("#networkName").write(network);
        applySheet();
        until(() -> topology().networks().stream()
                .anyMatch(candidate -> candidate.name().equals(network)));
        agrees();
    }

    private void remove(String network) {
        select(new Selection.OfNetwork(network(network).id()));
        push(KeyCode.DELETE);
        until(() -> topology().networks().stream()
                .noneMatch(candidate -> candidate.name().equals(network)));
        untilApplied();
        agrees();
    }

    private void run(String name, String ports) {
        select(new Selection.OfNetwork(network("mydockernet").id()));
        clickOn("#runContainer");
        clickOn("#containerName").write(name);
        interact(() -> lookup("#containerPorts").queryAs(TextField.class).setText(ports));
        applySheet();
        until(() -> container(name).map(Container::running).orElse(false));
        agrees();
    }

    private void connect(String container, String network) {
        int places = container(container).orElseThrow().endpoints().size();
        CanvasElement card =
                new CanvasElement.Card(container(container).orElseThrow().id());
        middleOf(canvas, card);
        Bounds box = Objects.requireNonNull(canvas.boundsOf(card));
        drag(
                new Point2D(box.getMaxX(), box.getCenterY()),
                middleOf(canvas, new CanvasElement.Lane(network(network).id())));
        until(() -> container(container).orElseThrow().endpoints().size() == places + 1);
        agrees();
    }

    /// Pulls its cable out of the network's rail. A dialog says before what becomes of its ports.
    private void pull(String container, String network) {
        int places = container(container).orElseThrow().endpoints().size();
        Point2D plug = middleOf(
                canvas,
                new CanvasElement.Plug(
                        container(container).orElseThrow().id(),
                        network(network).id()));
        drag(plug, plug.add(20, 110));
        applySheet();
        until(() -> container(container).orElseThrow().endpoints().size() == places - 1);
        agrees();
    }

    private void publish(String name) {
        CanvasElement pin =
                new CanvasElement.Pin(container(name).orElseThrow().id(), new ExposedPort(80, Protocol.TCP));
        drag(middleOf(canvas, pin), middleOf(canvas, new CanvasElement.DropSlot()));
        applySheet();
        until(() -> container(name).orElseThrow().ports().size() == 2);
        agrees();
        awaitAnswer("http://127.0.0.1:" + beside(name).hostPorts() + "/");
    }

    private void unpublish(String name) throws IOException {
        PortBinding port = beside(name);
        Point2D jack = middleOf(canvas, new CanvasElement.HostPort(port.id()));
        drag(jack, jack.add(200, 260));
        until(() -> container(name).orElseThrow().ports().size() == 1);
        untilApplied();
        agrees();
        assertThat(onHost("curl -s --max-time 3 http://127.0.0.1:" + port.hostPorts() + "/ || true"))
                .isEmpty();
    }

    private PortBinding beside(String name) {
        return container(name).orElseThrow().ports().stream()
                .filter(PortBinding::external)
                .findFirst()
                .orElseThrow();
    }

    private void drag(Point2D from, Point2D to) {
        mouse.drag(from, to);
        mouse.drop(to);
    }

    /// Docker's word and the picture's, as soon as both have heard of the last event.
    private void agrees() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            WaitForAsyncUtils.waitForFxEvents();
            new DockerStateAssert(engine).assertMatches(topology(), canvas);
        });
    }

    private void answers(int port) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(fromOutside(port)).contains(WORKS));
    }

    /// As soon as the window calls the change done.
    private void silent(int port) throws IOException {
        untilApplied();
        assertThat(fromOutside(port)).isEmpty();
    }

    private static String fromOutside(int port) throws IOException {
        return onHost("ip netns exec outside curl -s --max-time 3 http://198.51.100.2:" + port + "/ || true");
    }

    /// The kernel finds out a moment later that an address is nobody else's and that a bridge has no carrier.
    private static String machine() throws IOException {
        return rules()
                + onHost("ip -o address | sed 's/^[0-9]*: //; s/ tentative//';"
                        + " ip -br link | sed 's/ UNKNOWN / DOWN /; s/NO-CARRIER,//';"
                        + " (ip route show table all; ip -6 route show table all) | sed 's/ linkdown//'");
    }

    private void until(BooleanSupplier there) {
        await().atMost(PATIENCE).until(() -> {
            WaitForAsyncUtils.waitForFxEvents();
            return there.getAsBoolean();
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private Topology topology() {
        return Objects.requireNonNull(model().host().topology().get());
    }

    private Network network(String name) {
        return topology().networks().stream()
                .filter(network -> network.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
