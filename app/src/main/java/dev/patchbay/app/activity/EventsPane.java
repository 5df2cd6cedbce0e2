package dev.patchbay.app.activity;

import dev.patchbay.app.control.ColumnAutoSizer;
import dev.patchbay.app.control.ColumnAutoSizer.SizePolicy;
import dev.patchbay.app.control.CopySupport;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.text.DisplayFormat;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.HostEvent;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// The events of the host as `docker events` prints them, newest first.
public final class EventsPane {
    private final EventsViewModel model;
    private final TableView<HostEvent> table = new TableView<>();
    private final ColumnAutoSizer<HostEvent> widths;
    private final HBox tools;
    private final CopySupport copying = new CopySupport(this::selectedLine);

    public EventsPane(EventsViewModel model) {
        this.model = model;
        table.setId("events");
        table.setItems(model.shown());
        table.getStyleClass().addAll("rules", "dense");
        table.setPlaceholder(new Label(Messages.of("events.empty")));
        widths = new ColumnAutoSizer<>(table, model.shown());
        widths.addText(
                Messages.of("events.time"), "muted", 8, SizePolicy.SHRINK, event -> DisplayFormat.time(event.at()));
        widths.addText(
                Messages.of("events.type"),
                "",
                9,
                SizePolicy.SHRINK,
                event -> event.kind().toString());
        widths.addText(Messages.of("events.action"), "strong", 10, SizePolicy.SHRINK, HostEvent::action);
        widths.addText(
                Messages.of("events.actor"),
                "",
                12,
                SizePolicy.SHRINK,
                event -> event.attributes().getOrDefault("name", event.id().shortForm()));
        widths.addText(
                Messages.of("events.id"),
                "muted",
                12,
                SizePolicy.SHRINK,
                event -> event.id().shortForm());
        widths.addText(Messages.of("events.attributes"), "", 30, SizePolicy.GROW, EventsPane::attributes);
        table.getSelectionModel().selectedItemProperty().subscribe(event -> {
            if (event != null && table.isFocused()) {
                model.select(event);
            }
        });
        copying.installOn(table, Messages.of("events.line"));
        tools = makeTools();
    }

    public Node node() {
        return table;
    }

    public HBox tools() {
        return tools;
    }

    private HBox makeTools() {
        TextField filter = new TextField();
        filter.setId("eventsFilter");
        filter.setPromptText(Messages.of("events.filter"));
        filter.setAccessibleText(Messages.of("events.filter"));
        filter.getStyleClass().add("small");
        filter.setPrefWidth(150);
        filter.textProperty().bindBidirectional(model.query());
        ToggleButton pause = new ToggleButton(Messages.of("events.pause"));
        pause.setId("eventsPause");
        pause.getStyleClass().add("small");
        pause.setMinWidth(Region.USE_PREF_SIZE);
        pause.selectedProperty().bindBidirectional(model.paused());
        Button copy = new Button(Messages.of("events.copy"));
        copy.setId("eventsCopy");
        copy.getStyleClass().add("small");
        copy.setMinWidth(Region.USE_PREF_SIZE);
        copy.setTooltip(new Tooltip(Messages.of("events.copy.tip")));
        copy.disableProperty()
                .bind(table.getSelectionModel().selectedItemProperty().isNull());
        copy.setOnAction(_ -> copying.copy());
        HBox row = new HBox(8, copy, pause, filter);
        row.setAlignment(Pos.CENTER_RIGHT);
        return row;
    }

    private static String attributes(HostEvent event) {
        return event.attributes().entrySet().stream()
                .filter(attribute -> !attribute.getKey().equals("name"))
                .map(attribute -> SafeText.escapeAndShorten(attribute.getKey() + "=" + attribute.getValue()))
                .collect(Collectors.joining("  "));
    }

    private String selectedLine() {
        HostEvent event = table.getSelectionModel().getSelectedItem();
        return event == null ? "" : event.document().toString();
    }
}
