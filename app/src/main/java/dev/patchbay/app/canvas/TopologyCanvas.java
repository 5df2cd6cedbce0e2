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

/// The picture as a control: wheel zooms at the pointer, dragging the ground pans, dragging a thing changes what it
/// is part of, click selects, arrows walk. Every method belongs to the JavaFX thread.
public final class TopologyCanvas extends AccessibleCanvas {
    private static final double ZOOM_STEP = 1.25;

    /// Is told what a person has moved in the picture.
    @FunctionalInterface
    public interface MoveListener {
        /// @param tidied everything was moved at once
        void moved(Arrangement from, Arrangement to, boolean tidied);
    }

    private final ObjectProperty<Selection> selected = new SimpleObjectProperty<>(new Selection.None());
    private final Canvas canvas = new Canvas();
    private final CanvasPainter painting = new CanvasPainter();
    private final AnimationTimer pulse = new AnimationTimer() {
        @Override
        public void handle(long now) {
            if (!attention.motion().underWay(now)) {
                stop();
            }
            draw(now);
        }
    };

    private final Highlight attention = new Highlight();
    private final CanvasState standing = new CanvasState();
    private final Viewport viewport = new Viewport();
    private final DragController dragging = new DragController(standing, viewport, this::redraw);
    private Consumer<ContextMenuRequest> onContextRequest = _ -> {};
    private Consumer<Selection> onOpen = _ -> {};

    public TopologyCanvas() {
        getStyleClass().add("topology-canvas");
        canvas.setManaged(false);
        getChildren().add(canvas);
        setFocusTraversable(true);
        setMinSize(0, 0);
        selected.addListener(_ -> redraw());
        focusedProperty().addListener(_ -> redraw());
        new PointerInput(this).listen();
        new KeyboardInput(this).listen();
    }

    /// Shows another moment of the same host. What is already shown stays where it is.
    public void setTopology(Topology topology) {
        SceneModel before = standing.scene();
        standing.show(topology);
        laidOut();
        attention.next(before, standing.scene(), viewport.camera().scale());
        attention.hover(null);
        CanvasElement focused = attention.focused();
        if (focused != null && standing.place(focused) == null) {
            focusOn(null);
        }
        selected.set(ElementSelection.stillThere(selected.get(), topology));
    }

    /// Ports of the host that other processes hold.
    public void setBusyPorts(List<Listener> ports) {
        standing.showBusy(ports);
        laidOut();
    }

    private void laidOut() {
        viewport.show(standing.scene());
        dragging.renew();
        tellWhatIsThere();
        redraw();
    }

    /// How much goes through each plug, see [FrameState]; cables widen with it.
    public void setTraffic(Map<CanvasElement, Integer> levels) {
        attention.traffic(levels);
        redraw();
    }

    /// Lets cables grow in and fade out; off at first.
    public void setMotion(boolean wanted) {
        attention.motion().turn(wanted);
    }

    public void setTheme(Theme theme) {
        painting.wear(theme);
        redraw();
    }

    /// Where things stood when this host was last looked at; for before the first topology.
    public void setArrangement(Arrangement remembered) {
        standing.remember(remembered);
    }

    /// Where things stand, to be remembered.
    public Arrangement arrangement() {
        return standing.arrangement();
    }

    /// Packs everything anew in reading order, or puts things back to where they stood before that.
    public void tidy() {
        standing.tidy();
        laidOut();
        fit();
    }

    /// Puts everything where it stood; what has come since finds a place.
    public void arrange(Arrangement wanted) {
        standing.arrange(wanted);
        laidOut();
    }

    /// Called when a person has moved something in the picture, or tidied all of it.
    public void setOnMoved(MoveListener listener) {
        standing.onMoved(listener);
    }

    /// [#tidy] would put things back.
    public boolean isTidy() {
        return standing.isTidy();
    }

    /// Changes that are under way, drawn dashed.
    public void setPending(List<Change> changes) {
        attention.pending(changes);
        redraw();
    }

