package dev.patchbay.app.window;

import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.testfx.util.WaitForAsyncUtils;

/// Presses, drags and releases on a node at its own coordinates, so that a window may be larger than the headless
/// screen.
final class Mouse {
    private final Node node;

    Mouse(Node node) {
        this.node = node;
    }

    void drag(Point2D from, Point2D to) {
        press(from);
        moveTo(from, to);
    }

    void drop(Point2D at) {
        fire(MouseEvent.MOUSE_RELEASED, at, false);
    }

    /// Comes down and goes up again while the left button stays down.
    void clickRightMeanwhile(Point2D at) {
        fire(MouseEvent.MOUSE_PRESSED, at, MouseButton.SECONDARY, true, true);
        fire(MouseEvent.MOUSE_RELEASED, at, MouseButton.SECONDARY, true, false);
    }

    private void press(Point2D at) {
        fire(MouseEvent.MOUSE_PRESSED, at, true);
    }

    private void moveTo(Point2D from, Point2D to) {
        for (int step = 1; step <= 8; step++) {
            fire(MouseEvent.MOUSE_DRAGGED, from.interpolate(to, step / 8.0), true);
        }
    }

    private void fire(EventType<MouseEvent> type, Point2D at, boolean down) {
        fire(type, at, MouseButton.PRIMARY, down, false);
    }

    private void fire(EventType<MouseEvent> type, Point2D at, MouseButton button, boolean left, boolean right) {
        WaitForAsyncUtils.waitForAsyncFx(60_000, () -> {
            Point2D scene = node.localToScene(at);
            Point2D screen = node.localToScreen(at);
            Event.fireEvent(
                    node,
                    new MouseEvent(
                            type,
                            scene.getX(),
                            scene.getY(),
                            screen.getX(),
                            screen.getY(),
                            button,
                            1,
                            false,
                            false,
                            false,
                            false,
                            left,
                            false,
                            right,
                            false,
                            false,
                            false,
                            null));
        });
        WaitForAsyncUtils.waitForFxEvents();
    }
}
