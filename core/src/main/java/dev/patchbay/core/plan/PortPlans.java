package dev.patchbay.core.plan;

import dev.patchbay.core.Change;
import dev.patchbay.core.PortMapping;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.core.mistake.PortMistakes;
import dev.patchbay.core.naming.Lookup;
import dev.patchbay.core.ports.HostPorts;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.Addresses;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Publishes ports, at the start of a container or at any time, and takes them back.
final class PortPlans {
    private static final InetAddress EVERY_ADDRESS = Addresses.of(new byte[4]);
    private static final int LARGEST = 65535;

    private PortPlans() {}

    static String publish(Change.Publish asked, Draft draft, Situation situation) throws Mistake, EngineException {
        SandboxSpec sandbox = Lookup.container(draft.specs(), asked.container());
        PortSpec wanted = unbound(asked.mapping(), sandbox.id(), situation);
        EndpointSpec endpoint = publishingEndpoint(sandbox.id(), draft.specs())
                .orElseThrow(() -> PortMistakes.nowhereToPublish(sandbox.name()));
        PortSpec port = through(endpoint, wanted, draft.specs());
        // A stopped container's own ports are not in force, and still must not stand in each other's way.
        for (PortSpec own : draft.specs().portsOf(sandbox.id())) {
            if (!port.ephemeral() && own.collidesWith(port)) {
                throw PortMistakes.allocated(sandbox.name(), endpoint.id(), port, sandbox.name());
            }
        }
        HostPorts hostPorts = situation.hostPorts(draft.specs());
        if (sandbox.running()) {
            draft.put(hostPorts.admit(port, endpoint, sandbox.name()));
        } else {
            draft.put(port.ephemeral() ? hostPorts.lowestFree(port) : port);
        }
        return "";
    }

    static String unpublish(Change.Unpublish asked, Draft draft) throws Mistake {
        SandboxSpec sandbox = Lookup.container(draft.specs(), asked.container());
        if (asked.hostPort() == null && asked.containerPort() == null) {
            throw PortMistakes.noPort();
        }
        List<PortSpec> meant = draft.specs().portsOf(sandbox.id()).stream()
                .filter(port -> port.protocol() == asked.protocol())
                .filter(port -> asked.hostPort() == null || asked.hostPort() == port.hostPort())
                .filter(port -> asked.containerPort() == null || asked.containerPort() == port.containerPort())
                .filter(port ->
                        asked.hostAddress() == null || asked.hostAddress().equals(port.hostAddress()))
                .toList();
        if (meant.isEmpty()) {
            String host = asked.hostPort() == null ? "" : asked.hostPort().toString();
            String inside =
                    asked.containerPort() == null ? "" : asked.containerPort().toString();
            String colon = host.isEmpty() || inside.isEmpty() ? "" : ":";
            throw PortMistakes.notPublished(sandbox.name(), host + colon + inside + "/" + asked.protocol());
        }
        meant.forEach(port -> draft.remove(port.id()));
        return "";
    }

    /// A mapping as it is asked for, not in force through any endpoint.
    static PortSpec unbound(PortMapping mapping, Id sandbox, Situation situation) throws Mistake {
        if (mapping.hostPort() < 0 || mapping.hostPort() > LARGEST) {
            throw PortMistakes.badHostPort(mapping.hostPort());
        }
        if (mapping.containerPort() < 1 || mapping.containerPort() > LARGEST) {
            throw PortMistakes.badContainerPort(mapping.containerPort());
        }
        InetAddress requested = mapping.hostAddress();
        if (requested != null && !(requested instanceof Inet4Address)) {
            throw PortMistakes.hostAddressNotIpv4(requested.getHostAddress());
        }
        boolean ephemeral = mapping.hostPort() == 0;
        return new PortSpec(
                situation.ids().next(),
                sandbox,
                null,
                mapping.protocol(),
                requested,
                requested == null ? EVERY_ADDRESS : requested,
                ephemeral ? HostPorts.EPHEMERAL_FIRST : mapping.hostPort(),
                mapping.containerPort(),
                ephemeral);
    }

    /// Puts the ports that lost their endpoint behind the one that a new port would get; without one they stay unbound.
    static void bindUnbound(Id sandbox, Draft draft, Situation situation) throws Mistake, EngineException {
        Optional<EndpointSpec> endpoint = publishingEndpoint(sandbox, draft.specs());
        if (endpoint.isPresent()) {
            bind(unbound(sandbox, draft.specs()), endpoint.get(), draft, situation);
        }
    }

    static List<PortSpec> unbound(Id sandbox, Specs specs) {
        return specs.portsOf(sandbox).stream()
                .filter(port -> port.endpoint() == null)
                .toList();
    }

    /// Puts unbound ports behind the endpoint, in force at once if its container runs.
    static void bind(List<PortSpec> ports, EndpointSpec endpoint, Draft draft, Situation situation)
            throws Mistake, EngineException {
        if (ports.isEmpty()) {
            return;
        }
        SandboxSpec sandbox = draft.specs().sandbox(endpoint.sandbox());
        HostPorts hostPorts = situation.hostPorts(draft.specs());
        for (PortSpec port : ports) {
            PortSpec bound = through(endpoint, port, draft.specs());
            draft.put(sandbox.running() ? hostPorts.admit(bound, endpoint, sandbox.name()) : bound);
        }
    }

    /// The endpoint that has the container's other ports, else its default route, else its oldest one that could.
    private static Optional<EndpointSpec> publishingEndpoint(Id sandbox, Specs specs) {
        List<EndpointSpec> able = specs.endpointsOf(sandbox).stream()
                .filter(endpoint -> !specs.network(endpoint.network()).internal())
                .toList();
        return able.stream()
                .filter(endpoint -> specs.portsOf(sandbox).stream()
                        .anyMatch(port -> endpoint.id().equals(port.endpoint())))
                .findFirst()
                .or(() -> able.stream().filter(EndpointSpec::defaultRoute).findFirst())
                .or(() -> able.stream().findFirst());
    }

    private static PortSpec through(EndpointSpec endpoint, PortSpec port, Specs specs) {
        NetworkSpec network = specs.network(endpoint.network());
        InetAddress standard = Objects.requireNonNullElse(network.hostBinding(), EVERY_ADDRESS);
        return new PortSpec(
                port.id(),
                port.sandbox(),
                endpoint.id(),
                port.protocol(),
                port.requestedAddress(),
                Objects.requireNonNullElse(port.requestedAddress(), standard),
                port.hostPort(),
                port.containerPort(),
                port.ephemeral());
    }
}
