package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.model.CanvasElement;
import javafx.scene.Cursor;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import org.jspecify.annotations.Nullable;

/// Mouse and touch on the picture. A press that moves is a drag: of the thing that was pressed, or of the
/// view; one that does not is a click.
final class PointerInput {
    private static final double CLICK = 4;
    /// One notch of a usual wheel is 40, and a tenth closer.
    private static final double NOTCHES = 400;

    private final TopologyCanvas canvas;
    private @Nullable Point pressed;
    /// The button of the press, which alone ends what it began.
    private MouseButton began = MouseButton.NONE;
    private Point last = new Point(0, 0);
    private boolean dragged;
    private boolean inOverview;
    private boolean holding;
    /// The right button came down in a drag: its menu is not asked for.
    private boolean calledOff;

    PointerInput(TopologyCanvas canvas) {
        this.canvas = canvas;
    }

    void listen() {
        canvas.setOnMouseMoved(this::moved);
        canvas.setOnMouseExited(_ -> canvas.hover(null));
        canvas.setOnMousePressed(this::press);
        canvas.setOnMouseDragged(this::drag);
        canvas.setOnMouseReleased(this::release);
        canvas.setOnScroll(this::scroll);
        canvas.setOnZoom(this::zoom);
        canvas.setOnContextMenuRequested(this::menu);
    }

    private void moved(MouseEvent event) {
        CanvasElement element = isOverview(at(event)) ? null : canvas.elementAt(at(event));
        canvas.hover(element);
        canvas.setCursor(element == null ? Cursor.DEFAULT : Cursor.HAND);
    }

    private void press(MouseEvent event) {
        canvas.requestFocus();
        if (pressed != null && isHeld(began, event)) {
            if (event.getButton() == MouseButton.SECONDARY) {
                letGo();
            }
            return;
        }
        began = event.getButton();
        calledOff = false;
        pressed = at(event);
        last = at(event);
        dragged = false;
        inOverview = isOverview(at(event));
        if (inOverview) {
            canvas.look(view -> view.lookAt(at(event)));
        }
    }

    /// The release of a button may have gone to a menu that came up under it.
    private static boolean isHeld(MouseButton button, MouseEvent event) {
        return button != event.getButton()
                && switch (button) {
                    case PRIMARY -> event.isPrimaryButtonDown();
                    case SECONDARY -> event.isSecondaryButtonDown();
                    case MIDDLE -> event.isMiddleButtonDown();
                    case BACK -> event.isBackButtonDown();
                    case FORWARD -> event.isForwardButtonDown();
                    case NONE -> false;
                };
    }

    private void drag(MouseEvent event) {
        Point now = at(event);
        if (calledOff) {
            return;
        }
        if (inOverview) {
            canvas.look(view -> view.lookAt(now));
            return;
        }
        if (pressed == null || (!dragged && now.distance(pressed) < CLICK)) {
            return;
        }
        if (!dragged) {
            dragged = true;
            holding = began == MouseButton.PRIMARY && canvas.dragging().grab(pressed, canvas.elementAt(pressed));
        }
        canvas.setCursor(Cursor.CLOSED_HAND);
        if (holding) {
            canvas.dragging().to(now);
            return;
        }
        double dx = now.x() - last.x();
        double dy = now.y() - last.y();
        canvas.look(view -> view.pan(dx, dy));
        last = now;
    }

    /// Cancels a drag; what is still held down does nothing until it is let go.
    private void letGo() {
        calledOff = true;
        if (holding) {
            canvas.dragging().cancel();
        }
        canvas.setCursor(Cursor.DEFAULT);
    }

    private void release(MouseEvent event) {
        if (event.getButton() != began) {
            return;
        }
        canvas.setCursor(Cursor.DEFAULT);
        if (holding) {
            holding = false;
            canvas.dragging().end();
        }
        if (!dragged && !inOverview && !calledOff && began == MouseButton.PRIMARY) {
            CanvasElement element = canvas.elementAt(at(event));
            if (event.getClickCount() == 2) {
                canvas.open(element);
            } else {
                canvas.select(element);
            }
        }
        pressed = null;
        began = MouseButton.NONE;
    }

    private void scroll(ScrollEvent event) {
        Point at = new Point(event.getX(), event.getY());
        if (event.isDirect()) {
            canvas.look(view -> view.pan(event.getDeltaX(), event.getDeltaY()));
        } else if (event.isShiftDown() || event.getDeltaY() == 0) {
            canvas.look(view -> view.pan(event.getDeltaX(), 0));
        } else {
            canvas.look(view -> view.zoom(Math.exp(event.getDeltaY() / NOTCHES), at));
        }
        event.consume();
    }

    private void zoom(ZoomEvent event) {
        canvas.look(view -> view.zoom(event.getZoomFactor(), new Point(event.getX(), event.getY())));
        event.consume();
    }

    private void menu(ContextMenuEvent event) {
        // Not every desktop tells of the key in this way: see Keyboard.
        if (!event.isKeyboardTrigger() && !calledOff) {
            CanvasElement element = canvas.elementAt(new Point(event.getX(), event.getY()));
            canvas.select(element);
            canvas.requestMenu(element, event.getScreenX(), event.getScreenY());
        }
        event.consume();
    }

    private boolean isOverview(Point point) {
        Rect place = canvas.viewport().overview();
        return place != null && place.contains(point);
    }

    private static Point at(MouseEvent event) {
        return new Point(event.getX(), event.getY());
    }
}
