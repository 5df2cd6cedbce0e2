package dev.patchbay.app.network;

import dev.patchbay.app.text.Messages;
import dev.patchbay.engine.container.Driver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The driver of a new network and its option: the name of a bridge, or the parent link of macvlan.
public final class DriverFields {
    private static final String BRIDGE_NAME = "com.docker.network.bridge.name";
    private static final String PARENT = "parent";
    private static final Pattern LINK_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,14}");

    private final ObjectProperty<@Nullable Driver> driver = new SimpleObjectProperty<>(Driver.BRIDGE);
    private final StringProperty bridge = new SimpleStringProperty("");
    private final StringProperty parent = new SimpleStringProperty("");
    private final List<String> links;

    /// @param links names of the host's links, which may be the parent of a macvlan network
    DriverFields(List<String> links) {
        this.links = List.copyOf(links);
    }

    /// The drivers that a person can choose.
    public static List<Driver> drivers() {
        return List.of(Driver.BRIDGE, Driver.MACVLAN);
    }

    public ObjectProperty<@Nullable Driver> driver() {
        return driver;
    }

    public BooleanBinding isBridge() {
        return driver.isEqualTo(Driver.BRIDGE);
    }

    /// The name of the bridge in the kernel; empty for one made from the network's id.
    public StringProperty bridge() {
        return bridge;
    }

    /// The parent link of a macvlan network; empty for a network without a connection to the outside.
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
        return isBridge().get() ? "" : problem(parent.get());
    }

    boolean isValid() {
        return bridgeProblem().isEmpty() && parentProblem().isEmpty();
    }

    Driver selectedDriver() {
        return isBridge().get() ? Driver.BRIDGE : Driver.MACVLAN;
    }

    Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        String link = isBridge().get() ? bridge.get() : parent.get();
        if (!link.isBlank()) {
            options.put(isBridge().get() ? BRIDGE_NAME : PARENT, link.strip());
        }
        return options;
    }

    private static String problem(String link) {
        return link.isBlank() || LINK_NAME.matcher(link.strip()).matches() ? "" : Messages.of("form.link.bad");
    }
}
