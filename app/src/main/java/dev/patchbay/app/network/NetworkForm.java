package dev.patchbay.app.network;

import dev.patchbay.app.dialog.ChangeForm;
import dev.patchbay.app.dialog.ChangePreview;
import dev.patchbay.app.dialog.InputParser;
import dev.patchbay.app.hosts.HostKind;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.Addresses;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// Creates a network. The host chooses a subnet or gateway that is left empty, and proposes it
/// beforehand.
public final class NetworkForm implements ChangeForm {
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty subnet = new SimpleStringProperty("");
    private final StringProperty gateway = new SimpleStringProperty("");
    private final StringProperty subnet6 = new SimpleStringProperty("");
    private final BooleanProperty internal = new SimpleBooleanProperty();
    private final BooleanProperty ipv6 = new SimpleBooleanProperty();
    private final ObjectProperty<@Nullable Manager> manager = new SimpleObjectProperty<>(Manager.ENGINE);
    private final List<Manager> managers;
    private final AdvancedNetworkFields advanced;
    private final ReadOnlyStringWrapper proposedSubnet = new ReadOnlyStringWrapper();
    private final ReadOnlyStringWrapper proposedGateway = new ReadOnlyStringWrapper();
    private final ChangePreview preview;
    private @Nullable Pool pool;

    public NetworkForm(HostViewModel host, Tasks tasks) {
        managers = host.kind() == HostKind.ENGINE ? List.of(Manager.ENGINE, Manager.PATCHBAY) : List.of();
        advanced = new AdvancedNetworkFields(links(host.topology().get()), host.kind() == HostKind.ENGINE);
        preview = new ChangePreview(host, tasks, this::change);
        preview.watch(
                name,
                subnet,
                gateway,
                internal,
                ipv6,
                subnet6,
                manager,
                advanced.driver().driver(),
                advanced.driver().bridge(),
                advanced.driver().parent(),
                advanced.driver().extra(),
                advanced.range(),
                advanced.auxiliary(),
                advanced.labels(),
                advanced.mtu(),
                advanced.icc(),
                advanced.masquerade());
        subnet.subscribe(() -> propose());
        propose();
        host.ask(ConnectedHost::networkDrivers, advanced.driver()::offer, _ -> {});
        host.ask(ConnectedHost::proposePool, free -> propose(free.orElse(null)), _ -> {});
    }

    private static List<String> links(@Nullable Topology topology) {
        return topology == null
                ? List.of()
                : topology.host().interfaces().stream()
                        .map(Host.Interface::name)
                        .toList();
    }

    public StringProperty name() {
        return name;
    }

    public StringProperty subnet() {
        return subnet;
    }

    public StringProperty gateway() {
        return gateway;
    }

    public BooleanProperty internal() {
        return internal;
    }

    public BooleanProperty ipv6() {
        return ipv6;
    }

    /// The IPv6 subnet; empty lets the host choose.
    public StringProperty subnet6() {
        return subnet6;
    }

    /// Who manages bridge, cables and rules.
    public ObjectProperty<@Nullable Manager> manager() {
        return manager;
    }

    /// The managers that a person can choose from; empty where it is always Patchbay.
    public List<Manager> managers() {
        return managers;
    }

    public AdvancedNetworkFields advanced() {
        return advanced;
    }

    /// The problem of the name; empty for none.
    public String nameProblem() {
        return name.get().isEmpty() || InputParser.isName(name.get().strip()) ? "" : Messages.of("form.name.bad");
    }

    public String subnetProblem() {
        return subnet.get().isBlank() || InputParser.isCidr(subnet.get().strip()) ? "" : Messages.of("form.subnet.bad");
    }

    public String subnet6Problem() {
        return !ipv6.get()
                        || subnet6.get().isBlank()
                        || InputParser.isIpv6Cidr(subnet6.get().strip())
                ? ""
                : Messages.of("form.subnet6.bad");
    }

    public String gatewayProblem() {
        return gateway.get().isBlank() || InputParser.parseAddress(gateway.get().strip()) != null
                ? ""
                : Messages.of("form.gateway.bad");
    }

    /// The subnet that the host would choose; a text until the host has answered.
    public ReadOnlyStringProperty proposedSubnet() {
        return proposedSubnet.getReadOnlyProperty();
    }

    /// The gateway that the host would choose for the typed or proposed subnet.
    public ReadOnlyStringProperty proposedGateway() {
        return proposedGateway.getReadOnlyProperty();
    }

    private void propose(@Nullable Pool free) {
        pool = free;
        propose();
    }

    private void propose() {
        String words = Messages.of("network.proposed");
        proposedSubnet.set(pool == null ? words : pool.subnet().toString());
        if (!subnet.get().isBlank()) {
            proposedGateway.set(Messages.of("network.firstAddress"));
        } else {
            proposedGateway.set(pool == null ? words : Addresses.format(pool.gateway()));
        }
    }

    @Override
    public @Nullable Change change() {
        if (name.get().isBlank()
                || !nameProblem().isEmpty()
                || !subnetProblem().isEmpty()
                || !gatewayProblem().isEmpty()
                || !subnet6Problem().isEmpty()
                || !advanced.isValid()) {
            return null;
        }
        return new Change.CreateNetwork(
                name.get().strip(),
                advanced.driver().selectedDriver(),
                pools(),
                ipv6.get(),
                internal.get(),
                false,
                false,
                null,
                advanced.labelPairs(),
                advanced.options(),
                Change.EngineSettings.DEFAULT,
                managers.isEmpty() || manager.get() != Manager.PATCHBAY ? Manager.HOST_DEFAULT : Manager.PATCHBAY);
    }

    private List<PoolRequest> pools() {
        List<PoolRequest> pools = new ArrayList<>();
        PoolRequest asked = new PoolRequest(
                blankToNull(subnet.get()),
                blankToNull(advanced.range().get()),
                blankToNull(gateway.get()),
                advanced.auxiliaryAddresses());
        if (!asked.equals(PoolRequest.ANY)) {
            pools.add(asked);
        }
        String six = blankToNull(subnet6.get());
        if (ipv6.get() && six != null) {
            pools.add(PoolRequest.subnet(six));
        }
        return pools;
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text.strip();
    }

    @Override
    public ChangePreview preview() {
        return preview;
    }
}
