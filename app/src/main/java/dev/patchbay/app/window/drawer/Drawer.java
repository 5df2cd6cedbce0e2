package dev.patchbay.app.window.drawer;

import dev.patchbay.app.text.Messages;
import dev.patchbay.app.viewmodel.PatchbayViewModel;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;

/// The bottom: the rules that result, and what happened.
public final class Drawer {
    private final TabPane tabs;

    public Drawer(PatchbayViewModel model) {
        Tab nat = new Tab(Messages.of("drawer.nat"), new RuleTable("natRules", model.nat()).node());
        Tab filter = new Tab(Messages.of("drawer.filter"), new RuleTable("filterRules", model.filter()).node());
        Tab activity = new Tab(Messages.of("drawer.activity"), new ActivityList(model.activity()).node());
        Tab problems = new Tab(Messages.of("drawer.problems"), new ProblemsPane(model.problems()).node());
        tabs = new TabPane(nat, filter, activity, problems);
        tabs.setId("drawer");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getStyleClass().add("drawer");
        tabs.setMinHeight(120);

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
        model.problems().seen().addListener((ListChangeListener<Object>)
                _ -> badge(problems, model.problems().seen().size()));
    }

    public Node node() {
        return tabs;
    }

    private static void badge(Tab tab, int count) {
        Label badge = new Label(String.valueOf(count));
        badge.getStyleClass().add("count-badge");
        tab.setGraphic(count == 0 ? null : badge);
    }
}
