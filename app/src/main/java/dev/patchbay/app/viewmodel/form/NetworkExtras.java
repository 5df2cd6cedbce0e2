package dev.patchbay.app.viewmodel.form;

import dev.patchbay.app.text.Messages;
import java.util.Map;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// What few people want of a new network.
public final class NetworkExtras {
    private static final String MTU = "com.docker.network.driver.mtu";

    private final StringProperty range = new SimpleStringProperty("");
    private final StringProperty auxiliary = new SimpleStringProperty("");
    private final StringProperty labels = new SimpleStringProperty("");
    private final StringProperty mtu = new SimpleStringProperty("");

    public StringProperty range() {
        return range;
    }

    /// `router=172.18.0.5` words.
    public StringProperty auxiliary() {
        return auxiliary;
    }

    public StringProperty labels() {
        return labels;
    }

    public StringProperty mtu() {
        return mtu;
    }

    public String rangeProblem() {
        return range.get().isBlank() || Typed.isCidr(range.get().strip()) ? "" : Messages.of("form.range.bad");
    }

    public String auxiliaryProblem() {
        boolean fine = LabelWords.areFine(auxiliary.get())
                && auxiliaryAddresses().values().stream().allMatch(address -> Typed.address(address) != null);
        return fine ? "" : Messages.of("form.aux.bad");
    }

    public String labelsProblem() {
        return labelsProblem(labels.get());
    }

    public String mtuProblem() {
        return mtuProblem(mtu.get());
    }

    static String labelsProblem(String text) {
        return LabelWords.areFine(text) ? "" : Messages.of("form.labels.bad");
    }

    static String mtuProblem(String text) {
        return text.isBlank() || text.strip().matches("[0-9]{1,5}") ? "" : Messages.of("form.mtu.bad");
    }

    boolean isFine() {
        return rangeProblem().isEmpty()
                && auxiliaryProblem().isEmpty()
                && labelsProblem().isEmpty()
                && mtuProblem().isEmpty();
    }

    Map<String, String> auxiliaryAddresses() {
        return LabelWords.read(auxiliary.get());
    }

    Map<String, String> labelPairs() {
        return LabelWords.read(labels.get());
    }

    Map<String, String> options() {
        return mtu.get().isBlank() ? Map.of() : Map.of(MTU, mtu.get().strip());
    }
}
