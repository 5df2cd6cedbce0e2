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

/// Mouse and touch input on the canvas. A press that moves is a drag of the pressed element or of the
/// view; a press that does not move is a click.
final class PointerInput {
    private static final double CLICK_TOLERANCE = 4;
    /// One notch of a usual wheel is 40 units, and zooms by a tenth.
    private static final double SCROLL_PER_ZOOM = 400;

    private final TopologyCanvas canvas;
    private @Nullable Point pressPoint;
    /// The button that was pressed first; only its release ends the drag.
    private MouseButton pressedButton = MouseButton.NONE;
    private Point lastPoint = new Point(0, 0);
    private boolean dragged;
    private boolean inMinimap;
    private boolean draggingElement;
    /// The right button was pressed during a drag, so no context menu opens.
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

    /// A menu that opened under the pointer may have received the release of a button.
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

    /// Cancels the drag; the pressed button is ignored until its release.
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
        // Not every desktop reports the menu key in this way, see [KeyboardInput].
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
