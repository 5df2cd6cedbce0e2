package dev.patchbay.core.docker.plan;

import static dev.patchbay.core.docker.api.ApiRequest.escaped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.plan.DockerStep.Act;
import dev.patchbay.core.docker.recreate.Differences;
import dev.patchbay.core.docker.recreate.MadePort;
import dev.patchbay.core.docker.recreate.Predecessor;
import dev.patchbay.core.docker.recreate.Recreation;
import dev.patchbay.core.docker.recreate.Successor;
import dev.patchbay.engine.spec.Stopping;
import java.util.ArrayList;
import java.util.List;

/// The requests that put another container in the place of one. The new one is complete before the old one stops, and
/// the old one is there until the new one has started.
record RecreateSteps(Recreation asked, Predecessor before) {
    private static final List<String> ID = List.of("/Id");

    /// @param beside changes what is published beside the engine
    /// @param handsOver whether anything is, which the new container gets
    DockerPlan plan(List<DockerStep> beside, boolean handsOver) {
        String name = asked.container();
        String fresh = name + "-patchbay-new";
        String old = name + "-patchbay-old";
        Successor successor = Successor.of(before, asked.ports());
        List<DockerStep> steps = new ArrayList<>();
        steps.add(comparison(name));
        steps.add(create(fresh, successor.body()));
        successor.more().forEach(place -> steps.add(connect(fresh, place)));
        if (before.runs()) {
            steps.add(ContainerSteps.stopped(name, Stopping.IN_TIME));
        }
        steps.addAll(beside);
        steps.add(ContainerSteps.rename(name, old));
        steps.add(ContainerSteps.rename(fresh, name));
        if (before.runs()) {
            steps.add(ContainerSteps.start(name));
            steps.add(survive(name));
        }
        if (handsOver) {
            steps.add(handOver(old, name).takenBackBy(handOver(name, old)));
        }
        steps.add(discard(old));
        return new DockerPlan(asked.title(), steps, ID, asked);
    }

    private DockerStep comparison(String name) {
        ApiRequest request = ApiRequest.get("/containers/" + escaped(name) + "/changes");
        List<String> lines = new ArrayList<>(List.of("docker diff " + name, request.toString()));
        lines.addAll(Differences.of(before, asked));
        return new DockerStep(
                "compare " + name + " with the container in its place",
                lines,
                new Act.Ask(request),
                new DockerStep.Back.Nothing());
    }

    private DockerStep create(String fresh, ObjectNode body) {
        StringBuilder line = new StringBuilder("docker create --name " + fresh);
        body.at("/HostConfig/PortBindings")
                .properties()
                .forEach(entry -> entry.getValue()
                        .forEach(binding -> line.append(" -p ").append(argument(entry.getKey(), binding))));
        line.append(" … ").append(body.path("Image").asText());
        return new DockerStep(
                        "create container " + fresh,
                        line.toString(),
                        ApiRequest.post("/containers/create?name=" + escaped(fresh), body))
                .takenBackBy(ContainerSteps.removeByForce(fresh));
    }

    private static String argument(String port, JsonNode binding) {
        String[] sides = MadePort.text(port, binding).split("->", 2);
        return sides[0].replace("(free one)", "") + ":" + sides[1];
    }

    /// Goes with the container that is connected.
    private static DockerStep connect(String fresh, Predecessor.Place place) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Container", fresh);
        body.set("EndpointConfig", place.asked());
        return new DockerStep(
                "connect " + fresh + " to " + place.network(),
                "docker network connect " + place.network() + " " + fresh,
                ApiRequest.post("/networks/" + escaped(place.network()) + "/connect", body));
    }

    private static DockerStep survive(String name) {
        return new DockerStep(
                "see that " + name + " runs",
                List.of("docker inspect -f '{{.State.Status}}' " + name),
                new Act.Survive(name),
                new DockerStep.Back.Nothing());
    }

    private static DockerStep handOver(String from, String to) {
        return new DockerStep(
                "hand over what is beside the engine to " + to,
                List.of("patchbay: from " + from + " to " + to),
                new Act.HandOver(from, to),
                new DockerStep.Back.Nothing());
    }

    private static DockerStep discard(String old) {
        ApiRequest request = ApiRequest.delete("/containers/" + escaped(old));
        return new DockerStep(
                        "remove container " + old,
                        List.of("docker rm " + old, request.toString()),
                        new Act.Discard(request, old),
                        new DockerStep.Back.Nothing())
                .neverTakenBack("the first container is gone");
    }
}
