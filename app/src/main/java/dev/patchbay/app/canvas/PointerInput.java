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
    private static final double CLICK_TOLERANCE = 4;
    /// One notch of a usual wheel is 40, and a tenth closer.
    private static final double SCROLL_PER_ZOOM = 400;

    private final TopologyCanvas canvas;
    private @Nullable Point pressPoint;
    /// The button of the press, which alone ends what it began.
    private MouseButton pressedButton = MouseButton.NONE;
    private Point lastPoint = new Point(0, 0);
    private boolean dragged;
    private boolean inMinimap;
    private boolean draggingElement;
    /// The right button came down in a drag: its menu is not asked for.
    private boolean cancelled;

    PointerInput(TopologyCanvas canvas) {
        this.canvas = canvas;
    }

    void install() {
        canvas.setOnMouseMoved(this::mouseMoved);
        canvas.setOnMouseExited(_ -> canvas.hover(null));
        canvas.setOnMousePressed(this::mousePressed);
        canvas.setOnMouseDragged(this::mouseDragged);
        canvas.setOnMouseReleased(this::mouseReleased);
        canvas.setOnScroll(this::scrolled);
        canvas.setOnZoom(this::zoomed);
        canvas.setOnContextMenuRequested(this::contextMenuRequested);
    }

    private void mouseMoved(MouseEvent event) {
        CanvasElement element = isInMinimap(pointOf(event)) ? null : canvas.elementAt(pointOf(event));
        canvas.hover(element);
        canvas.setCursor(element == null ? Cursor.DEFAULT : Cursor.HAND);
    }

    private void mousePressed(MouseEvent event) {
        canvas.requestFocus();
        if (pressPoint != null && isButtonDown(pressedButton, event)) {
            if (event.getButton() == MouseButton.SECONDARY) {
                cancelDrag();
            }
            return;
        }
        pressedButton = event.getButton();
        cancelled = false;
        pressPoint = pointOf(event);
        lastPoint = pointOf(event);
        dragged = false;
        inMinimap = isInMinimap(pointOf(event));
        if (inMinimap) {
            canvas.updateViewport(view -> view.centreOnMinimapPoint(pointOf(event)));
        }
    }

    /// The release of a button may have gone to a menu that came up under it.
    private static boolean isButtonDown(MouseButton button, MouseEvent event) {
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

    private void mouseDragged(MouseEvent event) {
        Point now = pointOf(event);
        if (cancelled) {
            return;
        }
        if (inMinimap) {
            canvas.updateViewport(view -> view.centreOnMinimapPoint(now));
            return;
        }
        if (pressPoint == null || (!dragged && now.distance(pressPoint) < CLICK_TOLERANCE)) {
            return;
        }
        if (!dragged) {
            dragged = true;
            draggingElement = pressedButton == MouseButton.PRIMARY
                    && canvas.dragController().begin(pressPoint, canvas.elementAt(pressPoint));
        }
        canvas.setCursor(Cursor.CLOSED_HAND);
        if (draggingElement) {
            canvas.dragController().moveTo(now);
            return;
        }
        double dx = now.x() - lastPoint.x();
        double dy = now.y() - lastPoint.y();
        canvas.updateViewport(view -> view.pan(dx, dy));
        lastPoint = now;
    }

    /// Cancels a drag; what is still held down does nothing until it is let go.
    private void cancelDrag() {
        cancelled = true;
        if (draggingElement) {
            canvas.dragController().cancel();
        }
        canvas.setCursor(Cursor.DEFAULT);
    }

    private void mouseReleased(MouseEvent event) {
        if (event.getButton() != pressedButton) {
            return;
        }
        canvas.setCursor(Cursor.DEFAULT);
        if (draggingElement) {
            draggingElement = false;
            canvas.dragController().drop();
        }
        if (!dragged && !inMinimap && !cancelled && pressedButton == MouseButton.PRIMARY) {
            CanvasElement element = canvas.elementAt(pointOf(event));
            if (event.getClickCount() == 2) {
                canvas.open(element);
            } else {
                canvas.select(element);
            }
        }
        pressPoint = null;
        pressedButton = MouseButton.NONE;
    }

    private void scrolled(ScrollEvent event) {
        Point at = new Point(event.getX(), event.getY());
        if (event.isDirect()) {
            canvas.updateViewport(view -> view.pan(event.getDeltaX(), event.getDeltaY()));
        } else if (event.isShiftDown() || event.getDeltaY() == 0) {
            canvas.updateViewport(view -> view.pan(event.getDeltaX(), 0));
        } else {
            canvas.updateViewport(view -> view.zoom(Math.exp(event.getDeltaY() / SCROLL_PER_ZOOM), at));
        }
        event.consume();
    }

    private void zoomed(ZoomEvent event) {
        canvas.updateViewport(view -> view.zoom(event.getZoomFactor(), new Point(event.getX(), event.getY())));
        event.consume();
    }

    private void contextMenuRequested(ContextMenuEvent event) {
        // Not every desktop tells of the key in this way: see Keyboard.
        if (!event.isKeyboardTrigger() && !cancelled) {
            CanvasElement element = canvas.elementAt(new Point(event.getX(), event.getY()));
            canvas.select(element);
            canvas.requestContextMenu(element, event.getScreenX(), event.getScreenY());
        }
        event.consume();
    }

    private boolean isInMinimap(Point point) {
        Rect place = canvas.viewport().minimap();
        return place != null && place.contains(point);
    }

    private static Point pointOf(MouseEvent event) {
        return new Point(event.getX(), event.getY());
    }
}
