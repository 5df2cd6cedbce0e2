package dev.patchbay.app.window;

import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.hosts.HostChoice;
import dev.patchbay.app.hosts.HostKind;
import dev.patchbay.app.hosts.HostSwitch;
import dev.patchbay.app.hosts.HostSwitchButton;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Icons;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.Messages;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;
import org.kordamp.ikonli.materialdesign2.MaterialDesignU;

/// The bar at the top: whose networks these are, the search, and what makes new things.
final class Toolbar {
    /// How the window is dressed.
    ///
    /// @param chosen null while the desktop is followed
    /// @param next to the one after the present
    record ThemeControl(
            ReadOnlyObjectProperty<@Nullable Theme> chosen, Runnable next, Consumer<@Nullable Theme> choose) {}

    private static final double BRAND_GAP = 10;
    /// What the key and the edges take in the search field, in pixels.
    private static final double PROMPT_MARGIN = 80;
    /// As the style sheet has it.
    private static final double TEXT_SIZE = 12;
    /// While something is typed, and the hits stand at the right.
    private static final PseudoClass COUNTED = PseudoClass.getPseudoClass("counted");

    private final HBox bar = new HBox(8);
    private final TextField search = new TextField();
    private final Node logo = Logo.node();
    private final WindowViewModel model;

    /// @param shown the host of this window
    /// @param picture is fitted and tidied, and gets the focus back from the search
    Toolbar(
            WindowViewModel model,
            HostChoice shown,
            HostSwitch hosts,
            WindowActions actions,
            ExportActions exports,
            TopologyCanvas picture,
            ThemeControl themes) {
        this.model = model;
        Label name = new Label(Messages.of("window.title"));
        name.getStyleClass().add("product");
        HBox brand = new HBox(8, logo, name);
        brand.setAlignment(Pos.CENTER_LEFT);
        brand.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setMargin(brand, new Insets(0, BRAND_GAP, 0, 0));

        Button newNetwork = new Button(Messages.of("toolbar.newNetwork"), Icons.icon(MaterialDesignP.PLUS));
        newNetwork.setId("newNetwork");
        newNetwork.getStyleClass().add("accent");
        newNetwork.setTooltip(new Tooltip(Messages.of("toolbar.newNetwork.tip")));
        newNetwork.setOnAction(_ -> actions.newNetwork());
        newNetwork.setMinWidth(Region.USE_PREF_SIZE);
        Button run = new Button(Messages.of("toolbar.run"), Icons.icon(MaterialDesignP.PLAY));
        run.setId("runContainer");
        run.setTooltip(new Tooltip(Messages.of("toolbar.run.tip")));
        run.setOnAction(_ -> actions.runContainer());
        run.setMinWidth(Region.USE_PREF_SIZE);
        Button undo = Icons.button("undo", MaterialDesignU.UNDO, Messages.of("toolbar.undo"), actions::undo);
        Button redo = Icons.button("redo", MaterialDesignR.REDO, Messages.of("toolbar.redo"), actions::redo);
        model.undo().undoable().subscribe(title -> updateHistoryButton(undo, title, Messages.of("toolbar.undo")));
        model.undo().redoable().subscribe(title -> updateHistoryButton(redo, title, Messages.of("toolbar.redo")));

        Region before = spacer();
        Region after = spacer();
        bar.getChildren()
                .addAll(
                        brand,
                        new HostSwitchButton(shown, model.host(), hosts).node(),
                        before,
                        searchField(picture::requestFocus),
                        after,
                        newNetwork,
                        run,
                        undo,
                        redo,
                        Icons.button(
                                "fit", MaterialDesignF.FIT_TO_PAGE_OUTLINE, Messages.of("toolbar.fit"), picture::fit),
                        Icons.button(
                                "theme", MaterialDesignC.CIRCLE_HALF_FULL, Messages.of("toolbar.theme"), themes.next()),
                        moreMenu(actions, exports, picture, themes));
        bar.getStyleClass().add("toolbar");
        bar.setAlignment(Pos.CENTER_LEFT);
    }