    /// The way of a packet, drawn as a ribbon while everything else steps back; null for none.
    public void setPath(@Nullable TracedPath way) {
        painting.follow(way);
        redraw();
    }

    /// What is selected; may be set from outside.
    public ObjectProperty<Selection> selectedProperty() {
        return selected;
    }

    /// Dims everything that it does not fall on.
    public void setSpotlight(Spotlight spotlight) {
        attention.light(spotlight);
        redraw();
    }

    /// Makes the whole picture visible, and keeps it so until the person zooms or pans.
    public void fit() {
        look(Viewport::fit);
    }

    /// @param in larger, or smaller
    void zoomStep(boolean in) {
        look(view -> view.zoom(in ? ZOOM_STEP : 1 / ZOOM_STEP, new Point(getWidth() / 2, getHeight() / 2)));
    }

    /// Who is told what gestures want.
    public void setGestures(DragListener gestures) {
        dragging.tell(gestures);
    }

    /// What is said of the intent that was told last, beside the pointer.
    public void setNote(@Nullable DragTooltip note) {
        dragging.say(note);
    }

    /// Called when a person asks for a menu, by right click or from the keyboard.
    public void setOnContextRequest(Consumer<ContextMenuRequest> listener) {
        onContextRequest = listener;
    }

    /// Called on double click and on Enter on what is already selected.
    public void setOnOpen(Consumer<Selection> listener) {
        onOpen = listener;
    }

    /// Where an element is now, in this control's coordinates; null when it is not in the picture.
    @Override
    public @Nullable Bounds boundsOf(CanvasElement element) {
        Rect box = standing.place(element);
        return box == null ? null : viewport.boundsOf(box);
    }

    /// Moves the view.
    void look(Consumer<Viewport> move) {
        move.accept(viewport);
        redraw();
    }

    /// Something in the picture is being dragged.
    public boolean isDragUnderWay() {
        return dragging.underWay();
    }

    DragController dragging() {
        return dragging;
    }

    Viewport viewport() {
        return viewport;
    }

    @Nullable
    CanvasElement elementAt(Point view) {
        SceneModel scene = standing.scene();
        Camera camera = viewport.camera();
        return scene == null ? null : HitTest.at(scene, camera.toScene(view), 6 / camera.scale());
    }

    void hover(@Nullable CanvasElement element) {
        if (attention.hover(element)) {
            redraw();
        }
    }

    @Override
    void select(@Nullable CanvasElement element) {
        CanvasState.Snapshot shown = standing.shown();
        if (shown != null) {
            selected.set(ElementSelection.of(element, shown.topology()));
        }
    }

    void open(@Nullable CanvasElement element) {
        select(element);
        onOpen.accept(selected.get());
    }

    @Override
    void requestMenu(@Nullable CanvasElement element, double screenX, double screenY) {
        CanvasState.Snapshot shown = standing.shown();
        if (shown != null) {
            Selection object = ElementSelection.of(element, shown.topology());
            onContextRequest.accept(new ContextMenuRequest(element, object, screenX, screenY));
        }
    }

    @Nullable
    TraversalOrder walk() {
        return standing.walk();
    }

    @Override
    List<CanvasElement> spokenOrder() {
        return standing.order();
    }

    @Override
    String spoken(@Nullable CanvasElement element) {
        return standing.spoken(element);
    }

    @Override
    @Nullable
    CanvasElement focusedElement() {
        return attention.focused();
    }

    /// Gives the keyboard focus to an element and brings it into view.
    @Override
    void focusOn(@Nullable CanvasElement element) {
        attention.focus(element);
        Rect place = element == null ? null : standing.place(element);
        if (place != null) {
            viewport.reveal(place);
        }
        tellFocus();
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
        pulse.start();
    }

    private void draw(long now) {
        CanvasState.Snapshot shown = standing.shown();
        if (shown == null || getWidth() <= 0 || getHeight() <= 0) {
            return;
        }
        FrameState moment = attention.moment(shown.topology(), selected.get(), isFocused(), now);
        painting.paint(canvas.getGraphicsContext2D(), shown, viewport, moment, dragging);
    }
}
