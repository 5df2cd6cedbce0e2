package dev.patchbay.app.window;

import dev.patchbay.app.action.ActionCatalogue;
import dev.patchbay.app.action.ActionId;
import dev.patchbay.app.activity.ActivityPane;
import dev.patchbay.app.activity.EventsPane;
import dev.patchbay.app.activity.ProblemsPane;
import dev.patchbay.app.rules.NftPane;
import dev.patchbay.app.rules.RulesPane;
import dev.patchbay.app.text.Messages;
import java.util.HashMap;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// The lower part of the window, with the tabs for rules, activity, problems and events.
public final class Drawer {
    private static final double BAR_HEIGHT = 34;
    /// Between the last tab and the tools beside the tabs.
    private static final double GAP = 12;

    private final WindowViewModel model;
    private final TabPane tabs = new TabPane();
    private final HBox bar = new HBox(14);
    private final StackPane pane = new StackPane(tabs, bar) {
        @Override
        protected void layoutChildren() {
            fitBar();
            super.layoutChildren();
        }
    };
    private final Map<Tab, Node> tools = new HashMap<>();
    private final Label firewall = new Label();

    public Drawer(WindowViewModel model, ActionCatalogue catalogue) {
        this.model = model;
        RulesPane natRules = new RulesPane("natRules", model.nat(), model.rootAccess());
        RulesPane filterRules = new RulesPane("filterRules", model.filter(), model.rootAccess());
        EventsPane happened = new EventsPane(model.events());
        Tab nat = new Tab(Messages.of("drawer.nat"), natRules.node());
        Tab filter = new Tab(Messages.of("drawer.filter"), filterRules.node());
        ActivityPane done = new ActivityPane(
                model.activity(), model.undo(), () -> catalogue.textButton(ActionId.UNDO, "activityUndo"));
        Tab activity = new Tab(Messages.of("drawer.activity"), done.node());
        Tab problems = new Tab(Messages.of("drawer.problems"), new ProblemsPane(model.problems()).node());
        Tab events = new Tab(Messages.of("drawer.events"), happened.node());
        tools.put(nat, natRules.tools());
        tools.put(filter, filterRules.tools());
        tools.put(events, happened.tools());
        tabs.getTabs().addAll(nat, filter, activity, problems, events);
        Tab nft = new Tab(Messages.of("drawer.nft"), new NftPane(model.nft()).node());
        model.nft().rows().subscribe(() -> placeNftTab(nft, tabs.getTabs().indexOf(filter) + 1));
        tabs.setId("drawer");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getStyleClass().add("drawer");
        pane.setMinHeight(120);
        firewall.getStyleClass().addAll("mono", "muted");
        firewall.setId("firewall");
        firewall.textProperty()
                .bind(Bindings.createStringBinding(
                        this::firewallText, model.nat().firewall(), model.host().connection()));
        bar.setAlignment(Pos.CENTER_RIGHT);
        bar.setPickOnBounds(false);
        bar.setMinWidth(0);
        bar.setMaxSize(Region.USE_PREF_SIZE, BAR_HEIGHT);
        bar.getStyleClass().add("drawer-bar");
        StackPane.setAlignment(bar, Pos.TOP_RIGHT);
        tabs.getSelectionModel().selectedItemProperty().subscribe(this::showTools);
        badges(activity, problems);
    }

    public Node node() {
        return pane;
    }

    /// Focuses the tab headers; the Tab key leads from there into the content of the tab.
    public void requestFocus() {
        tabs.requestFocus();
    }

    /// Shows the nftables tab only on a host that has nftables rules beside those of iptables.
    private void placeNftTab(Tab nft, int at) {
        boolean wanted = !model.nft().rows().isEmpty();
        if (wanted && !tabs.getTabs().contains(nft)) {
            tabs.getTabs().add(at, nft);
        } else if (!wanted) {
            tabs.getTabs().remove(nft);
        }
    }

    private void showTools(Tab shown) {
        bar.getChildren().clear();
        Node own = tools.get(shown);
        if (own != null) {
            bar.getChildren().add(own);
        }
        bar.getChildren().add(firewall);
    }

    /// Keeps the tools from covering the tabs: hides their label first, then makes them narrower.
    private void fitBar() {
        tabs.applyCss();
        tabs.layout();
        Node headings = tabs.lookup(".headers-region");
        double room = pane.getWidth()
                - (headings == null ? 0 : headings.getBoundsInParent().getMaxX())
                - GAP;
        double label = firewall.prefWidth(-1) + (bar.getChildren().size() > 1 ? bar.getSpacing() : 0);
        double without = bar.prefWidth(-1) - (firewall.isManaged() ? label : 0);
        boolean fits = without + label <= room;
        if (fits != firewall.isManaged()) {
            firewall.setManaged(fits);
            firewall.setVisible(fits);
        }
        bar.setMaxWidth(Math.clamp(room, 0, without + (fits ? label : 0)));
    }

    /// The counters do not change while the host is away.
    private String firewallText() {
        String version = model.nat().firewall().getValue();
        return version.isEmpty() || !model.host().isLive() ? version : Messages.of("drawer.live", version);
    }

    private void badges(Tab activity, Tab problems) {
        model.activity().unseenFailures().subscribe(count -> {
            badge(activity, activity.isSelected() ? 0 : count.intValue());
            if (activity.isSelected()) {
                model.activity().markSeen();
            }
        });
        activity.selectedProperty().subscribe(shown -> {
            if (shown) {
                model.activity().markSeen();
            }
        });
        model.problems().problems().addListener((ListChangeListener<Object>)
                _ -> badge(problems, model.problems().problems().size()));
    }

    private static void badge(Tab tab, int count) {
        Label badge = new Label(String.valueOf(count));
        badge.getStyleClass().add("count-badge");
        tab.setGraphic(count == 0 ? null : badge);
    }
}
