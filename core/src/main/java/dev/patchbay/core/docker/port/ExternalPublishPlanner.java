package dev.patchbay.core.docker.port;

import dev.patchbay.core.docker.plan.DockerStep;
import dev.patchbay.core.docker.plan.DockerStep.Action.ExternalPublish;
import dev.patchbay.core.docker.plan.HostPortState;
import dev.patchbay.core.docker.plan.UnsupportedRefusals;
import dev.patchbay.core.helper.PortSpecConverter;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.ports.HostPortAllocator;
import dev.patchbay.core.ports.PortRefusals;
import dev.patchbay.core.ports.PortRequests;
import dev.patchbay.core.ports.PublishPlanner;
import dev.patchbay.core.ports.PublishPlanner.PortEdits;
import dev.patchbay.core.ports.PublishPlanner.PublishTarget;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.PortSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Publishes ports of an engine's containers beside the engine, and takes them back.
///
/// @param topology as the engine tells it, with its containers' places on networks beside it
/// @param ports of its host
public record ExternalPublishPlanner(Topology topology, HostPortState ports, Supplier<Id> ids) {

    public ExternalPublish publish(Change.Publish asked, Container container) throws RefusedException, EngineException {
        return external(asked, container, publish(asked.mapping(), container, List.of()));
    }

    /// @param withdrawn ports that are taken back in the same step
    private PortEdits publish(PortMapping mapping, Container container, List<PortBinding> withdrawn)
            throws RefusedException, EngineException {
        Endpoint endpoint = ExternalPublishTargets.endpoint(topology, container).orElse(null);
        PublishTarget target = new PublishTarget(
                container.name(),
                container.running(),
                endpoint == null ? null : endpoint.id(),
                endpoint != null && endpoint.address6() != null,
                PortRequests.EVERY_ADDRESS,
                without(withdrawn, ownPorts(container), Function.identity()));
        HostPortAllocator hostPorts = new HostPortAllocator(
                without(withdrawn, heldPorts(), HostPortAllocator.HeldPort::port), ports.kernel(), ports.sockets());
        return new PublishPlanner(hostPorts, ids).publish(mapping, target);
    }

    /// Both edits in one, so that the helper makes them at once.
    public ExternalPublish republish(Change.Republish asked, Container container)
            throws RefusedException, EngineException {
        PortEdits withdrawn = unpublishEdits(asked.old(), container, false);
        PortEdits published = publish(asked.mapping(), container, withdrawn.removed());
        List<PortBinding> put = new ArrayList<>(withdrawn.put());
        put.addAll(published.put());
        List<PortBinding> removed = new ArrayList<>(withdrawn.removed());
        removed.addAll(published.removed());
        return external(asked, container, new PortEdits(put, removed));
    }

    /// @param recreates whether the engine can make the container again without a port of its own
    public ExternalPublish unpublish(Change.Unpublish asked, Container container, boolean recreates)
            throws RefusedException {
        return external(asked, container, unpublishEdits(asked, container, recreates));
    }

    private PortEdits unpublishEdits(Change.Unpublish asked, Container container, boolean recreates)
            throws RefusedException {
        PortEdits edits = PublishPlanner.unpublish(asked, ownPorts(container), ids);
        if (edits.removed().isEmpty()) {
            throw isEnginePort(asked, container)
                    ? UnsupportedRefusals.unpublish(container.name(), recreates)
                    : PortRefusals.notPublished(container.name(), PortRequests.text(asked));
        }
        return edits;
    }

    private static ExternalPublish external(Change asked, Container container, PortEdits edits) {
        return new ExternalPublish(
                EquivalentCommand.of(asked), specs(edits.put(), container), specs(edits.removed(), container));
    }

    /// The helper knows no endpoints of an engine: such ports lead to the container.
    private static List<PortSpec> specs(List<PortBinding> bindings, Container container) {
        return bindings.stream()
                .map(binding -> PortSpecConverter.of(binding, container.id()).withEndpoint(null))
                .toList();
    }

    /// Takes back what another engine's container has, which this one cannot tell by its name: by the beginning of
    /// its id. That engine may be away for good.
    public Optional<ExternalPublish> ofAnotherEngine(Change.Unpublish asked) {
        if (asked.container().isEmpty() || (asked.hostPorts() == null && asked.containerPorts() == null)) {
            return Optional.empty();
        }
        List<PortSpec> go = ports.externalPublishes().stream()
                .filter(external -> external.containerId().value().startsWith(asked.container())
                        && topology.container(external.containerId()) == null
                        && external.port()
                                .containerPorts()
                                .equals(PortRequests.matchedPorts(asked, PortSpecConverter.binding(external))))
                .map(ExternalPublishSpec::port)
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
        return container.ports().stream().anyMatch(binding -> PortRequests.matchedPorts(asked, binding) != null);
    }

    private static <T> List<T> without(List<PortBinding> withdrawn, List<T> all, Function<T, PortBinding> port) {
        Set<Id> ids = withdrawn.stream().map(PortBinding::id).collect(Collectors.toSet());
        return all.stream().filter(one -> !ids.contains(port.apply(one).id())).toList();
    }

    private List<PortBinding> ownPorts(Container container) {
        return ports.externalPublishes().stream()
                .filter(external -> external.containerId().equals(container.id()))
                .map(PortSpecConverter::binding)
                .toList();
    }

    /// What the engine publishes itself, and what is published beside it and beside other engines.
    private List<HostPortAllocator.HeldPort> heldPorts() {
        List<HostPortAllocator.HeldPort> held = new ArrayList<>();
        for (Container container : topology.containers()) {
            container.ports().stream()
                    .filter(PortBinding::inForce)
                    .forEach(binding -> held.add(new HostPortAllocator.HeldPort(binding, container.name())));
        }
        ports.externalPublishes().stream()
                .filter(external -> external.target() != null)
                .forEach(external -> held.add(new HostPortAllocator.HeldPort(
                        PortSpecConverter.binding(external), name(external.containerId()))));
        return held;
    }

    /// Another engine's container goes by its id.
    private String name(Id owner) {
        return topology.container(owner) instanceof Container container ? container.name() : owner.shortForm();
    }
}
