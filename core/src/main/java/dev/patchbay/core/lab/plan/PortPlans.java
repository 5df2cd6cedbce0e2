package dev.patchbay.core.lab.plan;

import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.helper.PortSpecConverter;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.ports.PortRefusals;
import dev.patchbay.core.ports.PortRequests;
import dev.patchbay.core.ports.PublishPlanner;
import dev.patchbay.core.ports.PublishPlanner.PortEdits;
import dev.patchbay.core.ports.PublishPlanner.PublishTarget;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Publishes ports, at the start of a container or at any time, and takes them back.
final class PortPlans {
    private PortPlans() {}

    /// @return the host's side of the ports that were chosen for the person, one a line
    static String publish(Change.Publish asked, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException, EngineException {
        SandboxSpec sandbox = NameLookup.container(draft.specs(), asked.container());
        EndpointSpec endpoint = publishingEndpoint(sandbox.id(), draft.specs()).orElse(null);
        PortEdits edits = planner(draft, situation).publish(asked.mapping(), target(sandbox, endpoint, draft.specs()));
        edits.put().forEach(port -> draft.put(PortSpecConverter.of(port, sandbox.id())));
        return edits.chosen();
    }

    static String unpublish(Change.Unpublish asked, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException {
        SandboxSpec sandbox = NameLookup.container(draft.specs(), asked.container());
        PortEdits edits = PublishPlanner.unpublish(asked, ports(sandbox, draft.specs()), situation.ids()::next);
        if (edits.removed().isEmpty()) {
            throw PortRefusals.notPublished(sandbox.name(), PortRequests.text(asked));
        }
        edits.put().forEach(port -> draft.put(PortSpecConverter.of(port, sandbox.id())));
        edits.gone().forEach(draft::remove);
        return "";
    }

    private static PublishPlanner planner(SpecChangeBuilder draft, PlanContext situation) {
        return new PublishPlanner(situation.hostPorts(draft.specs()), situation.ids()::next);
    }

    private static PublishTarget target(SandboxSpec sandbox, @Nullable EndpointSpec endpoint, Specs specs) {
        InetAddress binding =
                endpoint == null ? null : specs.network(endpoint.network()).hostBinding();
        return new PublishTarget(
                sandbox.name(),
                sandbox.running(),
                endpoint == null ? null : endpoint.id(),
                endpoint != null && endpoint.ipv6() != null,
                Objects.requireNonNullElse(binding, PortRequests.EVERY_ADDRESS),
                ports(sandbox, specs));
    }

    private static List<PortBinding> ports(SandboxSpec sandbox, Specs specs) {
        return specs.portsOf(sandbox.id()).stream()
                .map(port -> PortSpecConverter.binding(port, specs))
                .toList();
    }

    static List<PortSpec> unbound(PortMapping mapping, Id sandbox, PlanContext situation) throws RefusedException {
        PortRange ephemeral = situation.state().kernel().transport().ephemeralPorts();
        return PortRequests.toBindings(mapping, situation.ids()::next, ephemeral).stream()
                .map(port -> PortSpecConverter.of(port, sandbox))
                .toList();
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
        List<PortBinding> unbound =
                ports.stream().map(PortSpecConverter::binding).toList();
        planner(draft, situation)
                .bind(unbound, target(sandbox, endpoint, draft.specs()))
                .forEach(port -> draft.put(PortSpecConverter.of(port, sandbox.id())));
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
        if (endpoint.isPresent()) {
            PublishTarget target = target(sandbox, endpoint.get(), specs);
            for (PortBinding port : target.own()) {
                if (port.endpoint() == null && !target.supports(port)) {
                    throw PortRefusals.containerWithoutIpv6(sandbox.name(), port);
                }
            }
        }
    }
}
