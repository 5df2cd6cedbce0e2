package dev.patchbay.app.network;

import dev.patchbay.app.dialog.InputParser;
import dev.patchbay.app.dialog.KeyValueText;
import dev.patchbay.app.text.Messages;
import java.util.List;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Rarely used fields of a new network.
public final class AdvancedNetworkFields {
    private static final String ICC = "com.docker.network.bridge.enable_icc";
    private static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";
    private static final String MTU = "com.docker.network.driver.mtu";

    private final DriverFields driver;
    private final StringProperty range = new SimpleStringProperty("");
    private final StringProperty auxiliary = new SimpleStringProperty("");
    private final StringProperty labels = new SimpleStringProperty("");
    private final StringProperty mtu = new SimpleStringProperty("");
    private final BooleanProperty icc = new SimpleBooleanProperty(true);
    private final BooleanProperty masquerade = new SimpleBooleanProperty(true);

    /// @param links names of the host's links
    /// @param ofEngine whether the driver may have any name, and any option
    AdvancedNetworkFields(List<String> links, boolean ofEngine) {
        driver = new DriverFields(links, ofEngine);
    }

    public DriverFields driver() {
        return driver;
    }

    public StringProperty range() {
        return range;
    }

    /// `router=172.18.0.5` pairs.
    public StringProperty auxiliary() {
        return auxiliary;
    }

    public StringProperty labels() {
        return labels;
    }

    public StringProperty mtu() {
        return mtu;
    }

    /// Whether containers of the network may reach each other.
    public BooleanProperty icc() {
        return icc;
    }

    /// Whether packets that leave the host get the host's address.
    public BooleanProperty masquerade() {
        return masquerade;
    }

    public String rangeProblem() {
        return range.get().isBlank() || InputParser.isCidr(range.get().strip()) ? "" : Messages.of("form.range.bad");
    }

    public String auxiliaryProblem() {
        boolean fine = KeyValueText.isValid(auxiliary.get())
                && auxiliaryAddresses().values().stream()
                        .allMatch(address -> InputParser.parseAddress(address) != null);
        return fine ? "" : Messages.of("form.aux.bad");
    }

    public String labelsProblem() {
        return labelsProblem(labels.get());
    }

    public String mtuProblem() {
        return mtuProblem(mtu.get());
    }

    static String labelsProblem(String text) {
        return KeyValueText.isValid(text) ? "" : Messages.of("form.labels.bad");
    }

    static String mtuProblem(String text) {
        return text.isBlank() || text.strip().matches("[0-9]{1,5}") ? "" : Messages.of("form.mtu.bad");
    }

    boolean isValid() {
        return driver.isValid()
                && rangeProblem().isEmpty()
                && auxiliaryProblem().isEmpty()
                && labelsProblem().isEmpty()
                && mtuProblem().isEmpty();
    }

    Map<String, String> auxiliaryAddresses() {
        return KeyValueText.parse(auxiliary.get());
    }

    Map<String, String> labelPairs() {
        return KeyValueText.parse(labels.get());
    }

    Map<String, String> options() {
        Map<String, String> options = driver.options();
        if (!mtu.get().isBlank()) {
            options.put(MTU, mtu.get().strip());
        }
        if (driver.isBridge().get() && !icc.get()) {
            options.put(ICC, "false");
        }
        if (driver.isBridge().get() && !masquerade.get()) {
            options.put(MASQUERADE, "false");
        }
        return options;
    }
}
