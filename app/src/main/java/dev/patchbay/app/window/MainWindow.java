package dev.patchbay.app.window;

import dev.patchbay.app.action.ActionCatalogue;
import dev.patchbay.app.action.ActionId;
import dev.patchbay.app.action.ActionTarget;
import dev.patchbay.app.canvas.Spotlight;
import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.canvas.drag.DragTooltip;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.dialog.DialogLayer;
import dev.patchbay.app.export.OpenFilePrompt;
import dev.patchbay.app.export.SaveFilePrompt;
import dev.patchbay.app.hosts.HostChoice;
import dev.patchbay.app.hosts.HostKind;
import dev.patchbay.app.hosts.HostSwitch;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.network.AddressMapPane;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.tour.TourPane;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Refusal;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// The content of the window for one host: canvas, inspector, drawer and toolbar, joined by one
/// selection.
public final class MainWindow {
    private static final double INSPECTOR_WIDTH = 344;

    private final WindowViewModel model;
    private final TopologyCanvas canvas = new TopologyCanvas();
    private final ActionCatalogue catalogue;
    private final CommandPalette palette;
    private final Toolbar toolbar;
    private final InspectorPane inspector;
    private final Drawer drawer;
    private final Scene scene;
    private final ReadOnlyObjectWrapper<Theme> theme = new ReadOnlyObjectWrapper<>(Themes.desktopTheme());
    private final ReadOnlyObjectWrapper<@Nullable Theme> chosenTheme = new ReadOnlyObjectWrapper<>();
    private final SplitPane pictureAndDrawer;
    private final ShortcutHelp shortcuts = new ShortcutHelp();
    private final AddressMapPane addresses;

    /// A window that can show only the Lab.
    public MainWindow(WindowViewModel model, WindowState state, SaveFilePrompt files, OpenFilePrompt source) {
        this(model, HostChoice.lab(true), HostSwitch.none(), state, files, source);
    }

    /// @param shown the host of this window
    /// @param state the size and theme to start with
    /// @param files asks where to save an export
    /// @param source asks for the file to apply
    public MainWindow(
            WindowViewModel model,
            HostChoice shown,
            HostSwitch hosts,
            WindowState state,
            SaveFilePrompt files,
            OpenFilePrompt source) {
        this.model = model;
        DialogLayer sheets = new DialogLayer(canvas::requestFocus);
        catalogue = new ActionCatalogue(new CatalogueContext());
        WindowActions actions = new WindowActions(model, sheets, source);
        actions.register(catalogue);
        new ExportActions(model, files, topology -> SceneLayout.of(topology, canvas.arrangement()), theme::get)
                .register(catalogue);
        palette = new CommandPalette(new PaletteViewModel(model, catalogue), canvas::requestFocus);
        addresses = new AddressMapPane(model.addressMap(), canvas::requestFocus);
        registerWindowActions();
        inspector = new InspectorPane(model, catalogue);
        toolbar = new Toolbar(model, shown, hosts, catalogue, canvas::requestFocus, chosenTheme());
        StateOverlay placeholder = new StateOverlay(model, hosts, catalogue, canvas);

        NotificationBar notice = new NotificationBar(model, catalogue);
        StackPane.setAlignment(notice.node(), Pos.BOTTOM_CENTER);
        StackPane.setMargin(notice.node(), new Insets(16));
        TourPane tour = new TourPane(model.tour());
        StackPane.setAlignment(tour.node(), Pos.BOTTOM_RIGHT);
        StackPane.setMargin(tour.node(), new Insets(16));
        StackPane centre = new StackPane(canvas, placeholder.layer(), notice.node(), tour.node(), sheets.layer());
        centre.getStyleClass().add("picture");
        // The canvas stays large enough for a form.
        centre.setMinSize(392, 200);

        drawer = new Drawer(model, catalogue);
        pictureAndDrawer = new SplitPane(centre, drawer.node());
        pictureAndDrawer.setOrientation(Orientation.VERTICAL);
        pictureAndDrawer.setDividerPositions(state.drawer());
        SplitPane whole = new SplitPane(pictureAndDrawer, inspector.node());
        SplitPane.setResizableWithParent(whole.getItems().getLast(), false);
        whole.setDividerPositions(1 - INSPECTOR_WIDTH / state.width());

        BorderPane root = new BorderPane(whole);
        root.setTop(new VBox(toolbar.node(), placeholder.banner()));
        scene = new Scene(
                new StackPane(root, addresses.layer(), palette.layer(), shortcuts.layer()),
                state.width(),
                state.height());
        new ShortcutDispatcher(
                        catalogue,
                        canvas,
                        new ShortcutDispatcher.WindowCommands(
                                shortcuts::isShown,
                                () -> sheets.isOpen()
                                        || palette.isShown()
                                        || shortcuts.isShown()
                                        || addresses.isShown(),
                                () -> escape(sheets),
                                this::moveFocus,
                                () -> copyDragCommand(actions)))
                .install(scene);
        bindCanvas();
        canvas.setDragListener(new DropHandler(model, catalogue, canvas));
        canvas.setOnMoved((from, to, tidied) ->
                model.undo().addMove(tidied ? Messages.of("undo.tidy") : Messages.of("undo.move"), from, to));
        model.undo().setArranger(canvas::applyArrangement);
        chooseTheme(state.theme());
        Platform.getPreferences().colorSchemeProperty().when(showing()).subscribe(_ -> applyTheme());
        // The theme may have changed while the stage showed another host.
        scene.windowProperty().subscribe(stage -> {
            if (stage != null) {
                Themes.setUserAgentStylesheet(theme.get());
            }
        });
        // Without this the search field would have the focus, and take the keys of the canvas.
        canvas.setFocusTraversable(true);
        canvas.requestFocus();
    }

