package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.scene.TraversalOrder;
import dev.patchbay.app.canvas.scene.TraversalOrder.Direction;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import javafx.geometry.Point2D;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// Walks through the picture without a mouse. Tab leaves it after its last element, so nobody is trapped.
final class KeyboardInput {
    private final TopologyCanvas canvas;

    KeyboardInput(TopologyCanvas canvas) {
        this.canvas = canvas;
    }

    void listen() {
        canvas.setOnKeyPressed(this::pressed);
        canvas.setOnKeyTyped(this::typed);
    }

    private void typed(KeyEvent event) {
        if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return;
        }
        boolean used = switch (event.getCharacter()) {
            // On many keyboards the plus has to be shifted, and the equals sign below it not.
            case "+", "=" -> done(() -> canvas.zoomStep(true));
            case "-", "−" -> done(() -> canvas.zoomStep(false));
            default -> false;
        };
        if (used) {
            event.consume();
        }
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && canvas.dragging().underWay()) {
            canvas.dragging().cancel();
            event.consume();
            return;
        }
        TraversalOrder walk = canvas.walk();
        if (walk == null || event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return;
        }
        CanvasElement focused = canvas.focusedElement();
        boolean used = switch (event.getCode()) {
            case TAB -> step(event.isShiftDown() ? walk.previous(focused) : walk.next(focused));
            case LEFT -> step(towards(walk, focused, Direction.LEFT));
            case RIGHT -> step(towards(walk, focused, Direction.RIGHT));
            case UP -> step(towards(walk, focused, Direction.UP));
            case DOWN -> step(towards(walk, focused, Direction.DOWN));
            case HOME -> step(walk.next(null));
            case END -> step(walk.previous(null));
            case ENTER, SPACE -> choose(focused);
            case ESCAPE -> leave(focused);
            case CONTEXT_MENU -> done(() -> menu(focused));
            case F10 -> event.isShiftDown() && done(() -> menu(focused));
            default -> false;
        };
        if (used) {
            event.consume();
        }
    }

    private static @Nullable CanvasElement towards(
            TraversalOrder walk, @Nullable CanvasElement from, Direction direction) {
        return from == null ? walk.next(null) : walk.towards(from, direction);
    }

    private boolean step(@Nullable CanvasElement element) {
        canvas.focusOn(element);
        return element != null;
    }

    private boolean choose(@Nullable CanvasElement focused) {
        if (focused == null) {
            return false;
        }
        Selection before = canvas.selectedProperty().get();
        canvas.select(focused);
        if (before.equals(canvas.selectedProperty().get())) {
            canvas.open(focused);
        }
        return true;
    }

    private void menu(@Nullable CanvasElement focused) {
        Point2D place = focused == null ? null : canvas.placeOf(focused);
        Point2D screen = canvas.localToScreen(
                place == null ? new Point2D(canvas.getWidth() / 2, canvas.getHeight() / 2) : place);
        canvas.requestMenu(focused, screen.getX(), screen.getY());
    }

    private boolean leave(@Nullable CanvasElement focused) {
        boolean nothingToDo = focused == null && canvas.selectedProperty().get() instanceof Selection.None;
        canvas.focusOn(null);
        canvas.select(null);
        return !nothingToDo;
    }

    private static boolean done(Runnable action) {
        action.run();
        return true;
    }
}
