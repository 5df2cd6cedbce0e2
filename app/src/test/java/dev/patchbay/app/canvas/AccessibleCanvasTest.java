package dev.patchbay.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// What a screen reader finds in the picture.
@ExtendWith(ApplicationExtension.class)
class AccessibleCanvasTest {
    private final List<ContextMenuRequest> menus = new ArrayList<>();
    private TopologyCanvas canvas;

    @Start
    void show(Stage stage) {
        canvas = new TopologyCanvas();
        canvas.setOnMenuRequest(menus::add);
        canvas.setTopology(SampleTopologies.target().build());
        canvas.setBusyPorts(List.of(new Listener(Protocol.TCP, InetAddress.ofLiteral("0.0.0.0"), 22, 812, "sshd")));
        stage.setScene(new Scene(new StackPane(canvas), 950, 600));
        stage.show();
    }

    @Test
    void everythingIsAnEntryWithItsSentenceInReadingOrder(FxRobot robot) {
        robot.interact(() -> {
            int count =
                    (Integer) Objects.requireNonNull(canvas.queryAccessibleAttribute(AccessibleAttribute.ITEM_COUNT));
            List<String> said = IntStream.range(0, count)
                    .mapToObj(index -> entry(index).getAccessibleText())
                    .toList();
            assertThat(said)
                    .startsWith("Host debian-vm", "Interface eth0 of the host, 192.0.2.2/24")
                    .contains(
                            "Host port 8080/tcp to port 80 of web01",
                            "Host port 22/tcp, held by sshd",
                            "Network backend, 172.19.0.0/16, 3 containers",
                            "Gateway 172.19.0.1 of backend",
                            "Container worker, exited, alpine:3.20, on mydockernet",
                            "Plug of api on backend, 172.19.0.4",
                            "Port 3000/tcp of api, not published",
                            "Port 80/tcp of web01, published");
            assertThat(canvas.getAccessibleRole()).isEqualTo(AccessibleRole.LIST_VIEW);
            assertThat(entry(3).getAccessibleRole()).isEqualTo(AccessibleRole.LIST_ITEM);
        });
    }

    @Test
    void anEntryStandsWhereItsThingIsDrawn(FxRobot robot) {
        robot.interact(() -> {
            Node web02 = entryOf("web02");
            Point2D drawn = Objects.requireNonNull(canvas.centreOf(card("web02")));
            assertThat(web02.getBoundsInParent().getCenterX()).isCloseTo(drawn.getX(), within(1.0));
            assertThat(web02.getBoundsInParent().getCenterY()).isCloseTo(drawn.getY(), within(1.0));
        });
    }

    @Test
    void anEntryTakesTheFocusSelectsAndOpensTheMenu(FxRobot robot) {
        robot.interact(() -> {
            Node web02 = entryOf("web02");
            web02.executeAccessibleAction(AccessibleAction.REQUEST_FOCUS);
            assertThat(canvas.isFocused()).isTrue();
            assertThat(canvas.queryAccessibleAttribute(AccessibleAttribute.FOCUS_ITEM))
                    .isSameAs(web02);
            assertThat(canvas.getAccessibleText()).startsWith("Container web02");
            web02.executeAccessibleAction(AccessibleAction.FIRE);
            assertThat(canvas.selectedProperty().get())
                    .isEqualTo(new Selection.OfContainer(TestTopologyBuilder.id("web02")));
            web02.executeAccessibleAction(AccessibleAction.SHOW_MENU);
            assertThat(menus)
                    .singleElement()
                    .satisfies(menu -> assertThat(menu.element()).isEqualTo(card("web02")));
        });
    }

    @Test
    void whatIsGoneIsNoLongerThere(FxRobot robot) {
        robot.interact(() -> {
            Node web02 = entryOf("web02");
            canvas.setTopology(SampleTopologies.target().remove("web02").build());
            assertThat(web02.getParent()).isNull();
        });
    }

    private Node entryOf(String name) {
        return entry(canvas.accessibleOrder().indexOf(card(name)));
    }

    private Node entry(int index) {
        return (Node) Objects.requireNonNull(canvas.queryAccessibleAttribute(AccessibleAttribute.ITEM_AT_INDEX, index));
    }

    private static CanvasElement card(String name) {
        return new CanvasElement.Card(TestTopologyBuilder.id(name));
    }
}