    /// Whether a stage shows this window. Settings of the desktop live as long as the program: observed without this
    /// condition, they would keep a window that was closed.
    ObservableValue<Boolean> showing() {
        return scene.windowProperty().flatMap(Window::showingProperty).orElse(false);
    }

    private void registerWindowActions() {
        catalogue.register(ActionId.EXPORT, () -> showMenu(ExportActions.items(catalogue)));
        catalogue.register(ActionId.PALETTE, palette::show);
        catalogue.register(ActionId.SEARCH, () -> {
            palette.hide();
            toolbar.focusSearch();
        });
        catalogue.register(ActionId.FIT, canvas::fit);
        catalogue.register(
                ActionId.TIDY,
                () -> canvas.isTidy() ? Messages.of("action.untidy") : ActionId.TIDY.words(),
                () -> "",
                canvas::tidy);
        catalogue.register(ActionId.THEME, () -> chooseTheme(Themes.next(theme.get())));
        catalogue.register(ActionId.THEME_DESKTOP, () -> chooseTheme(null));
        catalogue.register(ActionId.THEME_DARK, () -> chooseTheme(Theme.DARK));
        catalogue.register(ActionId.THEME_LIGHT, () -> chooseTheme(Theme.LIGHT));
        catalogue.register(ActionId.THEME_CONTRAST, () -> chooseTheme(Theme.HIGH_CONTRAST));
        if (model.host().kind() == HostKind.LAB) {
            catalogue.register(ActionId.TOUR, model.tour()::open);
        }
        catalogue.register(
                ActionId.RECONNECT,
                ActionId.RECONNECT::words,
                () -> model.host().isLive() ? Messages.of("condition.connection") : "",
                model.host()::open);
        catalogue.register(ActionId.ADDRESSES, addresses::show);
        catalogue.register(ActionId.HELP, shortcuts::toggle);
    }

    private final class CatalogueContext implements ActionCatalogue.Context {
        @Override
        public ActionTarget selected() {
            return ActionTarget.of(
                    model.host().topology().get(), model.selected().get());
        }

        @Override
        public Optional<Refusal> unreachable() {
            return model.host().isLive()
                    ? Optional.empty()
                    : Optional.of(model.host().unreachableRefusal());
        }

        @Override
        public void showRefusal(Refusal refusal) {
            model.host()
                    .showNotification(
                            model.host().isLive()
                                    ? Notification.done(refusal.sentence())
                                    : Notification.error(refusal));
        }

        @Override
        public void offer(List<MenuItem> items) {
            showMenu(items);
        }
    }

    private boolean copyDragCommand(WindowActions actions) {
        if (model.drag().tooltip().get() instanceof DragTooltip drag
                && !drag.command().isEmpty()) {
            actions.copy(drag.command());
            return true;
        }
        return false;
    }

