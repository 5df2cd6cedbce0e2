package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.drawing.Camera;
import dev.patchbay.app.canvas.drawing.Emphasis;
import dev.patchbay.app.canvas.drawing.Overview;
import dev.patchbay.app.canvas.drawing.SceneRenderer;
import dev.patchbay.app.canvas.hit.HitTest;
import dev.patchbay.app.canvas.hit.Walk;
import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.Element;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.layout.SceneModel;
import dev.patchbay.app.canvas.routing.Box;
import dev.patchbay.app.canvas.routing.Point;
import dev.patchbay.app.style.Palette;
import dev.patchbay.app.style.Theme;
import dev.patchbay.core.Change;
import dev.patchbay.core.topology.Topology;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// The picture as a control: wheel zooms at the pointer, drag pans, click selects, arrows walk. Every method belongs to
/// the JavaFX thread.
public final class TopologyCanvas extends Region {
    private static final double ZOOM_STEP = 1.25;
    private static final int CARDS_WITH_OVERVIEW = 30;

    private final ObjectProperty<Selected> selected = new SimpleObjectProperty<>(new Selected.Nothing());
    private final Canvas canvas = new Canvas();
    private final SceneRenderer renderer = new SceneRenderer();
    private final AnimationTimer pulse = new AnimationTimer() {
        @Override
        public void handle(long now) {
            stop();
            draw();
        }
    };

    private Palette palette = Palette.of(Theme.DARK);
    private @Nullable Topology topology;
    private @Nullable SceneLayout layout;
    private @Nullable Walk walk;
    private Camera camera = new Camera(1, 0, 0);
    private boolean fitted = true;
    private @Nullable Element hovered;
    private @Nullable Element focused;
    private String search = "";
    private List<Change> pending = List.of();
    private @Nullable Arrangement beforeTidy;
    private Arrangement first = Arrangement.none();
    private Consumer<ContextRequest> onContextRequest = _ -> {};
    private Consumer<Selected> onOpen = _ -> {};

