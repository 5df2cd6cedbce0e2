package dev.patchbay.core.lab.plan;

import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.ports.HostPortAllocator;
import dev.patchbay.core.ports.PortRequests;
import dev.patchbay.core.refusal.PortRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Publishes ports, at the start of a container or at any time, and takes them back.
final class PortPlans {
    private static final InetAddress EVERY_ADDRESS = Addresses.of(new byte[4]);

    private PortPlans() {}

    /// @return the host's side of the ports that were chosen for the person, one a line
    static String publish(Change.Publish asked, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException, EngineException {
        SandboxSpec sandbox = NameLookup.container(draft.specs(), asked.container());
        List<PortSpec> wanted = unbound(asked.mapping(), sandbox.id(), situation);
        EndpointSpec endpoint = publishingEndpoint(sandbox.id(), draft.specs())
                .orElseThrow(() -> PortRefusals.noPublishingNetwork(sandbox.name()));
        List<PortSpec> own = draft.specs().portsOf(sandbox.id());
        HostPortAllocator hostPorts = situation.hostPorts(draft.specs());
        List<String> chosen = new ArrayList<>();
        for (PortSpec unbound : wanted) {
            if (!supportsFamily(endpoint, unbound)) {
                throw PortRefusals.containerWithoutIpv6(sandbox.name(), unbound);
            }
            PortSpec port = withEndpoint(endpoint, unbound, draft.specs());
            PortSpec present = port.ephemeral() ? null : colliding(port, own);
            if (present != null && isSame(present, port)) {
                draft.put(withAllowed(present, port, asked.mapping().allowed(), sandbox));
                continue;
            }
            if (present != null) {
                String name = sandbox.name();
                PortSpec both = overlap(port, present);
                throw PortRefusals.portAllocated(name, endpoint.id(), both, name, hostPorts.nextFree(both));
            }
            // A stopped container's ports are not in force, and still must not stand in each other's way.
            PortSpec admitted = sandbox.running()
                    ? hostPorts.allocate(port, endpoint.id(), sandbox.name())
                    : port.ephemeral() ? hostPorts.lowestFree(port) : port;
            draft.put(admitted);
            if (admitted.ephemeral()) {
                chosen.add(Addresses.formatSocket(admitted.hostAddress(), admitted.hostPort()));
            }
        }
        return String.join("\n", chosen);
    }

    private static @Nullable PortSpec colliding(PortSpec port, List<PortSpec> own) {
        return own.stream().filter(port::conflictsWith).findFirst().orElse(null);
    }

    /// The largest port that both want, as Docker's sentence names it.
    private static PortSpec overlap(PortSpec port, PortSpec present) {
        int host = Math.min(port.hostPorts().last(), present.hostPorts().last());
        int inside = port.containerPorts().first() + host - port.hostPort();
        return port.slice(port.id(), PortRange.single(inside));
    }

    private static boolean isSame(PortSpec present, PortSpec asked) {
        return present.hostAddress().equals(asked.hostAddress())
                && present.hostPorts().equals(asked.hostPorts())
                && present.containerPorts().equals(asked.containerPorts());
    }

    /// The mapping that is there, with another list of who may use it.
    private static PortSpec withAllowed(PortSpec present, PortSpec asked, List<Cidr> allowed, SandboxSpec sandbox)
            throws RefusedException {
        if (allowed.isEmpty() || present.allowed().equals(asked.allowed())) {
            throw PortRefusals.alreadyPublished(sandbox.name(), present);
        }
        return present.withAllowed(asked.allowed());
    }

    static String unpublish(Change.Unpublish asked, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException {
        SandboxSpec sandbox = NameLookup.container(draft.specs(), asked.container());
        if (asked.hostPorts() == null && asked.containerPorts() == null) {
            throw PortRefusals.noPort();
        }
        boolean found = false;
        for (PortSpec port : draft.specs().portsOf(sandbox.id())) {
            PortRange meant = PortRequests.matchedPorts(asked, port);
            if (meant != null) {
                found = true;
                removePorts(port, meant, draft, situation);
            }
        }
        if (!found) {
            throw PortRefusals.notPublished(sandbox.name(), PortRequests.text(asked));
        }
        return "";
    }

    /// What is left of the mapping below and above the ports stays published.
    private static void removePorts(PortSpec port, PortRange meant, SpecChangeBuilder draft, PlanContext situation) {
        List<PortSpec> left = PortRequests.remaining(port, meant, situation.ids()::next);
        if (left.isEmpty()) {
            draft.remove(port.id());
        }
        left.forEach(draft::put);
    }

    static List<PortSpec> unbound(PortMapping mapping, Id sandbox, PlanContext situation) throws RefusedException {
        PortRange ephemeral = situation.state().kernel().transport().ephemeralPorts();
        return PortRequests.toSpecs(mapping, sandbox, situation.ids()::next, ephemeral);
    }

    /// Puts the ports that lost their endpoint behind the one that a new port would get; without one they stay
    /// unbound.
    static void bindUnbound(Id sandbox, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException, EngineException {
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
    static void bind(List<PortSpec> ports, EndpointSpec endpoint, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException, EngineException {
        if (ports.isEmpty()) {
            return;
        }
        SandboxSpec sandbox = draft.specs().sandbox(endpoint.sandbox());
        HostPortAllocator hostPorts = situation.hostPorts(draft.specs());
        for (PortSpec port : ports) {
            if (!supportsFamily(endpoint, port)) {
                continue;
            }
            PortSpec bound = withEndpoint(endpoint, port, draft.specs());
            draft.put(sandbox.running() ? hostPorts.allocate(bound, endpoint.id(), sandbox.name()) : bound);
        }
    }

    /// The endpoint that has the container's other ports, else its default route, else its oldest one. One on an
    /// internal network is the last choice: behind it a server sees the bridge's address for every client.
    private static Optional<EndpointSpec> publishingEndpoint(Id sandbox, Specs specs) {
        List<EndpointSpec> endpoints = specs.endpointsOf(sandbox).stream()
                .filter(endpoint -> specs.network(endpoint.network()).driver() == Driver.BRIDGE)
                .toList();
        return endpoints.stream()
                .filter(endpoint -> specs.portsOf(sandbox).stream()
                        .anyMatch(port -> endpoint.id().equals(port.endpoint())))
                .findFirst()
                .or(() -> endpoints.stream().filter(EndpointSpec::defaultRoute).findFirst())
                .or(() -> endpoints.stream()
                        .filter(endpoint -> !specs.network(endpoint.network()).internal())
                        .findFirst())
                .or(() -> endpoints.stream().findFirst());
    }

    /// Docker starts a container with such a port, and publishes nothing.
    static void requireBound(SandboxSpec sandbox, Specs specs) throws RefusedException {
        Optional<EndpointSpec> endpoint = publishingEndpoint(sandbox.id(), specs);
        for (PortSpec port : unbound(sandbox.id(), specs)) {
            if (endpoint.isPresent() && !supportsFamily(endpoint.get(), port)) {
                throw PortRefusals.containerWithoutIpv6(sandbox.name(), port);
            }
        }
    }

    private static boolean supportsFamily(EndpointSpec endpoint, PortSpec port) {
        return port.mayListenOn(Family.IPV4) || endpoint.ipv6() != null;
    }

    private static PortSpec withEndpoint(EndpointSpec endpoint, PortSpec port, Specs specs) {
        NetworkSpec network = specs.network(endpoint.network());
        InetAddress standard = Objects.requireNonNullElse(network.hostBinding(), EVERY_ADDRESS);
        return port.withEndpoint(endpoint.id())
                .withBinding(Objects.requireNonNullElse(port.requestedAddress(), standard));
    }
}
