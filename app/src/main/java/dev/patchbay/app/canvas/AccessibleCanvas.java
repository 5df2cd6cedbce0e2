package dev.patchbay.app.canvas;

import dev.patchbay.app.model.CanvasElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// The canvas for screen readers: a list of all elements in reading order, each with its name, bounds
/// and actions. An entry is created when a screen reader asks for it, so a thousand containers cost
/// nothing.
abstract class AccessibleCanvas extends Region {
    private final Map<CanvasElement, Entry> entries = new HashMap<>();

    AccessibleCanvas() {
        setAccessibleRole(AccessibleRole.LIST_VIEW);
    }

    /// All elements in reading order.
    abstract List<CanvasElement> accessibleOrder();

    abstract String accessibleTextOf(@Nullable CanvasElement element);

    abstract @Nullable Bounds boundsOf(CanvasElement element);

    abstract @Nullable CanvasElement focusedElement();

    abstract void focusOn(@Nullable CanvasElement element);

    abstract void select(@Nullable CanvasElement element);

    abstract void requestContextMenu(@Nullable CanvasElement element, double screenX, double screenY);

    /// The centre of an element; null when it is not on the canvas.
    public final @Nullable Point2D centreOf(CanvasElement element) {
        Bounds bounds = boundsOf(element);
        return bounds == null ? null : new Point2D(bounds.getCenterX(), bounds.getCenterY());
    }

    /// Tells screen readers that elements appeared, disappeared or moved.
    final void elementsChanged() {
        entries.entrySet().removeIf(entry -> {
            boolean gone = boundsOf(entry.getKey()) == null;
            if (gone) {
                getChildren().remove(entry.getValue());
            }
            return gone;
        });
        entries.values().forEach(Entry::update);
        notifyAccessibleAttributeChanged(AccessibleAttribute.ITEM_COUNT);
    }

    final void focusChanged() {
        setAccessibleText(accessibleTextOf(focusedElement()));
        notifyAccessibleAttributeChanged(AccessibleAttribute.FOCUS_ITEM);
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case ITEM_COUNT -> accessibleOrder().size();
            case ITEM_AT_INDEX -> {
                int index = (Integer) parameters[0];
                List<CanvasElement> order = accessibleOrder();
                yield index < 0 || index >= order.size() ? null : entry(order.get(index));
            }
            case FOCUS_ITEM -> {
                CanvasElement focused = focusedElement();
                yield focused == null ? null : entry(focused);
            }
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }

    private Entry entry(CanvasElement element) {
        return entries.computeIfAbsent(element, wanted -> {
            Entry made = new Entry(wanted);
            getChildren().add(made);
            return made;
        });
    }

    /// A region without content at the place of its element.
    private final class Entry extends Region {
        private final CanvasElement element;

        Entry(CanvasElement element) {
            this.element = element;
            setManaged(false);
            setMouseTransparent(true);
            setAccessibleRole(AccessibleRole.LIST_ITEM);
            update();
        }

        void update() {
            setAccessibleText(accessibleTextOf(element));
            Bounds place = boundsOf(element);
            if (place != null) {
                resizeRelocate(place.getMinX(), place.getMinY(), place.getWidth(), place.getHeight());
            }
        }

        @Override
        public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
            return switch (attribute) {
                case INDEX -> accessibleOrder().indexOf(element);
                case SELECTED -> element.equals(focusedElement());
                case BOUNDS -> {
                    update();
                    yield super.queryAccessibleAttribute(attribute, parameters);
                }
                default -> super.queryAccessibleAttribute(attribute, parameters);
            };
        }

        @Override
        public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
            switch (action) {
                case REQUEST_FOCUS -> {
                    AccessibleCanvas.this.requestFocus();
                    focusOn(element);
                }
                case FIRE -> {
                    focusOn(element);
                    select(element);
                }
                case SHOW_MENU -> {
                    focusOn(element);
                    update();
                    Point2D middle = localToScreen(getWidth() / 2, getHeight() / 2);
                    requestContextMenu(element, middle.getX(), middle.getY());
                }
                default -> super.executeAccessibleAction(action, parameters);
            }
        }
    }
}
