package dev.patchbay.app.window;

import dev.patchbay.app.canvas.Selected;
import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.dialog.Sheets;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.viewmodel.PatchbayViewModel;
import dev.patchbay.app.viewmodel.hosts.HostChoice;
import dev.patchbay.app.viewmodel.hosts.HostSwitch;
import dev.patchbay.app.window.action.Actions;
import dev.patchbay.app.window.action.Drops;
import dev.patchbay.app.window.action.Exports;
import dev.patchbay.app.window.action.FileDestination;
import dev.patchbay.app.window.action.FileSource;
import dev.patchbay.app.window.action.Menus;
import dev.patchbay.app.window.drawer.Drawer;
import dev.patchbay.app.window.inspector.Inspector;
import dev.patchbay.core.Change;
import dev.patchbay.core.topology.Topology;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The window's content: picture, inspector, drawer and toolbar, joined by one selection.
public final class MainWindow {
    private static final double INSPECTOR_WIDTH = 344;

    private final PatchbayViewModel model;
    private final TopologyCanvas canvas = new TopologyCanvas();
    private final Toolbar toolbar;
    private final Inspector inspector;
    private final Scene scene;
    private final ReadOnlyObjectWrapper<Theme> theme;

    /// A window of the Lab alone.
    public MainWindow(PatchbayViewModel model, WindowState state, FileDestination files, FileSource source) {
        this(model, HostChoice.lab(true), HostSwitch.none(), state, files, source);
    }

    /// @param shown the host of this window
    /// @param state size and theme to start with
    /// @param files asks where an export should go
    /// @param source asks which file to apply
    public MainWindow(
            PatchbayViewModel model,
            HostChoice shown,
            HostSwitch hosts,
            WindowState state,
            FileDestination files,
            FileSource source) {
        this.model = model;
        theme = new ReadOnlyObjectWrapper<>(state.theme());
        Sheets sheets = new Sheets(canvas::requestFocus);
        Exports exports =
                new Exports(model, files, topology -> SceneLayout.of(topology, canvas.arrangement()), theme::get);
        Actions actions = new Actions(model, sheets, exports, source);
        Menus menus = new Menus(actions);
        inspector = new Inspector(model, actions, menus);
        toolbar = new Toolbar(model, shown, hosts, actions, exports, canvas, () -> setTheme(Look.after(theme.get())));
        Placeholder placeholder = new Placeholder(model, actions, canvas);

        NoticeLine notice = new NoticeLine(model);
        StackPane.setAlignment(notice.node(), Pos.BOTTOM_CENTER);
        StackPane.setMargin(notice.node(), new Insets(16));
        TourPane tour = new TourPane(model.tour());
        StackPane.setAlignment(tour.node(), Pos.BOTTOM_RIGHT);
        StackPane.setMargin(tour.node(), new Insets(16));
        StackPane centre = new StackPane(canvas, placeholder.layer(), notice.node(), tour.node(), sheets.layer());
        centre.getStyleClass().add("picture");
        centre.setMinSize(320, 200);

        SplitPane left = new SplitPane(centre, new Drawer(model).node());
        left.setOrientation(Orientation.VERTICAL);
        left.setDividerPositions(0.68);
        SplitPane whole = new SplitPane(left, inspector.node());
        SplitPane.setResizableWithParent(whole.getItems().getLast(), false);
        whole.setDividerPositions(1 - INSPECTOR_WIDTH / state.width());

        BorderPane root = new BorderPane(whole);
        root.setTop(new VBox(toolbar.node(), placeholder.banner()));
        scene = new Scene(root, state.width(), state.height());
        new Keys(
                        model,
                        actions,
                        menus,
                        exports,
                        new Keys.Surroundings(toolbar::focusSearch, canvas::fit, () -> escape(sheets), this::offer))
                .listenTo(scene);
        bindCanvas(menus);
        canvas.setGestures(new Drops(model, actions, canvas));
        setTheme(state.theme());
        // Not the search field, which would swallow the keys of the picture.
        canvas.setFocusTraversable(true);
        canvas.requestFocus();
    }

    private void bindCanvas(Menus menus) {
        canvas.setId("canvas");
        model.host().topology().subscribe(topology -> {
            if (topology != null) {
                canvas.setTopology(topology);
            }
        });
        canvas.selectedProperty().bindBidirectional(model.selected());
        model.liveTraffic().levels().subscribe(canvas::setTraffic);
        model.busyPorts().ports().subscribe(canvas::setBusyPorts);
        model.search().query().subscribe(canvas::setSearch);
        model.reachability().ribbon().subscribe(canvas::setPath);
        model.host().pending().addListener((ListChangeListener<Change>)
                _ -> canvas.setPending(model.host().pending()));
        canvas.setOnContextRequest(request -> {
            Topology topology = model.host().topology().get();
            if (topology != null) {
                ContextMenu menu = menus.of(topology, request.element(), request.selected());
                menu.show(canvas, request.screenX(), request.screenY());
            }
        });
    }

    TopologyCanvas picture() {
        return canvas;
    }

    public Scene scene() {
        return scene;
    }

    public ReadOnlyObjectProperty<Theme> theme() {
        return theme.getReadOnlyProperty();
    }

    public void setTheme(Theme wanted) {
        theme.set(wanted);
        Look.apply(scene, wanted);
        canvas.setTheme(wanted);
        inspector.setTheme(wanted);
    }

    private void escape(Sheets sheets) {
        if (sheets.isOpen()) {
            sheets.close();
        } else if (model.host().notice().get() != null) {
            model.host().dismissNotice();
        } else {
            model.selected().set(new Selected.Nothing());
        }
    }

    /// In the middle of the picture, since a key has no place.
    private void offer(List<MenuItem> items) {
        Point2D middle = canvas.localToScreen(canvas.getWidth() / 2, canvas.getHeight() / 3);
        ContextMenu menu = Menus.menu(items);
        menu.show(canvas, middle.getX(), middle.getY());
    }
}
