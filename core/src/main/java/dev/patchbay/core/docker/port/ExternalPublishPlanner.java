package dev.patchbay.core.docker.port;

import dev.patchbay.core.docker.plan.DockerStep;
import dev.patchbay.core.docker.plan.DockerStep.Action.ExternalPublish;
import dev.patchbay.core.docker.plan.HostPortState;
import dev.patchbay.core.docker.plan.UnsupportedRefusals;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.ports.HostPortAllocator;
import dev.patchbay.core.ports.PortRequests;
import dev.patchbay.core.refusal.PortRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.PortSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Publishes ports of an engine's containers beside the engine, and takes them back.
///
/// @param topology as the engine tells it, with its containers' places on networks beside it
/// @param ports of its host
public record ExternalPublishPlanner(Topology topology, HostPortState ports, Supplier<Id> ids) {

    public ExternalPublish publish(Change.Publish asked, Container container) throws RefusedException, EngineException {
        Endpoint endpoint = ExternalPublishTargets.endpoint(topology, container)
                .orElseThrow(() -> PortRefusals.noPublishingNetwork(container.name()));
        boolean ipv6 = endpoint.address6() != null;
        HostPortAllocator hostPorts =
                new HostPortAllocator(heldPorts(), port -> port.hostAddresses(ipv6), ports.kernel(), ports.sockets());
        List<PortSpec> come = new ArrayList<>();
        List<PortSpec> go = new ArrayList<>();
        for (PortSpec port : PortRequests.toSpecs(
                asked.mapping(), container.id(), ids, ports.kernel().transport().ephemeralPorts())) {
            if (!port.mayListenOn(Family.IPV4) && !ipv6) {
                throw PortRefusals.containerWithoutIpv6(container.name(), port);
            }
            PortSpec present = samePort(port, externalPorts(container));
            if (present != null) {
                go.add(present);
                come.add(withAllowed(present, port, asked, container));
            } else if (container.running()) {
                come.add(hostPorts.allocate(port, endpoint.id(), container.name()));
            } else {
                come.add(port.ephemeral() ? hostPorts.lowestFree(port) : requireNotPublished(port, container));
            }
        }
        return new ExternalPublish(EquivalentCommand.of(asked), come, go);
    }

    public ExternalPublish unpublish(Change.Unpublish asked, Container container) throws RefusedException {
        if (asked.hostPorts() == null && asked.containerPorts() == null) {
            throw PortRefusals.noPort();
        }
        List<PortSpec> go = new ArrayList<>();
        List<PortSpec> left = new ArrayList<>();
        for (PortSpec port : externalPorts(container)) {
            PortRange meant = PortRequests.matchedPorts(asked, port);
            if (meant != null) {
                go.add(port);
                left.addAll(PortRequests.remaining(port, meant, ids));
            }
        }
        if (go.isEmpty()) {
            throw isEnginePort(asked, container)
                    ? UnsupportedRefusals.unpublish(container.name())
                    : PortRefusals.notPublished(container.name(), PortRequests.text(asked));
        }
        return new ExternalPublish(EquivalentCommand.of(asked), left, go);
    }

    /// Takes back what another engine's container has, which this one cannot tell by its name: by the beginning of
    /// its id. That engine may be away for good.
    public Optional<ExternalPublish> ofAnotherEngine(Change.Unpublish asked) {
        if (asked.container().isEmpty() || (asked.hostPorts() == null && asked.containerPorts() == null)) {
            return Optional.empty();
        }
        List<PortSpec> go = ports.externalPublishes().stream()
                .map(ExternalPublishSpec::port)
                .filter(port -> port.sandbox().value().startsWith(asked.container())
                        && topology.container(port.sandbox()) == null
                        && port.containerPorts().equals(PortRequests.matchedPorts(asked, port)))
                .toList();
        return go.stream().map(PortSpec::sandbox).distinct().count() == 1
                ? Optional.of(new ExternalPublish(EquivalentCommand.of(asked), List.of(), go))
                : Optional.empty();
    }

    /// @param lines that do the same
    public static DockerStep step(ExternalPublish external, List<String> lines) {
        String name = external.publish().isEmpty() ? "take back a port" : "publish a port beside the engine";
        DockerStep back = new DockerStep(
                "undo: " + name,
                List.of("undo: " + external.title()),
                external.reversed(),
                new DockerStep.Inverse.NotNeeded());
        List<String> whole = new ArrayList<>(List.of(external.title()));
        whole.addAll(lines);
        return new DockerStep(name, whole, external, new DockerStep.Inverse.Steps(List.of(back)));
    }

    /// Whether it means a port that the engine publishes itself.
    public static boolean isEnginePort(Change.Unpublish asked, Container container) {
        return container.ports().stream()
                .anyMatch(binding -> PortRequests.matchedPorts(asked, port(binding, container)) != null);
    }

    private List<PortSpec> externalPorts(Container container) {
        return ports.externalPublishes().stream()
                .filter(external -> external.containerId().equals(container.id()))
                .map(ExternalPublishSpec::port)
                .toList();
    }

    /// While a container is stopped, host ports may be others' too, but not its own twice.
    private PortSpec requireNotPublished(PortSpec port, Container container) throws RefusedException {
        for (PortSpec present : externalPorts(container)) {
            if (present.conflictsWith(port)) {
                throw PortRefusals.alreadyPublished(container.name(), present);
            }
        }
        return port;
    }

    private static @Nullable PortSpec samePort(PortSpec asked, List<PortSpec> own) {
        return asked.ephemeral()
                ? null
                : own.stream()
                        .filter(present -> present.protocol() == asked.protocol()
                                && present.hostAddress().equals(asked.hostAddress())
                                && present.hostPorts().equals(asked.hostPorts())
                                && present.containerPorts().equals(asked.containerPorts()))
                        .findFirst()
                        .orElse(null);
    }

    /// The mapping that is there, with another list of who may use it.
    private static PortSpec withAllowed(PortSpec present, PortSpec asked, Change.Publish publish, Container container)
            throws RefusedException {
        if (publish.mapping().allowed().isEmpty() || present.allowed().equals(asked.allowed())) {
            throw PortRefusals.alreadyPublished(container.name(), present);
        }
        return present.withAllowed(asked.allowed());
    }

    /// What the engine publishes itself, and what is published beside it and beside other engines.
    private List<HostPortAllocator.HeldPort> heldPorts() {
        List<HostPortAllocator.HeldPort> held = new ArrayList<>();
        for (Container container : topology.containers()) {
            container.ports().stream()
                    .filter(PortBinding::inForce)
                    .forEach(binding ->
                            held.add(new HostPortAllocator.HeldPort(port(binding, container), container.name())));
        }
        ports.externalPublishes().stream()
                .filter(external -> external.target() != null)
                .forEach(external ->
                        held.add(new HostPortAllocator.HeldPort(external.port(), name(external.containerId()))));
        return held;
    }

    /// Another engine's container goes by its id.
    private String name(Id owner) {
        return topology.container(owner) instanceof Container container ? container.name() : owner.shortForm();
    }

    public static PortSpec port(PortBinding binding, Container container) {
        return new PortSpec(
                binding.id(),
                container.id(),
                null,
                binding.protocol(),
                binding.alsoIpv6() ? null : binding.hostAddress(),
                binding.hostAddress(),
                binding.hostPorts().first(),
                binding.containerPorts(),
                binding.allowed(),
                false,
                null);
    }
}
