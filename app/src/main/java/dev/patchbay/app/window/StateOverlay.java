package dev.patchbay.app.window;

import dev.patchbay.app.action.ActionCatalogue;
import dev.patchbay.app.action.ActionId;
import dev.patchbay.app.hosts.ConnectionState;
import dev.patchbay.app.hosts.HostKind;
import dev.patchbay.app.hosts.HostSwitch;
import dev.patchbay.app.text.DisplayFormat;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.status.ActivityKind;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// What covers the canvas when there is no topology, when it is empty, or when the connection is lost.
final class StateOverlay {
    private static final double DIMMED_OPACITY = 0.4;
    private static final double OFFERS_WIDTH = 300;
    private static final double MARGIN = 28;

    private final StackPane layer = new StackPane();
    private final Label bannerText = label("", "banner-text");
    private final Button reconnect;
    private final HBox banner;
    private final WindowViewModel model;
    private final ActionCatalogue catalogue;
    private final HostSwitch hosts;
    private final Node canvas;

    /// @param canvas greyed while the helper is away
    StateOverlay(WindowViewModel model, HostSwitch hosts, ActionCatalogue catalogue, Node canvas) {
        this.model = model;
        this.hosts = hosts;
        this.catalogue = catalogue;
        this.canvas = canvas;
        layer.setPickOnBounds(false);
        HBox.setHgrow(bannerText, Priority.ALWAYS);
        bannerText.setMaxWidth(Double.MAX_VALUE);
        bannerText.setManaged(true);
        reconnect = button("reconnect", Messages.of("action.reconnect"), () -> catalogue.perform(ActionId.RECONNECT));
        reconnect.setMinWidth(Region.USE_PREF_SIZE);
        banner = new HBox(12, bannerText, reconnect);
        banner.getStyleClass().add("banner");
        banner.setAlignment(Pos.CENTER_LEFT);
        banner.setId("banner");
        model.host().connection().subscribe(this::show);
        model.host().topology().subscribe(this::show);
        model.tour().position().subscribe(this::show);
        show();
    }

    /// The node that covers the whole canvas.
    Node layer() {
        return layer;
    }

    /// The banner at the top of the window while the helper is away.
    Node banner() {
        return banner;
    }

    private void show() {
        ConnectionState connection = model.host().connection().get();
        Topology topology = model.host().topology().get();
        boolean away = connection instanceof ConnectionState.Lost || connection instanceof ConnectionState.Silent;
        banner.setVisible(away);
        banner.setManaged(away);
        canvas.setOpacity(away ? DIMMED_OPACITY : 1);
        canvas.setVisible(topology != null);
        boolean offering = connection instanceof ConnectionState.Live
                && topology != null
                && isEmpty(topology)
                && model.tour().position().get() == null;
        if (offering && layer.lookup("#empty") != null) {
            return; // a person may be pressing one of its buttons
        }
        layer.getChildren().clear();
        switch (connection) {
            case ConnectionState.Opening _ -> showOpening();
            case ConnectionState.Unavailable(var sentence, var advice) ->
                showCard(
                        "unavailable",
                        label(model.host().kind().unavailableText(), "sheet-title"),
                        label(sentence, "refusal"),
                        label(advice, "field-remark"),
                        button("retry", Messages.of("host.retry"), () -> catalogue.perform(ActionId.RECONNECT)));
            case ConnectionState.Lost lost -> fillBanner(lost);
            case ConnectionState.Silent silent -> fillBanner(silent);
            case ConnectionState.Live _ -> {
                if (topology == null) {
                    showOpening();
                } else if (offering) {
                    showOffers();
                }
            }
        }
    }

    private static boolean isEmpty(Topology topology) {
        return topology.containers().isEmpty()
                && topology.networks().stream().allMatch(Network::predefined)
                && topology.activity().stream().allMatch(entry -> entry.kind() == ActivityKind.OBSERVED);
    }

    private void showOpening() {
        ProgressIndicator wheel = new ProgressIndicator();
        wheel.setMaxSize(32, 32);
        showCard("opening", wheel, label(model.host().kind().openingText(), "sheet-title"));
    }

    private void showOffers() {
        Button network = catalogue.textButton(ActionId.NEW_NETWORK, "offerNetwork");
        Button run = catalogue.textButton(ActionId.RUN_CONTAINER, "offerRun");
        HostKind kind = model.host().kind();
        VBox row = new VBox(8, network, run);
        if (kind == HostKind.LAB) {
            Button tour = catalogue.textButton(ActionId.TOUR, "offerTour");
            tour.getStyleClass().add("accent");
            row.getChildren().addFirst(tour);
            hosts.thisMachine()
                    .map(machine -> button("offerMachine", Messages.of("empty.machine"), () -> hosts.choose(machine)))
                    .ifPresent(row.getChildren()::add);
        }
        row.getChildren().forEach(offer -> ((Button) offer).setMaxWidth(Double.MAX_VALUE));
        row.setMaxWidth(OFFERS_WIDTH);
        // Below the lanes, while there is room.
        StackPane.setAlignment(
                showCard(
                        "empty", label(kind.emptyTitle(), "sheet-title"), label(kind.emptyText(), "field-remark"), row),
                Pos.BOTTOM_CENTER);
    }

    /// The banner of a host that does not answer yet. It has no button: the connection may recover
    /// without one.
    private void fillBanner(ConnectionState.Silent silent) {
        bannerText.setText(silent.peer().silentText(DisplayFormat.time(silent.lastSeen())));
        reconnect.setVisible(false);
        reconnect.setManaged(false);
    }

    /// The banner of a lost connection. Attempts to connect keep the same button, because a person may
    /// be pressing it.
    private void fillBanner(ConnectionState.Lost lost) {
        bannerText.setText(model.host().kind().lostText(DisplayFormat.time(lost.lastSeen()), lost.sentence()));
        reconnect.setText(lost.reconnecting() ? Messages.of("lost.trying") : Messages.of("action.reconnect"));
        reconnect.setDisable(lost.reconnecting());
        reconnect.setVisible(true);
        reconnect.setManaged(true);
    }

    private VBox showCard(String id, Node... content) {
        VBox card = new VBox(12, content);
        card.setId(id);
        card.getStyleClass().add("state-card");
        card.setAlignment(Pos.CENTER);
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        layer.getChildren().setAll(card);
        StackPane.setMargin(card, new Insets(MARGIN));
        return card;
    }

    private static Label label(String text, String style) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add(style);
        label.setManaged(!text.isEmpty());
        return label;
    }

    private static Button button(String id, String text, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.setOnAction(_ -> action.run());
        return button;
    }
}
