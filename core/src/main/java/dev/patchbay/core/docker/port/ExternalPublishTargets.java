package dev.patchbay.core.docker.port;

import dev.patchbay.core.docker.container.EngineTopologyBuilder;
import dev.patchbay.core.docker.network.AttachedNetworks;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec.Target;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Computes the present targets of ports that Patchbay publishes for an engine's containers.
///
/// @param engine address of the engine of the containers
/// @param recorded all such ports, also those of other engines
/// @param localnet links with `route_localnet`
public record ExternalPublishTargets(
        String engine, Topology topology, Collection<ExternalPublishSpec> recorded, List<String> localnet) {
    /// @param host with the records as they are about to be
    public static ExternalPublishTargets of(HelperState host, EngineState engine, HelperSession helper)
            throws EngineException {
        return new ExternalPublishTargets(
                engine.engineAddress(),
                topology(host, engine),
                host.specs().externalPublishes(),
                helper.host().forwarding().localnet());
    }

    /// The engine's containers with all their endpoints, and only the engine's own ports.
    public static Topology topology(HelperState host, EngineState engine) {
        return EngineTopologyBuilder.of(
                0, engine, null, AttachedNetworks.of(host, engine).withoutPorts(), List.of());
    }

    public boolean isContainerGone(Id container) {
        return topology.container(container) == null;
    }

    /// The change of this engine's recorded ports: those of removed containers are removed, the others
    /// get their present targets.
    public SpecChange changes() {
        List<Spec> put = new ArrayList<>();
        List<Id> remove = new ArrayList<>();
        for (ExternalPublishSpec external : recorded) {
            if (!external.engine().equals(engine)) {
                continue;
            }
            if (isContainerGone(external.containerId())) {
                remove.add(external.id());
            } else if (!Objects.equals(external.target(), of(external.containerId()))) {
                put.add(external.withTarget(of(external.containerId())));
            }
        }
        return new SpecChange(put, remove);
    }

    /// Null while the container does not run, or has no network that can publish.
    public @Nullable Target of(Id id) {
        Container container = topology.container(id);
        return container == null || !container.running()
                ? null
                : endpoint(topology, container).flatMap(this::target).orElse(null);
    }

    /// The endpoint of a container's published ports: the one with its default route, otherwise the
    /// first by name. An internal network has no route back, and neither has a managed network without
    /// the default route.
    public static Optional<Endpoint> endpoint(Topology topology, Container container) {
        List<Endpoint> able = container.endpoints().stream()
                .filter(endpoint -> topology.network(endpoint.network()) instanceof Network network
                        && network.driver().makesBridges()
                        && !network.internal()
                        && !network.bridge().isEmpty()
                        && (endpoint.defaultRoute() || !network.attached()))
                .toList();
        return able.stream()
                .filter(Endpoint::defaultRoute)
                .findFirst()
                .or(() -> able.stream().findFirst());
    }

    private Optional<Target> target(Endpoint endpoint) {
        List<Cidr> addresses = Stream.of(endpoint.address(), endpoint.address6())
                .filter(Objects::nonNull)
                .toList();
        if (addresses.isEmpty() || !(topology.network(endpoint.network()) instanceof Network network)) {
            return Optional.empty();
        }
        return Optional.of(new Target(network.bridge(), addresses, hadLocalnet(network.bridge())));
    }

    /// `route_localnet` that a mapping has set was off before.
    private boolean hadLocalnet(String bridge) {
        return recorded.stream()
                .map(ExternalPublishSpec::target)
                .filter(target ->
                        target != null && target.bridge().equals(bridge) && target.address(Family.IPV4) != null)
                .map(target -> Objects.requireNonNull(target).localnet())
                .findFirst()
                .orElseGet(() -> localnet.contains(bridge));
    }
}
