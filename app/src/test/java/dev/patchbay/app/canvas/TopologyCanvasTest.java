package dev.patchbay.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Point2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class TopologyCanvasTest {
    private final List<ContextMenuRequest> menus = new ArrayList<>();
    private final List<Selection> opened = new ArrayList<>();
    private TopologyCanvas canvas;

    @Start
    void show(Stage stage) {
        canvas = new TopologyCanvas();
        canvas.setOnMenuRequest(menus::add);
        canvas.setOnOpen(opened::add);
        canvas.setTopology(SampleTopologies.target().build());
        stage.setScene(new Scene(new StackPane(canvas), 950, 600));
        stage.setX(0);
        stage.setY(0);
        stage.show();
    }

    @Test
    void aClickSelectsWhatIsThereAndOneOnEmptyGroundNothing(FxRobot robot) {
        robot.clickOn(at(card("web02")));
        assertThat(selected()).isEqualTo(new Selection.OfContainer(TestTopologyBuilder.id("web02")));
        robot.clickOn(canvas.localToScreen(new Point2D(3, 3)));
        assertThat(selected()).isEqualTo(new Selection.None());
    }

    @Test
    void aDoubleClickOpens(FxRobot robot) {
        robot.doubleClickOn(at(card("db")));
        assertThat(opened).containsExactly(new Selection.OfContainer(TestTopologyBuilder.id("db")));
    }

    @Test
    void aRightClickAsksForTheMenuOfWhatIsThere(FxRobot robot) {
        Point2D place = at(new CanvasElement.Gateway(TestTopologyBuilder.id("backend")));
        robot.rightClickOn(place);
        assertThat(menus).singleElement().satisfies(menu -> {
            assertThat(menu.selected()).isEqualTo(new Selection.OfNetwork(TestTopologyBuilder.id("backend")));
            assertThat(menu.screenX()).isCloseTo(place.getX(), within(1.0));
        });
    }

    @Test
    void theWheelZoomsAtThePointerAndADragPans(FxRobot robot) {
        Point2D before = at(card("api"));
        robot.moveTo(before).scroll(3, VerticalDirection.UP);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(at(card("api")).distance(before)).isLessThan(3);
        Point2D other = at(card("web01"));

        robot.drag(canvas.localToScreen(new Point2D(3, 3)), MouseButton.PRIMARY)
                .moveBy(60, 40)
                .drop();
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(at(card("web01")).subtract(other).magnitude()).isGreaterThan(40);

        robot.interact(canvas::fit);
        assertThat(at(card("api")).distance(before)).isLessThan(1);
    }

    @Test
    void theKeyboardWalksSelectsOpensAndLeaves(FxRobot robot) {
        robot.clickOn(canvas.localToScreen(new Point2D(3, 3)));
        robot.interact(() -> canvas.focusOn(card("web01")));
        robot.type(KeyCode.RIGHT, KeyCode.ENTER);
        assertThat(selected()).isEqualTo(new Selection.OfContainer(TestTopologyBuilder.id("web02")));
        assertThat(canvas.getAccessibleText()).contains("web02", "running", "mydockernet");
        assertThat(opened).isEmpty();
        robot.type(KeyCode.ENTER);
        assertThat(opened).hasSize(1);
        robot.type(KeyCode.ESCAPE);
        assertThat(selected()).isEqualTo(new Selection.None());
    }

    @Test
    void whatIsGoneIsNoLongerSelected(FxRobot robot) {
        robot.clickOn(at(card("web02")));
        robot.interact(() ->
                canvas.setTopology(SampleTopologies.target().remove("web02").build()));
        assertThat(selected()).isEqualTo(new Selection.None());
    }

    private Selection selected() {
        WaitForAsyncUtils.waitForFxEvents();
        return canvas.selectedProperty().get();
    }

    private static CanvasElement card(String name) {
        return new CanvasElement.Card(TestTopologyBuilder.id(name));
    }

    private Point2D at(CanvasElement element) {
        return canvas.localToScreen(Objects.requireNonNull(canvas.centreOf(element)));
    }
}
