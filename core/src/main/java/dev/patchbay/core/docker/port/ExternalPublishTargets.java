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
import dev.patchbay.engine.container.Driver;
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

/// Where ports that Patchbay publishes for an engine's containers lead to now.
///
/// @param engine address of the engine that has the containers
/// @param recorded all such ports, also other engines'
/// @param localnet links over which packets from loopback addresses may leave
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

    /// The engine's containers with all their places, and with the ports of the engine alone.
    public static Topology topology(HelperState host, EngineState engine) {
        return EngineTopologyBuilder.of(
                0, engine, null, AttachedNetworks.of(host, engine).withoutPorts(), List.of());
    }

    public boolean isContainerGone(Id container) {
        return topology.container(container) == null;
    }

    /// What became of this engine's recorded ports: those of containers that are gone go, the others lead to where
    /// their containers are now.
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

    /// Null while the container does not run, or is on no network that can publish.
    public @Nullable Target of(Id id) {
        Container container = topology.container(id);
        return container == null || !container.running()
                ? null
                : endpoint(topology, container).flatMap(this::target).orElse(null);
    }

    /// The endpoint that a container's ports are published through: where its default route leads, else the first by
    /// name. There is no way back behind an internal network, nor over one beside the engine that does not have the
    /// default route.
    public static Optional<Endpoint> endpoint(Topology topology, Container container) {
        List<Endpoint> able = container.endpoints().stream()
                .filter(endpoint -> topology.network(endpoint.network()) instanceof Network network
                        && network.driver().is(Driver.BRIDGE)
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

    /// A bridge that a mapping lets do it does not do it by itself.
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
