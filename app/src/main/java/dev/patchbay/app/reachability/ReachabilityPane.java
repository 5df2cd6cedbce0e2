package dev.patchbay.app.reachability;

import dev.patchbay.app.control.Nodes;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.reachability.Hop.Evidence;
import dev.patchbay.core.reachability.Hop.Status;
import dev.patchbay.core.reachability.Remedy;
import dev.patchbay.core.reachability.TracedPath;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// The inputs (two peers and a port) and the path between the peers.
public final class ReachabilityPane {
    private final ReachabilityViewModel model;
    private final HopList hops = new HopList("hops");
    private final Label verdict = new Label();
    private final Button remedyButton = new Button();
    private final Label advice = new Label();
    private final Node legend = legend();
    private final VBox box = new VBox(12);
    private final ScrollPane scroll = new ScrollPane(box);

    public ReachabilityPane(ReachabilityViewModel model) {
        this.model = model;
        verdict.setId("verdict");
        verdict.setWrapText(true);
        verdict.getStyleClass().addAll("strong", "verdict");
        remedyButton.setId("remedy");
        remedyButton.getStyleClass().add("accent");
        remedyButton.setMaxWidth(Double.MAX_VALUE);
        remedyButton.setWrapText(true);
        remedyButton.setOnAction(_ -> model.applyRemedy());
        advice.setId("advice");
        advice.setWrapText(true);
        advice.setMinHeight(Region.USE_PREF_SIZE);
        Label refusal = new Label();
        refusal.setId("reachabilityRefusal");
        refusal.setWrapText(true);
        refusal.getStyleClass().add("refusal");
        refusal.textProperty().bind(model.refusalText());
        Nodes.showWhen(refusal, model.refusalText().isNotEmpty());
        box.getChildren().addAll(queryForm(), refusal, verdict, hops.node(), remedyButton, advice, legend);
        box.getStyleClass().add("inspector-body");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("plain-scroll");
        model.path().subscribe(this::show);
    }

    public Node node() {
        return scroll;
    }

    private Node queryForm() {
        GridPane grid = new GridPane(10, 8);
        ColumnConstraints words = new ColumnConstraints(44);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(words, fields);
        TextField service = new TextField();
        service.setId("reachabilityPort");
        service.setPromptText(Messages.of("reachability.port.prompt"));
        service.setTooltip(new Tooltip(Messages.of("reachability.port.tip")));
        service.textProperty().bindBidirectional(model.service());
        service.setOnAction(_ -> model.check());
        CheckBox ipv6 = new CheckBox(Messages.of("reachability.ipv6"));
        ipv6.setId("reachabilityIpv6");
        ipv6.selectedProperty().bindBidirectional(model.ipv6());
        ipv6.setMinWidth(Region.USE_PREF_SIZE);
        Button check = new Button(Messages.of("reachability.check"));
        check.setId("check");
        check.getStyleClass().add("accent");
        check.setMinWidth(Region.USE_PREF_SIZE);
        check.setOnAction(_ -> model.check());
        check.disableProperty().bind(model.checking());
        HBox last = new HBox(10, service, ipv6, check);
        last.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(service, Priority.ALWAYS);
        service.setMinWidth(60);
        Label portLabel = labelled(Messages.of("reachability.port"), service);
        addPeerRow(grid, "reachabilityFrom", Messages.of("reachability.from"), model.from(), 0);
        addPeerRow(grid, "reachabilityTo", Messages.of("reachability.to"), model.to(), 1);
        grid.addRow(2, portLabel, last);
        return grid;
    }

    private void addPeerRow(GridPane grid, String id, String text, ObjectProperty<PeerChoice> chosen, int row) {
        ComboBox<PeerChoice> choice = new ComboBox<>(model.peers());
        choice.setId(id);
        choice.setMaxWidth(Double.MAX_VALUE);
        choice.setVisibleRowCount(12);
        choice.setEditable(true);
        choice.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable PeerChoice peer) {
                return peer == null ? "" : peer.name();
            }

            @Override
            public PeerChoice fromString(String typed) {
                return model.peer(typed);
            }
        });
        choice.setTooltip(new Tooltip(Messages.of("reachability.peer.tip")));
        // What is typed counts before the field is left, too.
        choice.focusedProperty().subscribe(focused -> {
            if (!focused) {
                choice.commitValue();
            }
        });
        choice.setValue(chosen.get());
        // The combo box has no value for a moment while its list is renewed; that is not a choice of the
        // person.
        choice.valueProperty().subscribe(value -> {
            if (value != null) {
                chosen.set(value);
            }
        });
        chosen.subscribe(choice::setValue);
        grid.addRow(row, labelled(text, choice), choice);
    }

    private static Label labelled(String text, Node field) {
        Label label = new Label(text);
        label.getStyleClass().add("muted");
        label.setLabelFor(field);
        field.setAccessibleText(text);
        return label;
    }

    private void show(@Nullable TracedPath path) {
        verdict.getStyleClass().removeAll("good", "bad", "warning");
        boolean there = path != null;
        for (Node node : new Node[] {verdict, legend}) {
            Nodes.setShown(node, there);
        }
        hops.show(path == null ? List.of() : path.hops());
        if (path != null) {
            verdict.getStyleClass()
                    .add(HopList.style(
                            switch (path.verdict()) {
                                case REACHABLE -> Status.OK;
                                case BLOCKED -> Status.FAILS;
                                case UNKNOWN -> Status.UNKNOWN;
                            }));
            verdict.setText(
                    switch (path.verdict()) {
                        case REACHABLE -> Messages.of("reachability.reachable", path.title());
                        case BLOCKED -> Messages.of("reachability.blocked", path.title());
                        case UNKNOWN -> Messages.of("reachability.unknown", path.title());
                    });
        }
        Remedy remedy = path == null ? null : path.remedy();
        boolean oneClick = remedy instanceof Remedy.ByChange || remedy instanceof Remedy.ByRepair;
        Nodes.setShown(remedyButton, oneClick);
        remedyButton.setText(oneClick ? model.remedyText() : "");
        boolean byHand = remedy instanceof Remedy.ByHand;
        Nodes.setShown(advice, byHand);
        advice.setText(byHand ? model.remedyText() : "");
    }

    private static Node legend() {
        HBox row = new HBox(12);
        row.getStyleClass().add("hop-legend");
        for (Evidence evidence : Evidence.values()) {
            Label word = new Label(HopList.nameOf(evidence), HopList.dot(Status.OK, evidence));
            word.getStyleClass().addAll("muted", "small-text");
            row.getChildren().add(word);
        }
        return row;
    }
}
