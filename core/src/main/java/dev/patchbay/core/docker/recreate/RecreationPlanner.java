package dev.patchbay.core.docker.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.plan.Capabilities;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.plan.DockerStep;
import dev.patchbay.core.docker.plan.DockerStep.Action.ExternalPublish;
import dev.patchbay.core.docker.plan.HostPortState;
import dev.patchbay.core.docker.plan.Recreation;
import dev.patchbay.core.docker.port.ExternalPublishPlanner;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.ports.PortRequests;
import dev.patchbay.core.refusal.PortRefusals;
import dev.patchbay.core.refusal.RecreateRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.PortSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Plans containers made anew with other ports, together with what is published of them beside the engine.
///
/// @param topology as the engine tells it
public record RecreationPlanner(EngineState state, Capabilities abilities, Topology topology, Supplier<Id> ids) {

    private static final PortRange CHOSEN_BY_DOCKER = PortRange.single(PortRange.MAX_PORT);

    public Recreation of(Change.Recreate asked, JsonNode container) throws EngineException, RefusedException {
        Recreation recreation = new RecreationPorts(container).of(asked);
        if (!(asked.ports() instanceof Change.Publish publish)) {
            return recreation;
        }
        if (publishesNothing(container)) {
            throw PortRefusals.nowhereToPublish(recreation.container().name());
        }
        Container shown = shown(container);
        List<PortSpec> own = own(shown);
        List<PortSpec> left = new ArrayList<>(own);
        for (PortSpec port : PortRequests.of(publish.mapping(), shown.id(), ids, CHOSEN_BY_DOCKER)) {
            if (!port.ephemeral()) {
                refuseIfTaken(port, shown);
                left = without(left, port);
            }
        }
        List<PortSpec> stay = List.copyOf(left);
        return recreation.insteadOf(
                own.stream().filter(port -> !stay.contains(port)).toList(),
                stay.stream().filter(port -> !own.contains(port)).toList());
    }

    public DockerPlan plan(Recreation recreation, JsonNode container) throws EngineException, RefusedException {
        if (!abilities.tellsAllOfContainers()) {
            throw RecreateRefusals.podman();
        }
        RecreationChecks.refuse(container, state);
        JsonNode image = abilities.image(container.path("Image").asText());
        if (image.isMissingNode()) {
            throw RecreateRefusals.imageGone(recreation.container().name());
        }
        ReplacedContainer before = new ReplacedContainer(
                container,
                image,
                abilities.image(container.at("/Config/Image").asText()),
                abilities.changes(container.path("Id").asText()),
                abilities.takesMacOfEachPlace());
        Container shown = shown(container);
        ExternalPublish beside = new ExternalPublish(
                recreation.title(), owned(recreation.beside(), shown), owned(recreation.notBeside(), shown));
        List<PortSpec> after = new ArrayList<>(own(shown));
        after.removeAll(beside.withdraw());
        after.addAll(beside.publish());
        return new RecreationSteps(recreation, before).plan(steps(beside), !after.isEmpty() || isWired(shown));
    }

    private boolean isWired(Container container) throws EngineException {
        return abilities
                .records()
                .filter(host -> !host.specs().endpointsOf(container.id()).isEmpty())
                .isPresent();
    }

    private static List<PortSpec> owned(List<PortSpec> ports, Container container) {
        return ports.stream().map(port -> port.withSandbox(container.id())).toList();
    }

    private static List<DockerStep> steps(ExternalPublish beside) {
        if (beside.publish().isEmpty() && beside.withdraw().isEmpty()) {
            return List.of();
        }
        String name = "change what is published beside the engine";
        DockerStep back = new DockerStep(
                "undo: " + name, List.of("undo: " + name), beside.reversed(), new DockerStep.Inverse.NotNeeded());
        return List.of(
                new DockerStep(name, List.of(beside.title()), beside, new DockerStep.Inverse.Steps(List.of(back))));
    }

    /// Behind networks that are all internal there is no way back.
    private boolean publishesNothing(JsonNode container) {
        return container.at("/NetworkSettings/Networks").properties().stream()
                .map(entry -> state.network(entry.getKey()))
                .filter(Objects::nonNull)
                .allMatch(network -> network.path("Internal").asBoolean());
    }

    private Container shown(JsonNode container) {
        String name = EngineState.name(container);
        return topology.containers().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// What is published beside the engine can be seen only by who may change it.
    private @Nullable HostPortState portPart() throws EngineException {
        try {
            return abilities.portPart();
        } catch (RefusedException unseen) {
            return null;
        }
    }

    private List<PortSpec> own(Container container) throws EngineException {
        HostPortState part = portPart();
        return part == null
                ? List.of()
                : part.forwards().stream()
                        .filter(forward -> forward.containerId().equals(container.id()))
                        .map(ExternalPublishSpec::port)
                        .toList();
    }

    /// By another container. What else has it the engine finds when the new container starts.
    private void refuseIfTaken(PortSpec port, Container container) throws EngineException, RefusedException {
        HostPortState part = portPart();
        List<ExternalPublishSpec> forwards = part == null ? List.of() : part.forwards();
        for (Container other : topology.containers()) {
            Optional<PortSpec> held = other.ports().stream()
                    .filter(PortBinding::inForce)
                    .map(binding -> ExternalPublishPlanner.port(binding, other))
                    .filter(port::conflictsWith)
                    .findFirst();
            boolean beside = !other.equals(container)
                    && forwards.stream()
                            .anyMatch(forward -> forward.containerId().equals(other.id())
                                    && forward.port().conflictsWith(port));
            if (held.isPresent() || beside) {
                throw PortRefusals.allocated(container.name(), container.id(), port, other.name(), 0);
            }
        }
    }

    /// What stays of these ports when one is another's.
    private List<PortSpec> without(List<PortSpec> ports, PortSpec other) {
        Change.Unpublish asked = new Change.Unpublish(
                "", other.hostAddress(), other.hostPorts(), other.containerPorts(), other.protocol());
        List<PortSpec> left = new ArrayList<>();
        for (PortSpec port : ports) {
            PortRange meant = PortRequests.meant(asked, port);
            left.addAll(meant == null ? List.of(port) : PortRequests.left(port, meant, ids));
        }
        return left;
    }
}
