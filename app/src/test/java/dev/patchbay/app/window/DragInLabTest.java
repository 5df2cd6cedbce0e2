package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Network;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.net.Protocol;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;

/// Dragging in the picture rewires a real Lab; the kernel is read back with ip, iptables-save and curl.
class DragInLabTest extends WindowOverALab {
    private TopologyCanvas canvas;
    private Mouse mouse;

    DragInLabTest() {
        super(1200, 780);
    }

    @Start
    @Override
    public void start(Stage stage) {
        super.start(stage);
        canvas = window().canvas();
        mouse = new Mouse(canvas);
    }

    @Test
    void everyGestureAndKeyRewiresTheKernel() throws Exception {
        apply(Change.CreateNetwork.named("front"));
        apply(Change.CreateNetwork.named("back"));
        apply(Change.RunContainer.of("web", "httpd:2.4", List.of(), List.of(EndpointRequest.on("front"))));
        until(() -> place(card()) != null && container().running());
        String rulesBefore = lab.rules();
        assertThat(links("back")).isEmpty();

        drag(handle(), middleOf(new CanvasElement.Lane(network("back").id())).add(60, 40));
        until(() -> container().endpoints().size() == 2);
        assertThat(links("back")).hasSize(1);

        ExposedPort eighty = new ExposedPort(80, Protocol.TCP);
        CanvasElement pin = new CanvasElement.Pin(container().id(), eighty);
        drag(middleOf(pin), middleOf(new CanvasElement.DropSlot()));
        applySheet();
        until(() -> !container().ports().isEmpty());
        // It is there for a few seconds.
        until(() -> {
            Notification notice = model.host().notification().get();
            return notice != null
                    && notice.sentence().equals("web answers on 127.0.0.1:8080.")
                    && notice.activityNumber() != 0;
        });
        lab.answers(8080);
        assertThat(lab.rules()).contains("-d 127.0.0.1/32", "--dport 8080");

        Point2D jack = middleOf(jack());
        drag(jack, jack.add(200, 260));
        until(() -> container().ports().isEmpty());
        assertThat(lab.rules()).doesNotContain("--dport 8080");

        Point2D plug = middleOf(
                new CanvasElement.Plug(container().id(), network("back").id()));
        drag(plug, plug.add(20, 110));
        until(() -> container().endpoints().size() == 1);
        assertThat(links("back")).isEmpty();
        assertThat(lab.rules()).isEqualTo(rulesBefore);

        byKeys();
        assertThat(lab.rules()).isEqualTo(rulesBefore);
    }

    private void byKeys() throws Exception {
        select(new Selection.OfContainer(container().id()));
        push(KeyCode.P);
        applySheet();
        until(() -> !container().ports().isEmpty());
        lab.answers(8080);
        select(new Selection.OfPort(container().ports().getFirst().id()));
        push(KeyCode.U);
        until(() -> container().ports().isEmpty());

        select(new Selection.OfNetwork(network("back").id()));
        push(KeyCode.C);
        applySheet();
        until(() -> container().endpoints().size() == 2);
        assertThat(links("back")).hasSize(1);
        // Undo is refused before.
        until(() -> model.host().pending().isEmpty());
        push(KeyCode.CONTROL, KeyCode.Z);
        until(() -> container().endpoints().size() == 1);
        assertThat(links("back")).isEmpty();
    }

    private void apply(Change change) {
        interact(() -> model.host().apply(change));
        until(() -> model.host().pending().isEmpty());
    }

    private void select(Selection what) {
        interact(() -> {
            model.selected().set(what);
            canvas.requestFocus();
        });
    }

    private void drag(Point2D from, Point2D to) {
        mouse.drag(from, to);
        mouse.drop(to);
    }

    private Network network(String name) {
        return topology().networks().stream()
                .filter(network -> network.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Container container() {
        return topology().containers().getFirst();
    }

    private CanvasElement card() {
        return topology().containers().isEmpty()
                ? new CanvasElement.HostPanel()
                : new CanvasElement.Card(container().id());
    }

    private CanvasElement jack() {
        return new CanvasElement.HostPort(container().ports().getFirst().id());
    }

    private @Nullable Point2D place(CanvasElement element) {
        return canvas.centreOf(element);
    }

    private Point2D middleOf(CanvasElement element) {
        until(() -> place(element) != null);
        return Objects.requireNonNull(place(element));
    }

    private Point2D handle() {
        Bounds card = Objects.requireNonNull(canvas.boundsOf(card()));
        return new Point2D(card.getMaxX(), card.getCenterY());
    }

    private List<String> links(String network) throws Exception {
        String found =
                lab.run("ip", "-br", "link", "show", "master", network(network).bridge());
        return found.lines().filter(line -> !line.isBlank()).toList();
    }
}
