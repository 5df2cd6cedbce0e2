package dev.patchbay.app.rules;

import dev.patchbay.app.control.Nodes;
import dev.patchbay.app.hosts.RootAccessViewModel;
import dev.patchbay.app.text.Messages;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The hint in a table without rows, which says why it is empty, and below the rows, which says how many
/// rules are hidden and offers to show them.
final class HiddenRulesHint {
    private final RulesViewModel model;
    private final RootAccessViewModel root;
    private final String id;
    private final Label emptyText = new Label();
    private final Button askForRoot = new Button(Messages.of("rules.askForRoot"));
    private final Button showAllInstead;
    private final VBox placeholder;
    private final Label count = new Label();
    private final HBox line;

    /// @param id of the table; the ids of the controls start with it
    /// @param root asks for root where rules cannot be read without it
    HiddenRulesHint(String id, RulesViewModel model, RootAccessViewModel root) {
        this.model = model;
        this.root = root;
        this.id = id;
        emptyText.setWrapText(true);
        emptyText.setId(id + "Nothing");
        emptyText.getStyleClass().add("muted");
        askForRoot.setId(id + "AskForRoot");
        askForRoot.getStyleClass().add("small");
        askForRoot.setTooltip(new Tooltip(Messages.of("rules.askForRoot.tip")));
        askForRoot.setOnAction(_ -> root.request());
        askForRoot.disableProperty().bind(root.inProgress());
        showAllInstead = showAll("ShowAllInstead");
        placeholder = new VBox(8, emptyText, askForRoot, showAllInstead);
        placeholder.setAlignment(Pos.CENTER);
        placeholder.setPadding(new Insets(12));
        count.setId(id + "Hidden");
        count.getStyleClass().add("muted");
        line = new HBox(8, count, showAll("ShowAll"));
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMinHeight(Region.USE_PREF_SIZE);
        line.getStyleClass().add("hidden-rules");
        model.rows().subscribe(this::show);
        model.all().subscribe(this::show);
        model.unreadable().subscribe(this::show);
        model.firewall().subscribe(this::show);
        show();
    }

    /// Shown in the table while it has no rows.
    Node placeholder() {
        return placeholder;
    }

    /// Shown below the last row while other rules are hidden.
    Node line() {
        return line;
    }

    private Button showAll(String name) {
        Button button = new Button(Messages.of("rules.showAll"));
        button.setId(id + name);
        button.getStyleClass().addAll("flat", "small", "accent");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(_ -> model.showAll());
        return button;
    }

    private void show() {
        boolean empty = model.rows().isEmpty();
        emptyText.setText(empty ? emptyReason() : "");
        Nodes.setShown(askForRoot, model.unreadable().get() && root.isAvailable());
        Nodes.setShown(showAllInstead, empty && !model.all().isEmpty());
        count.setText(model.hiddenText());
        Nodes.setShown(line, !empty && !model.hiddenText().isEmpty());
    }

    private String emptyReason() {
        if (!model.all().isEmpty()) {
            return model.hiddenText();
        }
        if (model.unreadable().get()) {
            return model.rootless() ? Messages.of("rules.rootless") : Messages.of("rules.unread");
        }
        return model.firewall().get().isEmpty() ? Messages.of("rules.waiting") : Messages.of("rules.empty");
    }
}
