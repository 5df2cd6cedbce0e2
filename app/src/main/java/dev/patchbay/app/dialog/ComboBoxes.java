package dev.patchbay.app.dialog;

import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Network;
import dev.patchbay.engine.container.RestartPolicy;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.Property;
import javafx.collections.ObservableList;
import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Combo boxes for networks and containers.
public final class ComboBoxes {
    private ComboBoxes() {}

    public static ComboBox<@Nullable Network> networks(
            String id, List<Network> networks, Property<@Nullable Network> chosen) {
        return comboBox(
                id,
                networks,
                chosen,
                network -> network.subnet() == null ? network.name() : network.name() + "   " + network.subnet());
    }

    public static ComboBox<@Nullable Container> containers(
            String id, List<Container> containers, Property<@Nullable Container> chosen) {
        return comboBox(id, containers, chosen, container -> container.name() + "   " + container.image());
    }

    /// @param anyName whether the name of a driver that is not listed may be typed
    public static ComboBox<@Nullable String> drivers(
            String id, ObservableList<@Nullable String> drivers, Property<@Nullable String> chosen, boolean anyName) {
        ComboBox<@Nullable String> box = comboBox(id, List.of(), chosen, ComboBoxes::driverText);
        box.setItems(drivers);
        if (anyName) {
            box.setConverter(new StringConverter<>() {
                @Override
                public String toString(@Nullable String driver) {
                    return driver == null ? "" : driver;
                }

                @Override
                public @Nullable String fromString(String typed) {
                    return typed;
                }
            });
            box.setEditable(true);
            box.getEditor().textProperty().subscribe((_, typed) -> chosen.setValue(typed));
        }
        return box;
    }

    private static String driverText(String driver) {
        return driver.equals("macvlan") ? Messages.of("network.driver.macvlan") : Messages.of("network.driver.bridge");
    }

    public static ComboBox<@Nullable Manager> managers(
            String id, List<Manager> managers, Property<@Nullable Manager> chosen) {
        return comboBox(
                id,
                managers,
                chosen,
                manager -> manager == Manager.PATCHBAY
                        ? Messages.of("network.manager.patchbay")
                        : Messages.of("network.manager.docker"));
    }

    public static ComboBox<RestartPolicy.@Nullable Name> restartPolicies(
            String id, Property<RestartPolicy.@Nullable Name> chosen) {
        return comboBox(id, List.of(RestartPolicy.Name.values()), chosen, ComboBoxes::policyText);
    }

    private static String policyText(RestartPolicy.Name policy) {
        return switch (policy) {
            case NO -> Messages.of("restart.no");
            case ON_FAILURE -> Messages.of("restart.onfailure");
            case ALWAYS -> Messages.of("restart.always");
            case UNLESS_STOPPED -> Messages.of("restart.unlessstopped");
        };
    }

    private static <T> ComboBox<@Nullable T> comboBox(
            String id, List<T> things, Property<@Nullable T> chosen, Function<T, String> words) {
        ComboBox<@Nullable T> box = new ComboBox<>();
        box.setId(id);
        box.getItems().setAll(things);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable T thing) {
                return thing == null ? "" : words.apply(thing);
            }

            @Override
            public @Nullable T fromString(String text) {
                return null; // the box is not editable
            }
        });
        box.valueProperty().bindBidirectional(chosen);
        return box;
    }
}
