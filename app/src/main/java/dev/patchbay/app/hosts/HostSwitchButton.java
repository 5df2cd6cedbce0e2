package dev.patchbay.app.hosts;

import dev.patchbay.app.style.Icons;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/// A button that shows the current host and its connection state, with a menu of all hosts.
public final class HostSwitchButton {
    private static final double DOT = 4;

    private final HostChoice shown;
    private final HostViewModel host;
    private final HostSwitch hosts;
    private final MenuButton button;
    private final Circle dot = dot();

    public HostSwitchButton(HostChoice shown, HostViewModel host, HostSwitch hosts) {
        this.shown = shown;
        this.host = host;
        this.hosts = hosts;
        button = new MenuButton(shown.title(), dot);
        button.setId("hostSwitch");
        button.getStyleClass().add("host-switch");
        button.setMinWidth(150);
        button.setOnShowing(_ -> fill());
        fill();
        host.connection().subscribe(connection -> {
            setStateStyle(dot, connection);
            button.setAccessibleHelp(stateText(connection));
        });
    }

    public Node node() {
        return button;
    }

    private void fill() {
        List<HostChoice> choices = hosts.choices();
        button.getItems()
                .setAll((choices.isEmpty() ? List.of(shown) : choices)
                        .stream().map(this::item).toList());
    }

    /// Two lines: the title, and the address or the obstacle.
    private CustomMenuItem item(HostChoice choice) {
        boolean current = choice.name().equals(shown.name());
        Circle state = dot();
        if (current) {
            setStateStyle(state, host.connection().get());
        } else {
            hosts.connectionState(choice.name()).ifPresent(connection -> setStateStyle(state, connection));
        }
        Label title = new Label(choice.title());
        title.getStyleClass().add("host-title");
        Label detail = new Label(choice.obstacle().isEmpty() ? choice.detail() : choice.obstacle());
        detail.getStyleClass().add("host-detail");
        Node mark = Icons.icon(MaterialDesignC.CHECK);
        mark.setVisible(current);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox row = new HBox(10, state, new VBox(2, title, detail), gap, mark);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setMinWidth(Region.USE_PREF_SIZE);
        CustomMenuItem item = new CustomMenuItem(row);
        item.setId("host-" + choice.name());
        item.setDisable(!choice.obstacle().isEmpty());
        item.setOnAction(_ -> {
            if (!current) {
                hosts.choose(choice);
            }
        });
        return item;
    }

    private static Circle dot() {
        Circle dot = new Circle(DOT);
        dot.getStyleClass().add("state-dot");
        return dot;
    }

    private static void setStateStyle(Circle dot, ConnectionState connection) {
        dot.getStyleClass().removeAll("good", "idle", "bad");
        dot.getStyleClass()
                .add(
                        switch (connection) {
                            case ConnectionState.Live _ -> "good";
                            case ConnectionState.Opening _ -> "idle";
                            case ConnectionState.Lost _, ConnectionState.Unavailable _, ConnectionState.Silent _ ->
                                "bad";
                        });
    }

    private String stateText(ConnectionState connection) {
        return switch (connection) {
            case ConnectionState.Live _ -> shown.kind().liveText();
            case ConnectionState.Opening _ -> shown.kind().openingText();
            case ConnectionState.Silent(var peer, var _) -> peer.unreachableText();
            case ConnectionState.Lost _, ConnectionState.Unavailable _ ->
                shown.kind().unreachableText();
        };
    }
}
