package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.scene.TraversalOrder;
import dev.patchbay.app.canvas.scene.TraversalOrder.Direction;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import javafx.geometry.Point2D;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// Keyboard navigation on the canvas. Tab after the last element moves the focus out of the canvas.
final class KeyboardInput {
    private final TopologyCanvas canvas;

    KeyboardInput(TopologyCanvas canvas) {
        this.canvas = canvas;
    }

    void install() {
        canvas.setOnKeyPressed(this::keyPressed);
        canvas.setOnKeyTyped(this::keyTyped);
    }

    private void keyTyped(KeyEvent event) {
        if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return;
        }
        boolean used = switch (event.getCharacter()) {
            // Many keyboards have the plus on a shifted key, and the equals sign on the same key.
            case "+", "=" -> handled(() -> canvas.zoomStep(true));
            case "-", "−" -> handled(() -> canvas.zoomStep(false));
            default -> false;
        };
        if (used) {
            event.consume();
        }
    }

    private void keyPressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && canvas.dragController().isActive()) {
            canvas.dragController().cancel();
            event.consume();
            return;
        }
        TraversalOrder walk = canvas.traversalOrder();
        if (walk == null || event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return;
        }
        CanvasElement focused = canvas.focusedElement();
        boolean used = switch (event.getCode()) {
            case TAB -> focusOn(event.isShiftDown() ? walk.previous(focused) : walk.next(focused));
            case LEFT -> focusOn(neighbour(walk, focused, Direction.LEFT));
            case RIGHT -> focusOn(neighbour(walk, focused, Direction.RIGHT));
            case UP -> focusOn(neighbour(walk, focused, Direction.UP));
            case DOWN -> focusOn(neighbour(walk, focused, Direction.DOWN));
            case HOME -> focusOn(walk.next(null));
            case END -> focusOn(walk.previous(null));
            case ENTER, SPACE -> activate(focused);
            case ESCAPE -> clearFocus(focused);
            case CONTEXT_MENU -> handled(() -> openMenu(focused));
            case F10 -> event.isShiftDown() && handled(() -> openMenu(focused));
            default -> false;
        };
        if (used) {
            event.consume();
        }
    }

    private static @Nullable CanvasElement neighbour(
            TraversalOrder walk, @Nullable CanvasElement from, Direction direction) {
        return from == null ? walk.next(null) : walk.neighbour(from, direction);
    }

    private boolean focusOn(@Nullable CanvasElement element) {
        canvas.focusOn(element);
        return element != null;
    }

    private boolean activate(@Nullable CanvasElement focused) {
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

    private void openMenu(@Nullable CanvasElement focused) {
        Point2D place = focused == null ? null : canvas.centreOf(focused);
        Point2D screen = canvas.localToScreen(
                place == null ? new Point2D(canvas.getWidth() / 2, canvas.getHeight() / 2) : place);
        canvas.requestContextMenu(focused, screen.getX(), screen.getY());
    }

    private boolean clearFocus(@Nullable CanvasElement focused) {
        boolean nothingToDo = focused == null && canvas.selectedProperty().get() instanceof Selection.None;
        canvas.focusOn(null);
        canvas.select(null);
        return !nothingToDo;
    }

    private static boolean handled(Runnable action) {
        action.run();
        return true;
    }
}
