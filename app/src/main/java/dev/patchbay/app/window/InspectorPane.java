package dev.patchbay.app.window;

import dev.patchbay.app.action.ActionCatalogue;
import dev.patchbay.app.action.ActionId;
import dev.patchbay.app.action.ActionTarget;
import dev.patchbay.app.inspector.InspectPane;
import dev.patchbay.app.inspector.InspectorViewModel;
import dev.patchbay.app.inspector.Overview;
import dev.patchbay.app.inspector.OverviewPane;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.reachability.ReachabilityPane;
import dev.patchbay.app.style.Icons;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.traffic.TrafficPane;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;

/// The right side of the window: details of the selected object.
public final class InspectorPane {
    private static final int LONG_TITLE = 12;

    private final StackPane pane = new StackPane();
    private final Label title = new Label();
    private final Label badge = new Label();
    private final VBox content = new VBox();
    private final TabPane tabs = new TabPane();
    private final OverviewPane overviewPane;
    private final TrafficPane traffic;
    private final ActionCatalogue catalogue;

    public InspectorPane(WindowViewModel model, ActionCatalogue catalogue) {
        this.catalogue = catalogue;
        Runnable exportJson = () -> catalogue.perform(ActionId.EXPORT_JSON);
        traffic = new TrafficPane(model.traffic(), model.selected(), () -> catalogue.perform(ActionId.EXPORT_TRAFFIC));
        InspectorViewModel inspector = model.inspector();
        overviewPane = new OverviewPane(
                model.selected(),
                inspector,
                model.traffic(),
                model.publishedPath(),
                exportJson,
                () -> catalogue.perform(ActionId.COPY_CREATE_COMMAND));
        Tab overview = tab(Messages.of("inspector.overview"), overviewPane.node());
        Tab inspect = tab(Messages.of("inspector.inspect"), new InspectPane(inspector, exportJson).node());
        Tab trafficTab = tab(Messages.of("inspector.traffic"), traffic.node());
        Tab reachability =
                tab(Messages.of("inspector.reachability"), new ReachabilityPane(model.reachability()).node());
        model.reachability().shown().bind(reachability.selectedProperty());
        model.publishedPath().shown().bind(overview.selectedProperty());
        tabs.getTabs().addAll(overview, inspect, trafficTab, reachability);
        tabs.setId("inspectorTabs");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        VBox.setVgrow(tabs, Priority.ALWAYS);
        inspector.jsonShown().bind(inspect.selectedProperty());

        content.getChildren().addAll(header(), tabs);
        Label hint = new Label(Messages.of("inspector.nothing"));
        hint.setWrapText(true);
        hint.getStyleClass().add("muted");
        hint.setId("inspectorHint");
        inspector.selected().subscribe(selected -> {
            hint.setVisible(selected instanceof Selection.None);
            hint.setManaged(selected instanceof Selection.None);
        });
        hint.getStyleClass().add("inspector-hint");
        content.getChildren().add(hint);
        pane.getChildren().add(content);
        pane.getStyleClass().add("inspector");
        pane.setId("inspector");
        pane.setMinWidth(280);
        inspector.overview().subscribe(this::show);
    }

    /// Shows the overview tab, with which a selected object starts.
    public void showOverview() {
        tabs.getSelectionModel().selectFirst();
    }

    public Node node() {
        return pane;
    }

    /// Focuses the tab headers; the Tab key leads from there into the content of the tab.
    public void requestFocus() {
        tabs.requestFocus();
    }

    public void setTheme(Theme theme) {
        overviewPane.setTheme(theme);
        traffic.setTheme(theme);
    }

    private Node header() {
        title.getStyleClass().add("inspector-title");
        title.setId("inspectorTitle");
        title.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        badge.getStyleClass().add("badge");
        badge.setMinWidth(Region.USE_PREF_SIZE);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button more = new Button(Messages.of("inspector.actions"), Icons.icon(MaterialDesignD.DOTS_HORIZONTAL));
        more.setId("inspectorActions");
        more.setMinWidth(Region.USE_PREF_SIZE);
        more.setOnAction(_ -> {
            ActionTarget target = catalogue.selected();
            if (target.topology() != null) {
                ActionCatalogue.menu(catalogue.contextMenuItems(target)).show(more, Side.BOTTOM, 0, 4);
            }
        });
        HBox row = new HBox(8, title, badge, gap, more);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("inspector-header");
        return row;
    }

    private static Tab tab(String text, Node body) {
        return new Tab(text, body);
    }

    private void show(@Nullable Overview overview) {
        content.setVisible(overview != null);
        if (overview != null) {
            String name = SafeText.escape(overview.title());
            title.setText(name);
            title.setTooltip(name.length() > LONG_TITLE ? new Tooltip(name) : null);
            badge.setText(overview.badge());
            badge.setVisible(!overview.badge().isEmpty());
        }
        overviewPane.show(overview);
    }
}