    /// What is wanted rarely.
    private Node moreMenu(WindowActions actions, ExportActions exports, TopologyCanvas picture, ThemeControl themes) {
        MenuItem tour = new MenuItem(Messages.of("menu.tour"));
        tour.setId("menuTour");
        tour.setOnAction(_ -> model.tour().open());
        tour.setVisible(model.host().kind() == HostKind.LAB);
        MenuItem compose = new MenuItem(Messages.of("menu.compose"));
        compose.setId("moreCompose");
        compose.setOnAction(_ -> actions.applyCompose());
        Menu export = new Menu(Messages.of("menu.exports"));
        export.setId("menuExports");
        Menu theme = themeMenu(themes);
        MenuItem tidy = new MenuItem();
        tidy.setId("menuTidy");
        tidy.setOnAction(_ -> picture.tidy());
        MenuButton button =
                new MenuButton(null, Icons.icon(MaterialDesignD.DOTS_HORIZONTAL), compose, export, tour, tidy, theme);
        button.setId("more");
        button.getStyleClass().addAll("flat", "no-arrow");
        button.setAccessibleText(Messages.of("menu.more"));
        export.getItems().setAll(exports.items());
        button.setOnShowing(_ -> {
            export.getItems().setAll(exports.items());
            tidy.setText(picture.isTidy() ? Messages.of("menu.untidy") : Messages.of("menu.tidy"));
        });
        return button;
    }

    private static Menu themeMenu(ThemeControl themes) {
        Menu menu = new Menu(Messages.of("menu.theme"));
        menu.setId("menuTheme");
        ToggleGroup group = new ToggleGroup();
        menu.getItems()
                .addAll(
                        themeItem("themeDesktop", Messages.of("theme.desktop"), null, themes, group),
                        themeItem("themeDark", Messages.of("theme.dark"), Theme.DARK, themes, group),
                        themeItem("themeLight", Messages.of("theme.light"), Theme.LIGHT, themes, group),
                        themeItem("themeContrast", Messages.of("theme.contrast"), Theme.HIGH_CONTRAST, themes, group));
        return menu;
    }

    private static MenuItem themeItem(
            String id, String text, @Nullable Theme theme, ThemeControl themes, ToggleGroup group) {
        RadioMenuItem item = new RadioMenuItem(text);
        item.setId(id);
        item.setToggleGroup(group);
        themes.chosen().subscribe(chosen -> item.setSelected(chosen == theme));
        item.setOnAction(_ -> themes.choose().accept(theme));
        return item;
    }

    private static void updateHistoryButton(Button button, @Nullable String title, String name) {
        button.setDisable(title == null);
        String text = title == null ? name : name + ": " + title;
        button.getTooltip().setText(text);
        button.setAccessibleText(text);
    }

    private static Region spacer() {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        return gap;
    }

    Node node() {
        return bar;
    }

    Node logo() {
        return logo;
    }

    void focusSearch() {
        search.requestFocus();
        search.selectAll();
    }

    private static double textWidth(String words) {
        Text text = new Text(words);
        text.setFont(Font.font(Fonts.TEXT, TEXT_SIZE));
        return text.getLayoutBounds().getWidth();
    }

    private Node searchField(Runnable leaveSearch) {
        search.setId("search");
        search.setPromptText(Messages.of("toolbar.search"));
        search.setAccessibleText(Messages.of("toolbar.search"));
        search.textProperty().bindBidirectional(model.search().query());
        search.setPrefWidth(380);
        search.setMinWidth(120);
        search.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                model.search().next();
                event.consume();
            } else if (event.getCode() == KeyCode.ESCAPE) {
                search.clear();
                leaveSearch.run();
                event.consume();
            }
        });
        Label key = new Label(Messages.of("toolbar.search.key"));
        key.getStyleClass().addAll("mono", "key-hint");
        key.visibleProperty()
                .bind(search.textProperty()
                        .isEmpty()
                        .and(search.widthProperty().greaterThan(textWidth(search.getPromptText()) + PROMPT_MARGIN)));
        key.setMouseTransparent(true);
        Label hits = new Label();
        hits.setId("searchHits");
        hits.getStyleClass().add("key-hint");
        hits.textProperty().bind(model.search().position());
        hits.textProperty().subscribe(text -> search.pseudoClassStateChanged(COUNTED, !text.isEmpty()));
        hits.setMouseTransparent(true);
        hits.setMinWidth(Region.USE_PREF_SIZE);
        search.accessibleHelpProperty().bind(model.search().position());
        StackPane field = new StackPane(search, key, hits);
        StackPane.setAlignment(key, Pos.CENTER_RIGHT);
        StackPane.setAlignment(hits, Pos.CENTER_RIGHT);
        HBox.setHgrow(field, Priority.SOMETIMES);
        field.setMaxWidth(380);
        return field;
    }
}
