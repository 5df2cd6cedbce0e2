package dev.patchbay.core.docker.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.plan.Capabilities;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.plan.DockerStep;
import dev.patchbay.core.docker.plan.DockerStep.Action.ExternalPublish;
import dev.patchbay.core.docker.plan.HostPortState;
import dev.patchbay.core.docker.plan.Recreation;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.helper.PortSpecConverter;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.ports.PortRefusals;
import dev.patchbay.core.ports.PortRequests;
import dev.patchbay.core.ports.PublishPlanner;
import dev.patchbay.core.ports.PublishPlanner.PortEdits;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Plans containers made anew with other ports, together with what is published of them beside the engine.
///
/// @param topology as the engine tells it
public record RecreationPlanner(EngineState state, Capabilities capabilities, Topology topology, Supplier<Id> ids) {

    private static final PortRange CHOSEN_BY_DOCKER = PortRange.single(PortRange.MAX_PORT);

    public Recreation of(Change.Recreate asked, JsonNode container) throws EngineException, RefusedException {
        Recreation recreation = new RecreationPorts(container).of(asked);
        PortMapping mapping = switch (asked.portChange()) {
            case Change.Publish publish -> publish.mapping();
            case Change.Republish republish -> republish.mapping();
            case Change.Unpublish _ -> null;
        };
        if (mapping == null) {
            return recreation;
        }
        if (hasNoPublishingNetwork(container)) {
            throw PortRefusals.noPublishingNetwork(recreation.container().name());
        }
        Container shown = containerOf(container);
        List<PortBinding> own =
                externalPublishes(shown).map(PortSpecConverter::binding).toList();
        List<PortBinding> removed = new ArrayList<>();
        List<PortBinding> left = new ArrayList<>();
        for (PortBinding port : PortRequests.toBindings(mapping, ids, CHOSEN_BY_DOCKER)) {
            if (!port.isEphemeral()) {
                requireFree(port, shown, asked.portChange());
                PortEdits edits = PublishPlanner.unpublish(
                        new Change.Unpublish(
                                "", port.hostAddress(), port.hostPorts(), port.containerPorts(), port.protocol()),
                        own,
                        ids);
                removed.addAll(edits.removed());
                left.addAll(edits.put());
            }
        }
        return recreation.withExternalPorts(specs(removed, shown), specs(left, shown));
    }

    private static List<PortSpec> specs(List<PortBinding> bindings, Container container) {
        return bindings.stream()
                .map(binding -> PortSpecConverter.of(binding, container.id()))
                .toList();
    }

    public DockerPlan plan(Recreation recreation, JsonNode container) throws EngineException, RefusedException {
        if (!capabilities.hasCompleteInspect()) {
            throw RecreateRefusals.notWithPodman();
        }
        RecreationChecks.check(container, state);
        JsonNode image = capabilities.image(container.path("Image").asText());
        if (image.isMissingNode()) {
            throw RecreateRefusals.imageGone(recreation.container().name());
        }
        ReplacedContainer before = new ReplacedContainer(
                container,
                image,
                capabilities.image(container.at("/Config/Image").asText()),
                capabilities.containerDiff(container.path("Id").asText()),
                capabilities.supportsEndpointMac());
        Container shown = containerOf(container);
        ExternalPublish beside = new ExternalPublish(
                recreation.title(),
                withOwner(recreation.externalPublish(), shown),
                withOwner(recreation.externalWithdraw(), shown));
        List<PortSpec> after = externalPublishes(shown)
                .map(ExternalPublishSpec::port)
                .collect(Collectors.toCollection(ArrayList::new));
        after.removeAll(beside.withdraw());
        after.addAll(beside.publish());
        return new RecreationSteps(recreation, before)
                .plan(steps(beside), !after.isEmpty() || hasAttachedNetworks(shown));
    }

    private boolean hasAttachedNetworks(Container container) throws EngineException {
        return capabilities
                .recordedState()
                .filter(host -> !host.specs().endpointsOf(container.id()).isEmpty())
                .isPresent();
    }

    private static List<PortSpec> withOwner(List<PortSpec> ports, Container container) {
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
    private boolean hasNoPublishingNetwork(JsonNode container) {
        return container.at("/NetworkSettings/Networks").properties().stream()
                .map(entry -> state.network(entry.getKey()))
                .filter(Objects::nonNull)
                .allMatch(network -> network.path("Internal").asBoolean());
    }

    private Container containerOf(JsonNode container) {
        String name = EngineState.name(container);
        return topology.containers().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// What is published beside the engine can be seen only by who may change it.
    private @Nullable HostPortState hostPortState() throws EngineException {
        try {
            return capabilities.hostPortState();
        } catch (RefusedException unseen) {
            return null;
        }
    }

    private Stream<ExternalPublishSpec> externalPublishes(Container container) throws EngineException {
        HostPortState part = hostPortState();
        return part == null
                ? Stream.empty()
                : part.externalPublishes().stream()
                        .filter(external -> external.containerId().equals(container.id()));
    }

    /// By another container. What else has it the engine finds when the new container starts.
    private void requireFree(PortBinding port, Container container, Change.PortChange change)
            throws EngineException, RefusedException {
        for (Container other : topology.containers()) {
            boolean held = other.ports().stream()
                    .filter(own -> !other.equals(container) || !isReplaced(own, change))
                    .anyMatch(own -> own.inForce() && own.conflictsWith(port));
            boolean beside = !other.equals(container)
                    && externalPublishes(other)
                            .anyMatch(own -> PortSpecConverter.binding(own).conflictsWith(port));
            if (held || beside) {
                throw PortRefusals.portAllocated(container.name(), container.id(), port, other.name(), 0);
            }
        }
    }

    private static boolean isReplaced(PortBinding own, Change.PortChange change) {
        return change instanceof Change.Republish republish && PortRequests.matchedPorts(republish.old(), own) != null;
    }
}
