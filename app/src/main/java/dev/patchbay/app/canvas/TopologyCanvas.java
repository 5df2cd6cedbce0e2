package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.drag.Gestures;
import dev.patchbay.app.canvas.drag.Note;
import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.paint.Camera;
import dev.patchbay.app.canvas.paint.Moment;
import dev.patchbay.app.canvas.scene.Box;
import dev.patchbay.app.canvas.scene.HitTest;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.Walk;
import dev.patchbay.app.model.Element;
import dev.patchbay.app.model.Selected;
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
public final class TopologyCanvas extends SpokenPicture {
    private static final double ZOOM_STEP = 1.25;

    /// Is told what a person has moved in the picture.
    @FunctionalInterface
    public interface MoveListener {
        /// @param tidied everything was moved at once
        void moved(Arrangement from, Arrangement to, boolean tidied);
    }

    private final ObjectProperty<Selected> selected = new SimpleObjectProperty<>(new Selected.Nothing());
    private final Canvas canvas = new Canvas();
    private final Painting painting = new Painting();
    private final AnimationTimer pulse = new AnimationTimer() {
        @Override
        public void handle(long now) {
            if (!attention.motion().underWay(now)) {
                stop();
            }
            draw(now);
        }
    };

    private final Attention attention = new Attention();
    private final Standing standing = new Standing();
    private final Viewport viewport = new Viewport();
    private final Dragging dragging = new Dragging(standing, viewport, this::redraw);
    private Consumer<ContextRequest> onContextRequest = _ -> {};
    private Consumer<Selected> onOpen = _ -> {};

    public TopologyCanvas() {
        getStyleClass().add("topology-canvas");
        canvas.setManaged(false);
        getChildren().add(canvas);
        setFocusTraversable(true);
        setMinSize(0, 0);
        selected.addListener(_ -> redraw());
        focusedProperty().addListener(_ -> redraw());
        new Pointing(this).listen();
        new Keyboard(this).listen();
    }

    /// Shows another moment of the same host. What is already shown stays where it is.
    public void setTopology(Topology topology) {
        SceneModel before = standing.scene();
        standing.show(topology);
        laidOut();
        attention.next(before, standing.scene(), viewport.camera().scale());
        attention.hover(null);
        Element focused = attention.focused();
        if (focused != null && standing.place(focused) == null) {
            focusOn(null);
        }
        selected.set(Selection.stillThere(selected.get(), topology));
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

    /// How much goes through each plug, see [Moment]; cables widen with it.
    public void setTraffic(Map<Element, Integer> levels) {
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
    public ObjectProperty<Selected> selectedProperty() {
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
    public void setGestures(Gestures gestures) {
        dragging.tell(gestures);
    }

    /// What is said of the intent that was told last, beside the pointer.
    public void setNote(@Nullable Note note) {
        dragging.say(note);
    }

    /// Called when a person asks for a menu, by right click or from the keyboard.
    public void setOnContextRequest(Consumer<ContextRequest> listener) {
        onContextRequest = listener;
    }

    /// Called on double click and on Enter on what is already selected.
    public void setOnOpen(Consumer<Selected> listener) {
        onOpen = listener;
    }

    /// Where an element is now, in this control's coordinates; null when it is not in the picture.
    @Override
    public @Nullable Bounds boundsOf(Element element) {
        Box box = standing.place(element);
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

    Dragging dragging() {
        return dragging;
    }

    Viewport viewport() {
        return viewport;
    }

    @Nullable
    Element elementAt(Point view) {
        SceneModel scene = standing.scene();
        Camera camera = viewport.camera();
        return scene == null ? null : HitTest.at(scene, camera.toScene(view), 6 / camera.scale());
    }

    void hover(@Nullable Element element) {
        if (attention.hover(element)) {
            redraw();
        }
    }

    @Override
    void select(@Nullable Element element) {
        Standing.Shown shown = standing.shown();
        if (shown != null) {
            selected.set(Selection.of(element, shown.topology()));
        }
    }

    void open(@Nullable Element element) {
        select(element);
        onOpen.accept(selected.get());
    }

    @Override
    void requestMenu(@Nullable Element element, double screenX, double screenY) {
        Standing.Shown shown = standing.shown();
        if (shown != null) {
            Selected object = Selection.of(element, shown.topology());
            onContextRequest.accept(new ContextRequest(element, object, screenX, screenY));
        }
    }

    @Nullable
    Walk walk() {
        return standing.walk();
    }

    @Override
    List<Element> spokenOrder() {
        return standing.order();
    }

    @Override
    String spoken(@Nullable Element element) {
        return standing.spoken(element);
    }

    @Override
    @Nullable
    Element focusedElement() {
        return attention.focused();
    }

    /// Gives the keyboard focus to an element and brings it into view.
    @Override
    void focusOn(@Nullable Element element) {
        attention.focus(element);
        Box place = element == null ? null : standing.place(element);
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
        Standing.Shown shown = standing.shown();
        if (shown == null || getWidth() <= 0 || getHeight() <= 0) {
            return;
        }
        Moment moment = attention.moment(shown.topology(), selected.get(), isFocused(), now);
        painting.paint(canvas.getGraphicsContext2D(), shown, viewport, moment, dragging);
    }
}
