package dev.patchbay.core.docker.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.container.ContainerSteps;
import dev.patchbay.core.docker.network.NetworkSteps;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.plan.DockerStep;
import dev.patchbay.core.docker.plan.DockerStep.Action;
import dev.patchbay.core.docker.plan.PortBindingRequest;
import dev.patchbay.core.docker.plan.Recreation;
import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.StopMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The requests that replace a container by another one. The new one is complete before the old one
/// stops, and the old one exists until the new one has started.
public record RecreationSteps(Recreation recreation, ReplacedContainer replaced) {
    /// Ends the name of a container that is stopped until its removal.
    public static final String ASIDE = "-patchbay-old";

    private static final List<String> ID = List.of("/Id");

    /// @param beside changes of ports published beside the engine
    /// @param handsOver whether objects beside the engine are transferred to the new container
    DockerPlan plan(List<DockerStep> beside, boolean handsOver) {
        EngineObject present = recreation.container();
        String name = present.name();
        EngineObject old = new EngineObject(present.id(), name + ASIDE);
        EngineObject fresh = new EngineObject(Id.random().value(), name + "-patchbay-new");
        EngineObject replacement = new EngineObject(fresh.id(), name);
        ReplacementRequest successor = ReplacementRequest.of(replaced, recreation.ports());
        List<DockerStep> steps = new ArrayList<>();
        steps.add(comparison(present));
        steps.add(create(fresh, successor.body()));
        successor.laterEndpoints().forEach(place -> steps.add(connect(fresh, place)));
        if (replaced.isRunning()) {
            steps.add(ContainerSteps.reversibleStop(present, StopMode.GRACEFUL));
        }
        steps.addAll(beside);
        steps.add(ContainerSteps.rename(present, old.name()));
        steps.add(ContainerSteps.rename(fresh, name));
        if (replaced.isRunning()) {
            steps.add(ContainerSteps.start(replacement));
            steps.add(verifyRunning(replacement));
        }
        if (handsOver) {
            steps.add(transferOwnership(old, replacement).withInverse(transferOwnership(replacement, old)));
        }
        steps.add(discard(old, replacement));
        return new DockerPlan(recreation.title(), steps, ID, recreation);
    }

    /// The requests that create a removed container again, with its settings and its endpoints, but without its
    /// files.
    public static List<DockerStep> createAgain(ReplacedContainer removed) {
        EngineObject container = EngineObject.container(removed.container());
        ReplacementRequest request = ReplacementRequest.of(removed, Map.of());
        List<DockerStep> steps = new ArrayList<>();
        steps.add(create(container, request.body()));
        request.laterEndpoints().forEach(place -> steps.add(connect(container, place)));
        if (removed.isRunning()) {
            steps.add(ContainerSteps.startOnly(container));
        }
        return steps;
    }

    private DockerStep comparison(EngineObject container) {
        String changes = "/changes";
        ApiRequest shown = ApiRequest.forObject(ApiRequest.Method.GET, "containers", container.name(), changes, null);
        List<String> lines = new ArrayList<>(List.of("docker diff " + container.name(), shown.toString()));
        lines.addAll(RecreationDifferences.of(replaced, recreation));
        return new DockerStep(
                "compare " + container.name() + " with the container in its place",
                lines,
                new Action.EngineRequest(
                        ApiRequest.forObject(ApiRequest.Method.GET, "containers", container.id(), changes, null)),
                new DockerStep.Inverse.NotNeeded());
    }

    private static DockerStep create(EngineObject fresh, ObjectNode body) {
        StringBuilder line = new StringBuilder("docker create --name " + fresh.name());
        body.at("/HostConfig/PortBindings")
                .properties()
                .forEach(entry -> entry.getValue()
                        .forEach(binding -> line.append(" -p ").append(argument(entry.getKey(), binding))));
        line.append(" … ").append(body.path("Image").asText());
        return ContainerSteps.create(fresh, line.toString(), body);
    }

    private static String argument(String port, JsonNode binding) {
        String[] sides = PortBindingRequest.text(port, binding).split("->", 2);
        return sides[0].replace("(free one)", "") + ":" + sides[1];
    }

    /// Removed with the connected container, so it needs no inverse.
    private static DockerStep connect(EngineObject fresh, ReplacedContainer.ReplacedEndpoint place) {
        return NetworkSteps.connect(
                "connect " + fresh.name() + " to " + place.network(),
                "docker network connect " + place.network() + " " + fresh.name(),
                new EngineObject(place.networkId(), place.network()),
                fresh,
                place.config());
    }

    private static DockerStep verifyRunning(EngineObject container) {
        return new DockerStep(
                "see that " + container.name() + " runs",
                List.of("docker inspect -f '{{.State.Status}}' " + container.name()),
                new Action.VerifyRunning(container),
                new DockerStep.Inverse.NotNeeded());
    }

    private static DockerStep transferOwnership(EngineObject from, EngineObject to) {
        return new DockerStep(
                "hand over what is beside the engine to " + to.name(),
                List.of("patchbay: from " + from.name() + " to " + to.name()),
                new Action.TransferOwnership(from.id(), to.id()),
                new DockerStep.Inverse.NotNeeded());
    }

    private static DockerStep discard(EngineObject old, EngineObject replacement) {
        ApiRequest shown = ApiRequest.forObject(ApiRequest.Method.DELETE, "containers", old.name(), "", null);
        ApiRequest sent = ApiRequest.forObject(ApiRequest.Method.DELETE, "containers", old.id(), "", null);
        return new DockerStep(
                        "remove container " + old.name(),
                        List.of("docker rm " + old.name(), shown.toString()),
                        new Action.DiscardContainer(sent, old.id(), replacement.id()),
                        new DockerStep.Inverse.NotNeeded())
                .withoutInverse("the first container is gone");
    }
}
