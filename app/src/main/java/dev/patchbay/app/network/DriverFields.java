package dev.patchbay.app.network;

import dev.patchbay.app.dialog.KeyValueText;
import dev.patchbay.app.text.Messages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The driver of a new network and its options: the name of a bridge, the parent link of macvlan and ipvlan, and
/// whatever else an engine may take.
public final class DriverFields {
    private static final String BRIDGE_NAME = "com.docker.network.bridge.name";
    private static final String BRIDGE = "bridge";
    private static final Set<String> WITH_PARENT = Set.of("macvlan", "ipvlan");
    private static final String PARENT = "parent";
    private static final Pattern LINK_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,14}");

    private final ObjectProperty<@Nullable String> driver = new SimpleObjectProperty<>(BRIDGE);
    private final ObservableList<@Nullable String> drivers = FXCollections.observableArrayList(BRIDGE, "macvlan");
    private final StringProperty bridge = new SimpleStringProperty("");
    private final StringProperty parent = new SimpleStringProperty("");
    private final StringProperty extra = new SimpleStringProperty("");
    private final List<String> links;
    private final boolean ofEngine;

    /// @param links names of the host's links, which may be the parent of a network
    /// @param ofEngine whether the driver may have any name, and any option
    DriverFields(List<String> links, boolean ofEngine) {
        this.links = List.copyOf(links);
        this.ofEngine = ofEngine;
    }

    /// The drivers that the host has.
    public ObservableList<@Nullable String> drivers() {
        return drivers;
    }

    /// Adds the drivers that the host has too.
    void offer(List<String> more) {
        more.stream().filter(name -> !drivers.contains(name)).forEach(drivers::add);
    }

    public boolean ofEngine() {
        return ofEngine;
    }

    public ObjectProperty<@Nullable String> driver() {
        return driver;
    }

    public BooleanBinding isBridge() {
        return driver.isEqualTo(BRIDGE);
    }

    /// Whether its links have a parent link.
    public BooleanBinding hasParent() {
        return Bindings.createBooleanBinding(() -> WITH_PARENT.contains(selectedDriver()), driver);
    }

    /// More options of the driver, as `key=value` pairs.
    public StringProperty extra() {
        return extra;
    }

    public String extraProblem() {
        return KeyValueText.isValid(extra.get()) ? "" : Messages.of("form.options.bad");
    }

    /// The name of the bridge in the kernel; empty for one made from the network's id.
    public StringProperty bridge() {
        return bridge;
    }

    /// The parent link of a macvlan or ipvlan network; empty for a network without a connection to the outside.
    public StringProperty parent() {
        return parent;
    }

    public List<String> links() {
        return links;
    }

    public String bridgeProblem() {
        return isBridge().get() ? problem(bridge.get()) : "";
    }

    public String parentProblem() {
        return hasParent().get() ? problem(parent.get()) : "";
    }

    boolean isValid() {
        return bridgeProblem().isEmpty()
                && parentProblem().isEmpty()
                && extraProblem().isEmpty();
    }

    String selectedDriver() {
        String typed = driver.get();
        return typed == null || typed.isBlank() ? BRIDGE : typed.strip();
    }

    Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        if (isBridge().get()) {
            put(options, BRIDGE_NAME, bridge.get());
        } else if (hasParent().get()) {
            put(options, PARENT, parent.get());
        }
        options.putAll(KeyValueText.parse(extra.get()));
        return options;
    }

    private static void put(Map<String, String> options, String key, String link) {
        if (!link.isBlank()) {
            options.put(key, link.strip());
        }
    }

    private static String problem(String link) {
        return link.isBlank() || LINK_NAME.matcher(link.strip()).matches() ? "" : Messages.of("form.link.bad");
    }
}