    public TopologyCanvas() {
        getStyleClass().add("topology-canvas");
        canvas.setManaged(false);
        getChildren().add(canvas);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.NODE);
        setAccessibleText("Topology");
        setMinSize(0, 0);
        selected.addListener(_ -> redraw());
        focusedProperty().addListener(_ -> redraw());
        new Pointing(this).listen();
        new Keyboard(this).listen();
    }

    /// Shows another moment of the same host. What is already shown stays where it is.
    public void setTopology(Topology topology) {
        this.topology = topology;
        layout = SceneLayout.of(topology, layout == null ? first : layout.arrangement());
        walk = Walk.through(layout.scene());
        hovered = null;
        if (focused != null && walk.place(focused) == null) {
            focusOn(null);
        }
        selected.set(Selection.stillThere(selected.get(), topology));
        if (fitted) {
            fit();
        }
        redraw();
    }

    public void setTheme(Theme theme) {
        palette = Palette.of(theme);
        redraw();
    }

    /// Where things stood when this host was last looked at; for before the first topology.
    public void setArrangement(Arrangement remembered) {
        first = remembered;
    }

    /// Where things stand, to be remembered.
    public Arrangement arrangement() {
        return layout == null ? first : layout.arrangement();
    }

    /// Packs everything anew in reading order, or puts things back to where they stood before that.
    public void tidy() {
        if (topology != null) {
            Arrangement now = arrangement();
            layout = SceneLayout.of(topology, beforeTidy == null ? Arrangement.none() : beforeTidy);
            beforeTidy = beforeTidy == null ? now : null;
            walk = Walk.through(layout.scene());
            fit();
        }
    }

    /// [#tidy] would put things back.
    public boolean isTidy() {
        return beforeTidy != null;
    }

    /// Changes that are under way, drawn dashed.
    public void setPending(List<Change> changes) {
        pending = List.copyOf(changes);
        redraw();
    }

    /// What is selected; may be set from outside.
    public ObjectProperty<Selected> selectedProperty() {
        return selected;
    }

    /// Dims everything that does not match; empty shows all. Matches names, addresses, ports, MACs and images.
    public void setSearch(String text) {
        search = text;
        redraw();
    }

    /// Makes the whole picture visible, and keeps it so until the person zooms or pans.
    public void fit() {
        fitted = true;
        if (layout != null && getWidth() > 0 && getHeight() > 0) {
            Box bounds = layout.scene().bounds();
            camera = Camera.fitting(bounds, getWidth(), getHeight(), TopologyPicture.MARGIN);
        }
        redraw();
    }

    public void zoomIn() {
        zoom(ZOOM_STEP, new Point(getWidth() / 2, getHeight() / 2));
    }

    public void zoomOut() {
        zoom(1 / ZOOM_STEP, new Point(getWidth() / 2, getHeight() / 2));
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
    public @Nullable Point2D placeOf(Element element) {
        Box box = walk == null ? null : walk.place(element);
        if (box == null) {
            return null;
        }
        Point view = camera.toView(box.centre());
        return new Point2D(view.x(), view.y());
    }

    void zoom(double factor, Point at) {
        fitted = false;
        camera = camera.zoomed(factor, at);
        redraw();
    }

    void pan(double dx, double dy) {
        fitted = false;
        camera = camera.panned(dx, dy);
        redraw();
    }

    @Nullable
    Element elementAt(Point view) {
        return layout == null ? null : HitTest.at(layout.scene(), camera.toScene(view), 6 / camera.scale());
    }

    void hover(@Nullable Element element) {
        if (element == null ? hovered != null : !element.equals(hovered)) {
            hovered = element;
            redraw();
        }
    }

    void select(@Nullable Element element) {
        if (topology != null) {
            selected.set(Selection.of(element, topology));
        }
    }

    void open(@Nullable Element element) {
        select(element);
        onOpen.accept(selected.get());
    }

    void requestMenu(@Nullable Element element, double screenX, double screenY) {
        if (topology != null) {
            Selected object = Selection.of(element, topology);
            onContextRequest.accept(new ContextRequest(element, object, screenX, screenY));
        }
    }

    @Nullable
    Walk walk() {
        return walk;
    }

    @Nullable
    Element focusedElement() {
        return focused;
    }

    /// Gives the keyboard focus to an element and brings it into view.
    void focusOn(@Nullable Element element) {
        focused = element;
        Box place = element == null || walk == null ? null : walk.place(element);
        if (place != null) {
            Camera moved = camera.revealing(place.grown(16), getWidth(), getHeight());
            fitted = fitted && moved.equals(camera);
            camera = moved;
        }
        if (topology != null) {
            setAccessibleText(Spoken.of(element, topology));
        }
        redraw();
    }

    /// Where the minimap is; null while there is none.
    @Nullable
    Box overview() {
        return layout == null || layout.scene().cards().size() < CARDS_WITH_OVERVIEW
                ? null
                : Overview.place(layout.scene(), getWidth(), getHeight());
    }

    /// Looks at the scene point that a place in the minimap stands for.
    void lookAt(Point inOverview) {
        Box place = overview();
        if (layout != null && place != null) {
            Point target = Overview.camera(layout.scene(), place).toScene(inOverview);
            Point now = camera.toView(target);
            pan(Math.rint(getWidth() / 2 - now.x()), Math.rint(getHeight() / 2 - now.y()));
        }
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            if (fitted) {
                fit();
            }
            redraw();
        }
    }

    private void redraw() {
        pulse.start();
    }

    private void draw() {
        if (layout == null || topology == null || getWidth() <= 0 || getHeight() <= 0) {
            return;
        }
        SceneModel scene = layout.scene();
        Emphasis emphasis = new Emphasis(
                Selection.elements(selected.get(), topology),
                hovered,
                isFocused() ? focused : null,
                Search.find(search, topology));
        var g = canvas.getGraphicsContext2D();
        renderer.paint(g, scene, camera, palette, emphasis, Ghosts.of(pending, topology), getWidth(), getHeight());
        Box place = overview();
        if (place != null) {
            renderer.paintOverview(g, scene, palette, place, camera.visible(getWidth(), getHeight()));
        }
    }
}
