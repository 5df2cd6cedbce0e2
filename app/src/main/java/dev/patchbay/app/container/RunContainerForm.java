package dev.patchbay.app.container;

import dev.patchbay.app.dialog.ChangeForm;
import dev.patchbay.app.dialog.ChangePreview;
import dev.patchbay.app.dialog.InputParser;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.RestartPolicy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// Runs a container from an image, or from the machine's own files (`host`) with a command.
public final class RunContainerForm implements ChangeForm {
    private final StringProperty image = new SimpleStringProperty("httpd:2.4");
    private final StringProperty command = new SimpleStringProperty("");
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty ports = new SimpleStringProperty("");
    private final ObjectProperty<RestartPolicy.@Nullable Name> restart =
            new SimpleObjectProperty<>(RestartPolicy.Name.NO);
    private final ObjectProperty<@Nullable Network> network = new SimpleObjectProperty<>();
    private final List<Network> networks;
    private final ChangePreview preview;

    /// @param preferred the network that is selected first; null for the default network
    public RunContainerForm(HostViewModel host, Tasks tasks, @Nullable Network preferred) {
        Topology topology = host.topology().get();
        networks = topology == null ? List.of() : topology.networks();
        network.set(
                preferred != null ? preferred : networks.stream().findFirst().orElse(null));
        preview = new ChangePreview(host, tasks, this::change);
        preview.watch(image, command, name, ports, network, restart);
    }

    public StringProperty image() {
        return image;
    }

    public StringProperty command() {
        return command;
    }

    public StringProperty name() {
        return name;
    }

    /// Mappings in the syntax of `docker run -p`, as `8080:80`, separated by blanks.
    public StringProperty ports() {
        return ports;
    }

    public ObjectProperty<@Nullable Network> network() {
        return network;
    }

    /// The restart policy.
    public ObjectProperty<RestartPolicy.@Nullable Name> restart() {
        return restart;
    }

    public List<Network> networks() {
        return networks;
    }

    public String imageProblem() {
        return image.get().isBlank() ? Messages.of("form.image.missing") : "";
    }

    public String nameProblem() {
        return name.get().isBlank() || InputParser.isName(name.get().strip()) ? "" : Messages.of("form.name.bad");
    }

    public String portsProblem() {
        try {
            InputParser.parsePorts(ports.get());
            return "";
        } catch (PortArgument.InvalidPortException e) {
            return e.sentence();
        }
    }

    @Override
    public @Nullable Change change() {
        Network chosen = network.get();
        List<PortMapping> mappings;
        try {
            mappings = InputParser.parsePorts(ports.get());
        } catch (PortArgument.InvalidPortException e) {
            return null; // portsProblem reports it
        }
        if (!imageProblem().isEmpty() || !nameProblem().isEmpty()) {
            return null;
        }
        return new Change.RunContainer(
                name.get().isBlank() ? null : name.get().strip(),
                image.get().strip(),
                InputParser.splitWords(command.get()),
                chosen == null ? List.of() : List.of(EndpointRequest.on(chosen.name())),
                mappings,
                List.of(),
                List.of(),
                Map.of(),
                null,
                "",
                true,
                true,
                HostSettings.DEFAULT.withRestart(
                        new RestartPolicy(Objects.requireNonNullElse(restart.get(), RestartPolicy.Name.NO), 0)),
                true);
    }

    @Override
    public ChangePreview preview() {
        return preview;
    }
}
