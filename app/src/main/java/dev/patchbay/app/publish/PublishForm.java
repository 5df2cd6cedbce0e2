package dev.patchbay.app.publish;

import dev.patchbay.app.dialog.ChangeForm;
import dev.patchbay.app.dialog.ChangePreview;
import dev.patchbay.app.dialog.InputParser;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.text.DisplayFormat;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// Publishes a port. The default address is 127.0.0.1; the default host port equals the container port,
/// or is the next free one.
public final class PublishForm implements ChangeForm {
    public static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress ALL_INTERFACES = InetAddress.ofLiteral("0.0.0.0");

    private final Topology topology;
    private final ReadOnlyObjectProperty<List<Listener>> busyPorts;
    private final Container container;
    private final StringProperty containerPort = new SimpleStringProperty("");
    private final StringProperty hostPort = new SimpleStringProperty("");
    private final BooleanProperty allInterfaces = new SimpleBooleanProperty();
    private final ObjectProperty<Protocol> protocol = new SimpleObjectProperty<>(Protocol.TCP);
    private final StringProperty sources = new SimpleStringProperty("");
    private final ChangePreview preview;

    /// @param busy host ports of other processes
    /// @param pin the container port to start with; null for the first that is exposed and not published
    public PublishForm(
            HostViewModel host,
            Tasks tasks,
            Topology topology,
            ReadOnlyObjectProperty<List<Listener>> busy,
            Container container,
            @Nullable ExposedPort pin) {
        this.topology = topology;
        this.busyPorts = busy;
        this.container = container;
        ExposedPort start = pin != null ? pin : firstUnpublished(container);
        if (start != null) {
            containerPort.set(String.valueOf(start.port()));
            protocol.set(start.protocol());
            hostPort.set(String.valueOf(freeHostPort(topology, busy.get(), start)));
        }
        preview = new ChangePreview(host, tasks, this::change);
        preview.watch(containerPort, hostPort, allInterfaces, protocol, sources);
    }

    private static @Nullable ExposedPort firstUnpublished(Container container) {
        return container.exposed().stream()
                .filter(exposed -> container.ports().stream()
                        .noneMatch(port -> port.publishes(exposed.port(), exposed.protocol())))
                .findFirst()
                .orElseGet(() -> container.exposed().stream().findFirst().orElse(null));
    }

    /// The host port to propose: the container port, or 8000 more when it would need privileges; the
    /// next free one from there.
    public static int freeHostPort(Topology topology, List<Listener> busy, ExposedPort wanted) {
        int candidate = wanted.port() < 1024 ? wanted.port() + 8000 : wanted.port();
        while (candidate < 65535
                && !portOwner(topology, busy, candidate, wanted.protocol()).isEmpty()) {
            candidate++;
        }
        return candidate;
    }

    /// The name of the container or process that holds a host port; empty when it is free.
    private static String portOwner(Topology topology, List<Listener> busy, int hostPort, Protocol protocol) {
        for (Container container : topology.containers()) {
            for (PortBinding port : container.ports()) {
                if (port.hostPorts().contains(hostPort) && port.protocol() == protocol) {
                    return container.name();
                }
            }
        }
        return busy.stream()
                .filter(listener -> listener.port() == hostPort && listener.protocol() == protocol)
                .map(listener -> listener.process().isEmpty()
                        ? Messages.of("publish.somebody")
                        : Messages.of("publish.process", listener.process(), String.valueOf(listener.pid())))
                .findFirst()
                .orElse("");
    }

    public Container container() {
        return container;
    }

    public StringProperty containerPort() {
        return containerPort;
    }

    /// An empty value lets the host choose a free port.
    public StringProperty hostPort() {
        return hostPort;
    }

    /// True publishes on all addresses of the host instead of 127.0.0.1.
    public BooleanProperty allInterfaces() {
        return allInterfaces;
    }

    public ObjectProperty<Protocol> protocol() {
        return protocol;
    }

    public String containerPortProblem() {
        return containerPort.get().isBlank()
                        || InputParser.parsePort(containerPort.get().strip()) != null
                ? ""
                : Messages.of("form.port.bad");
    }

    public String hostPortProblem() {
        return hostPort.get().isBlank() || InputParser.parsePort(hostPort.get().strip()) != null
                ? ""
                : Messages.of("form.port.bad");
    }

    /// The holder of the host port; empty for none. On another address the port may still be free.
    public StringBinding hostPortOwner() {
        return Bindings.createStringBinding(
                () -> {
                    Integer port = hostPort.get().isBlank()
                            ? null
                            : InputParser.parsePort(hostPort.get().strip());
                    String owner = port == null ? "" : portOwner(topology, busyPorts.get(), port, protocol.get());
                    return owner.isEmpty() ? "" : Messages.of("publish.busy", String.valueOf(port), owner);
                },
                hostPort,
                protocol,
                busyPorts);
    }

    /// The networks that may use the port, separated by blanks or commas; empty for all.
    public StringProperty sources() {
        return sources;
    }

    public String sourcesProblem() {
        return parseSources() == null ? Messages.of("form.sources.bad") : "";
    }

    /// Null when one of them is invalid.
    private @Nullable List<Cidr> parseSources() {
        if (!allInterfaces.get()) {
            return List.of(); // a port on 127.0.0.1 has no other sources
        }
        List<Cidr> networks = new ArrayList<>();
        for (String word : sources.get().strip().split("[\\s,]+")) {
            try {
                if (!word.isEmpty()) {
                    networks.add(PortArgument.network(word));
                }
            } catch (PortArgument.InvalidPortException e) {
                return null; // sourcesProblem reports it
            }
        }
        return networks;
    }

    /// Says from where the port can then be reached.
    public StringBinding reachText() {
        return Bindings.createStringBinding(() -> DisplayFormat.reachText(hostAddress()), allInterfaces);
    }

    private InetAddress hostAddress() {
        return allInterfaces.get() ? ALL_INTERFACES : LOOPBACK;
    }

    @Override
    public @Nullable Change change() {
        Integer inside = InputParser.parsePort(containerPort.get().strip());
        Integer outside = hostPort.get().isBlank()
                ? Integer.valueOf(0)
                : InputParser.parsePort(hostPort.get().strip());
        List<Cidr> allowed = parseSources();
        return inside == null || outside == null || allowed == null
                ? null
                : new Change.Publish(
                        container.name(),
                        PortMapping.of(hostAddress(), outside, inside, protocol.get())
                                .withAllowed(allowed));
    }

    @Override
    public ChangePreview preview() {
        return preview;
    }
}
