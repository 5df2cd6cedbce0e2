package dev.patchbay.app.network;

import dev.patchbay.app.dialog.ChangeForm;
import dev.patchbay.app.dialog.ChangePreview;
import dev.patchbay.app.dialog.InputParser;
import dev.patchbay.app.dialog.KeyValueText;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// Edits name, labels and MTU of a network in use. There is no change while all values are the current
/// ones.
public final class NetworkEditForm implements ChangeForm {
    private final Network network;
    private final StringProperty name;
    private final StringProperty labels;
    private final StringProperty mtu;
    private final ChangePreview preview;

    public NetworkEditForm(HostViewModel host, Tasks tasks, Network network) {
        this.network = network;
        name = new SimpleStringProperty(network.name());
        labels = new SimpleStringProperty(KeyValueText.format(network.labels()));
        mtu = new SimpleStringProperty(network.mtu() == 0 ? "" : Integer.toString(network.mtu()));
        preview = new ChangePreview(host, tasks, this::change);
        preview.watch(name, labels, mtu);
    }

    public Network network() {
        return network;
    }

    public StringProperty name() {
        return name;
    }

    public StringProperty labels() {
        return labels;
    }

    /// Empty for the kernel's default.
    public StringProperty mtu() {
        return mtu;
    }

    public String nameProblem() {
        return InputParser.isName(name.get().strip()) ? "" : Messages.of("form.name.bad");
    }

    public String labelsProblem() {
        return AdvancedNetworkFields.labelsProblem(labels.get());
    }

    public String mtuProblem() {
        return AdvancedNetworkFields.mtuProblem(mtu.get());
    }

    @Override
    public @Nullable Change change() {
        if (!nameProblem().isEmpty()
                || !labelsProblem().isEmpty()
                || !mtuProblem().isEmpty()) {
            return null;
        }
        Map<String, String> wanted = KeyValueText.parse(labels.get());
        Map<String, String> added = new HashMap<>(wanted);
        added.entrySet().removeAll(network.labels().entrySet());
        List<String> removed = network.labels().keySet().stream()
                .filter(label -> !wanted.containsKey(label))
                .sorted()
                .toList();
        String newName = name.get().strip();
        String newMtu = mtu.get().isBlank() ? "0" : mtu.get().strip();
        Change.UpdateNetwork update = new Change.UpdateNetwork(
                network.name(),
                newName.equals(network.name()) ? null : newName,
                added,
                removed,
                newMtu.equals(Integer.toString(network.mtu())) ? null : newMtu);
        return update.isEmpty() ? null : update;
    }

    @Override
    public ChangePreview preview() {
        return preview;
    }
}
