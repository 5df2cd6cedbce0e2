package dev.patchbay.app.publish;

import dev.patchbay.app.dialog.ChangeForm;
import dev.patchbay.app.dialog.ChangePreview;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.core.ports.PortRequests;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// Changes the host port and the host address of a published port.
public final class RepublishForm implements ChangeForm {
    private final PublishedPort published;
    private final boolean recreates;
    private final StringProperty address = new SimpleStringProperty("");
    private final StringProperty hostPort = new SimpleStringProperty("");
    private final ChangePreview preview;

    /// @param recreates an engine publishes the port, and makes the container anew for the change
    public RepublishForm(HostViewModel host, Tasks tasks, PublishedPort published, boolean recreates) {
        this.published = published;
        this.recreates = recreates;
        address.set(Addresses.format(published.port().hostAddress()));
        hostPort.set(published.port().hostPorts().toString());
        preview = new ChangePreview(host, tasks, this::change);
        preview.watch(address, hostPort);
    }

    public PublishedPort published() {
        return published;
    }

    public boolean recreates() {
        return recreates;
    }

    public StringProperty address() {
        return address;
    }

    public StringProperty hostPort() {
        return hostPort;
    }

    public String addressProblem() {
        return parseAddress() == null ? Messages.of("form.address.bad") : "";
    }

    public String hostPortProblem() {
        return parsePorts() == null ? Messages.of("form.port.bad") : "";
    }

    private @Nullable InetAddress parseAddress() {
        String typed = address.get().strip();
        try {
            return PortArgument.parse((typed.contains(":") ? "[" + typed + "]" : typed) + ":1:1")
                    .hostAddress();
        } catch (PortArgument.InvalidPortException e) {
            return null; // addressProblem reports it
        }
    }

    private @Nullable PortRange parsePorts() {
        try {
            return PortArgument.parse(hostPort.get().strip() + ":1").hostPorts();
        } catch (PortArgument.InvalidPortException e) {
            return null; // hostPortProblem reports it
        }
    }

    @Override
    public @Nullable Change change() {
        InetAddress to = parseAddress();
        PortRange ports = parsePorts();
        if (to == null || ports == null || isUnchanged(to, ports)) {
            return null;
        }
        try {
            // The address is named only when it changes: a port of every address stays one of both families.
            Change.Republish republish = PortRequests.republish(
                    published.container(),
                    published.unpublish(),
                    to.equals(published.port().hostAddress()) ? null : to,
                    ports);
            return recreates ? new Change.Recreate(republish) : republish;
        } catch (RefusedException e) {
            return null; // the port is gone: the host refuses the change
        }
    }

    private boolean isUnchanged(InetAddress to, PortRange ports) {
        return to.equals(published.port().hostAddress())
                && ports.equals(published.port().hostPorts());
    }

    @Override
    public ChangePreview preview() {
        return preview;
    }
}
