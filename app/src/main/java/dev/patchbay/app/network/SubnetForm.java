package dev.patchbay.app.network;

import dev.patchbay.app.dialog.ChangeForm;
import dev.patchbay.app.dialog.ChangePreview;
import dev.patchbay.app.dialog.InputParser;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.ipam.SubnetChange;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.net.Addresses;
import java.net.InetAddress;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// Gives a network another subnet.
public final class SubnetForm implements ChangeForm {
    private final Topology topology;
    private final Network network;
    private final StringProperty subnet = new SimpleStringProperty("");
    private final StringProperty gateway = new SimpleStringProperty("");
    private final ChangePreview preview;

    public SubnetForm(HostViewModel host, Tasks tasks, Topology topology, Network network) {
        this.topology = topology;
        this.network = network;
        preview = new ChangePreview(host, tasks, this::change);
        preview.watch(subnet, gateway);
    }

    public Network network() {
        return network;
    }

    public String presentSubnets() {
        return network.config().pools().stream()
                .map(pool -> pool.subnet().toString())
                .collect(Collectors.joining(", "));
    }

    public StringProperty subnet() {
        return subnet;
    }

    /// Empty for the same place in the subnet as before.
    public StringProperty gateway() {
        return gateway;
    }

    public String subnetProblem() {
        String typed = subnet.get().strip();
        if (typed.isEmpty()) {
            return "";
        }
        if (!InputParser.isCidr(typed) && !InputParser.isIpv6Cidr(typed)) {
            return Messages.of("form.subnet.bad");
        }
        try {
            plan();
            return "";
        } catch (RefusedException e) {
            return SafeText.escape(e.refusal().sentence());
        }
    }

    /// What the address of each container becomes; empty while there is no subnet.
    public StringBinding addresses() {
        return Bindings.createStringBinding(
                () -> {
                    SubnetChange planned = planned();
                    return planned == null
                            ? ""
                            : planned.moves().stream().map(SubnetForm::line).collect(Collectors.joining("\n"));
                },
                subnet,
                gateway);
    }

    private static String line(SubnetChange.AddressMove move) {
        InetAddress before = move.before();
        InetAddress after = move.after();
        return Messages.of(
                "subnet.address",
                SafeText.escapeAndShorten(move.container().name()),
                before == null ? Messages.of("picture.noAddress") : Addresses.format(before),
                after == null ? Messages.of("subnet.chosen") : Addresses.format(after));
    }

    private @Nullable SubnetChange planned() {
        try {
            return subnet.get().isBlank() ? null : plan();
        } catch (RefusedException e) {
            return null; // subnetProblem reports it
        }
    }

    private SubnetChange plan() throws RefusedException {
        String typed = gateway.get().strip();
        return SubnetChange.of(topology, network, subnet.get().strip(), typed.isEmpty() ? null : typed);
    }

    @Override
    public @Nullable Change change() {
        SubnetChange planned = planned();
        return planned == null ? null : planned.batch();
    }

    @Override
    public ChangePreview preview() {
        return preview;
    }
}