    private void bindCanvas() {
        canvas.setId("canvas");
        topologyChanged(null, model.host().topology().get());
        model.host().topology().subscribe(this::topologyChanged);
        canvas.selectedProperty().bindBidirectional(model.selected());
        model.trafficLevels().levels().subscribe(canvas::setTraffic);
        model.busyPorts().ports().subscribe(canvas::setBusyPorts);
        model.reachability().drawnPath().subscribe(canvas::setPath);
        model.search().query().subscribe(this::updateSpotlight);
        model.nat().highlighted().subscribe(this::updateSpotlight);
        model.filter().highlighted().subscribe(this::updateSpotlight);
        model.host().pending().addListener((ListChangeListener<Change>)
                _ -> canvas.setPending(model.host().pending()));
        canvas.setOnOpen(_ -> inspector.showOverview());
        canvas.setOnMenuRequest(request -> {
            Topology topology = model.host().topology().get();
            if (topology != null) {
                ActionCatalogue.menu(catalogue.contextMenuItems(topology, request.element(), request.selected()))
                        .show(canvas, request.screenX(), request.screenY());
            }
        });
    }

    private void topologyChanged(@Nullable Topology before, @Nullable Topology now) {
        if (now == null) {
            return;
        }
        canvas.setTopology(now);
        // A hidden node cannot have the focus, so the canvas gets it with its first topology.
        if (before == null && !(scene.getFocusOwner() instanceof TextInputControl)) {
            canvas.requestFocus();
        }
    }

    private void updateSpotlight() {
        Selection ofNat = model.nat().highlighted().get();
        Selection lit =
                ofNat instanceof Selection.None ? model.filter().highlighted().get() : ofNat;
        canvas.setSpotlight(new Spotlight(model.search().query().get(), lit));
    }

    TopologyCanvas canvas() {
        return canvas;
    }

    public Scene scene() {
        return scene;
    }

    public ReadOnlyObjectProperty<Theme> theme() {
        return theme.getReadOnlyProperty();
    }

    public void setTheme(Theme wanted) {
        chooseTheme(wanted);
    }

    /// Null while the window follows the theme of the desktop.
    ReadOnlyObjectProperty<@Nullable Theme> chosenTheme() {
        return chosenTheme.getReadOnlyProperty();
    }

    /// @param wanted null to follow the desktop
    void chooseTheme(@Nullable Theme wanted) {
        chosenTheme.set(wanted);
        applyTheme();
    }

    /// The height of the canvas as a fraction of the height of canvas and drawer.
    double drawerPosition() {
        return pictureAndDrawer.getDividerPositions()[0];
    }

    private void applyTheme() {
        Theme chosen = chosenTheme.get();
        Theme wanted = chosen == null ? Themes.desktopTheme() : chosen;
        theme.set(wanted);
        Themes.apply(scene, wanted);
        if (scene.getWindow() != null) {
            Themes.setUserAgentStylesheet(wanted);
        }
        canvas.setTheme(wanted);
        inspector.setTheme(wanted);
    }

    private void escape(DialogLayer sheets) {
        if (shortcuts.isShown()) {
            shortcuts.hide();
        } else if (palette.isShown()) {
            palette.hide();
        } else if (addresses.isShown()) {
            addresses.hide();
        } else if (sheets.isOpen()) {
            sheets.close();
        } else if (model.host().notification().get() != null) {
            model.host().dismissNotification();
        } else {
            model.selected().set(new Selection.None());
        }
    }

    /// Moves the focus through canvas, inspector, drawer and toolbar, in a circle.
    private void moveFocus(boolean forward) {
        List<Node> regions = List.of(canvas, inspector.node(), drawer.node(), toolbar.node());
        int now = -1;
        for (int i = 0; i < regions.size(); i++) {
            now = isWithin(scene.getFocusOwner(), regions.get(i)) ? i : now;
        }
        int next = Math.floorMod(now + (forward ? 1 : -1), regions.size());
        switch (next) {
            case 0 -> canvas.requestFocus();
            case 1 -> inspector.requestFocus();
            case 2 -> drawer.requestFocus();
            default -> toolbar.focusSearch();
        }
    }

    private static boolean isWithin(@Nullable Node node, Node region) {
        for (Node parent = node; parent != null; parent = parent.getParent()) {
            if (parent.equals(region)) {
                return true;
            }
        }
        return false;
    }

    /// Opens the menu in the middle of the canvas, because a shortcut has no position.
    private void showMenu(List<MenuItem> items) {
        Point2D middle = canvas.localToScreen(canvas.getWidth() / 2, canvas.getHeight() / 3);
        ActionCatalogue.menu(items).show(canvas, middle.getX(), middle.getY());
    }
}
