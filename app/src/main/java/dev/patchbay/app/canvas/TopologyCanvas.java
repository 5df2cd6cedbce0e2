package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.drag.DragListener;
import dev.patchbay.app.canvas.drag.DragTooltip;
import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.paint.Camera;
import dev.patchbay.app.canvas.paint.FrameState;
import dev.patchbay.app.canvas.scene.HitTest;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.TraversalOrder;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.style.Theme;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.engine.kernel.Listener;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Bounds;
import javafx.scene.canvas.Canvas;
import org.jspecify.annotations.Nullable;

/// The canvas as a control. The wheel zooms at the pointer, dragging the background pans, dragging an
/// element changes the object, a click selects, and the arrow keys move the focus. Every method must be
/// called on the JavaFX thread.
public final class TopologyCanvas extends AccessibleCanvas {
    private static final double ZOOM_STEP = 1.25;

    /// Hears which elements a person has moved.
    @FunctionalInterface
    public interface MoveListener {
        /// @param tidied whether the person moved everything at once
        void moved(Arrangement from, Arrangement to, boolean tidied);
    }

    private final ObjectProperty<Selection> selected = new SimpleObjectProperty<>(new Selection.None());
    private final Canvas canvas = new Canvas();
    private final CanvasPainter painter = new CanvasPainter();
    private final AnimationTimer animationTimer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            if (!frameStates.animation().isRunning(now)) {
                stop();
            }
            draw(now);
        }
    };

    private final FrameStateBuilder frameStates = new FrameStateBuilder();
    private final CanvasState state = new CanvasState();
    private final Viewport viewport = new Viewport();
    private final DragController dragController = new DragController(state, viewport, this::redraw);
    private Consumer<ContextMenuRequest> onMenuRequest = _ -> {};
    private Consumer<Selection> onOpen = _ -> {};

    public TopologyCanvas() {
        getStyleClass().add("topology-canvas");
        canvas.setManaged(false);
        getChildren().add(canvas);
        setFocusTraversable(true);
        setMinSize(0, 0);
        selected.addListener(_ -> redraw());
        focusedProperty().addListener(_ -> redraw());
        new PointerInput(this).install();
        new KeyboardInput(this).install();
    }

    /// Shows the next topology of the same host. Elements that are already shown keep their places.
    public void setTopology(Topology topology) {
        SceneModel before = state.scene();
        state.setTopology(topology);
        layoutChanged();
        frameStates.sceneChanged(before, state.scene(), viewport.camera().scale());
        frameStates.setHovered(null);
        CanvasElement focused = frameStates.focused();
        if (focused != null && state.boundsOf(focused) == null) {
            focusOn(null);
        }
        if (!selected.get().existsIn(topology)) {
            selected.set(new Selection.None());
        }
    }

    /// Sets the ports of the host that other processes hold.
    public void setBusyPorts(List<Listener> ports) {
        state.setBusyPorts(ports);
        layoutChanged();
    }

    private void layoutChanged() {
        viewport.setScene(state.scene());
        dragController.sceneChanged();
        elementsChanged();
        redraw();
    }

    /// Sets the level of traffic of each plug, see [FrameState]. Cables get wider with it.
    public void setTraffic(Map<CanvasElement, Integer> levels) {
        frameStates.setTraffic(levels);
        redraw();
    }

    /// Turns the animation of cables on or off; it is off at first.
    public void setMotion(boolean wanted) {
        frameStates.animation().setEnabled(wanted);
    }

    public void setTheme(Theme theme) {
        painter.setTheme(theme);
        redraw();
    }

    /// Sets the last layout of this host. Must be called before the first topology.
    public void setArrangement(Arrangement remembered) {
        state.setInitialArrangement(remembered);
    }

    /// The layout, to be saved.
    public Arrangement arrangement() {
        return state.arrangement();
    }

    /// Lays out everything anew in reading order, or restores the layout from before that.
    public void tidy() {
        state.tidy();
        layoutChanged();
        fit();
    }

    /// Restores a layout; elements that it does not have get new places.
    public void applyArrangement(Arrangement wanted) {
        state.setArrangement(wanted);
        layoutChanged();
    }

    /// Sets the listener for moves by a person.
    public void setOnMoved(MoveListener listener) {
        state.setMoveListener(listener);
    }

    /// Whether [#tidy] would restore the previous layout.
    public boolean isTidy() {
        return state.isTidy();
    }

    /// Sets the pending changes, which are drawn dashed.
    public void setPending(List<Change> changes) {
        frameStates.setPending(changes);
        redraw();
    }

    /// Sets the path of a packet, drawn as a ribbon while everything else is dimmed; null for none.
    public void setPath(@Nullable TracedPath path) {
        painter.setPath(path);
        redraw();
    }

    /// The selection; others may set it.
    public ObjectProperty<Selection> selectedProperty() {
        return selected;
    }

    /// Dims all elements outside the spotlight.
    public void setSpotlight(Spotlight spotlight) {
        frameStates.setSpotlight(spotlight);
        redraw();
    }

    /// Makes the whole scene visible, and keeps it so until the person zooms or pans.
    public void fit() {
        updateViewport(Viewport::fit);
    }

    /// @param in true enlarges, false reduces
    void zoomStep(boolean in) {
        updateViewport(view -> view.zoom(in ? ZOOM_STEP : 1 / ZOOM_STEP, new Point(getWidth() / 2, getHeight() / 2)));
    }

    /// Sets the listener for drags and drops.
    public void setDragListener(DragListener gestures) {
        dragController.setListener(gestures);
    }

    /// Sets the tooltip of the drop action that the listener heard last.
    public void setDragTooltip(@Nullable DragTooltip note) {
        dragController.setTooltip(note);
    }

    /// Sets the listener for a right click and for the menu key.
    public void setOnMenuRequest(Consumer<ContextMenuRequest> listener) {
        onMenuRequest = listener;
    }

    /// Sets the listener for a double click, and for Enter on an element that is selected.
    public void setOnOpen(Consumer<Selection> listener) {
        onOpen = listener;
    }

    /// The bounds of an element in the coordinates of this control; null when it is not on the canvas.
    @Override
    public @Nullable Bounds boundsOf(CanvasElement element) {
        Rect box = state.boundsOf(element);
        return box == null ? null : viewport.boundsOf(box);
    }

    /// Changes the visible part of the scene.
    void updateViewport(Consumer<Viewport> move) {
        move.accept(viewport);
        redraw();
    }

    /// Whether an element is being dragged.
    public boolean isDragging() {
        return dragController.isActive();
    }

    DragController dragController() {
        return dragController;
    }

    Viewport viewport() {
        return viewport;
    }

    @Nullable
    CanvasElement elementAt(Point view) {
        SceneModel scene = state.scene();
        Camera camera = viewport.camera();
        return scene == null ? null : HitTest.elementAt(scene, camera.toScene(view), 6 / camera.scale());
    }

    void hover(@Nullable CanvasElement element) {
        if (frameStates.setHovered(element)) {
            redraw();
        }
    }

    @Override
    void select(@Nullable CanvasElement element) {
        CanvasState.Snapshot shown = state.snapshot();
        if (shown != null) {
            selected.set(ElementSelection.objectOf(element, shown.topology()));
        }
    }

    void open(@Nullable CanvasElement element) {
        select(element);
        onOpen.accept(selected.get());
    }

    @Override
    void requestContextMenu(@Nullable CanvasElement element, double screenX, double screenY) {
        CanvasState.Snapshot shown = state.snapshot();
        if (shown != null) {
            Selection object = ElementSelection.objectOf(element, shown.topology());
            onMenuRequest.accept(new ContextMenuRequest(element, object, screenX, screenY));
        }
    }

    @Nullable
    TraversalOrder traversalOrder() {
        return state.traversalOrder();
    }

    @Override
    List<CanvasElement> accessibleOrder() {
        return state.elementsInOrder();
    }

    @Override
    String accessibleTextOf(@Nullable CanvasElement element) {
        return state.accessibleTextOf(element);
    }

    @Override
    @Nullable
    CanvasElement focusedElement() {
        return frameStates.focused();
    }

    /// Gives the keyboard focus to an element and scrolls it into view.
    @Override
    void focusOn(@Nullable CanvasElement element) {
        frameStates.setFocused(element);
        Rect place = element == null ? null : state.boundsOf(element);
        if (place != null) {
            viewport.scrollTo(place);
        }
        focusChanged();
        redraw();
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            viewport.resize(getWidth(), getHeight());
            redraw();
        }
    }

    void redraw() {
        animationTimer.start();
    }

    private void draw(long now) {
        CanvasState.Snapshot shown = state.snapshot();
        if (shown == null || getWidth() <= 0 || getHeight() <= 0) {
            return;
        }
        FrameState frame = frameStates.frameState(shown.topology(), selected.get(), isFocused(), now);
        painter.paint(canvas.getGraphicsContext2D(), shown, viewport, frame, dragController);
    }
}
