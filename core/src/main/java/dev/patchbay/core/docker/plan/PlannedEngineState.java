package dev.patchbay.core.docker.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.state.EngineState;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An engine's state after steps of a plan, as far as later steps depend on it: names, networks, requested
/// addresses and ports, and whether a container runs.
public final class PlannedEngineState {
    private static final Pattern OBJECT =
            Pattern.compile("/(containers|networks)/([^/?]+)(/[a-z]+)?(?:\\?(.*))?", Pattern.DOTALL);
    private static final String NAME_QUERY = "name=";
    private static final String NETWORKS = "/NetworkSettings/Networks";

    private PlannedEngineState() {}

    /// @param successor maps the id of a replaced object to the present one
    public static EngineState after(EngineState now, DockerStep step, UnaryOperator<String> successor) {
        return switch (step.action()) {
            case DockerStep.Action.CreateObject(ApiRequest request, String id) ->
                afterCreation(now, request, successor.apply(id));
            case DockerStep.Action.EngineRequest(ApiRequest request) -> after(now, request.forObject(successor));
            case DockerStep.Action.DiscardContainer(ApiRequest request, String _, String _) ->
                after(now, request.forObject(successor));
            case DockerStep.Action.Pull _,
                    DockerStep.Action.ExternalPublish _,
                    DockerStep.Action.TransferOwnership _,
                    DockerStep.Action.VerifyRunning _,
                    DockerStep.Action.AttachedNetworkChange _ -> now;
        };
    }

    private static EngineState afterCreation(EngineState now, ApiRequest request, String id) {
        if (!(request.body() instanceof ObjectNode body)) {
            return now;
        }
        if (request.path().startsWith("/" + ApiRequest.NETWORKS)) {
            List<JsonNode> networks = new ArrayList<>(now.networks());
            networks.add(body.deepCopy().put("Id", id));
            return new EngineState(now.engineAddress(), now.info(), networks, now.containers());
        }
        int query = request.path().indexOf(NAME_QUERY);
        String name = query < 0 ? "" : decoded(request.path().substring(query + NAME_QUERY.length()));
        List<JsonNode> containers = new ArrayList<>(now.containers());
        containers.add(container(now, body, id, name));
        return new EngineState(now.engineAddress(), now.info(), now.networks(), containers);
    }

    private static ObjectNode container(EngineState now, ObjectNode body, String id, String name) {
        ObjectNode container =
                JsonNodeFactory.instance.objectNode().put("Id", id).put("Name", "/" + name);
        ObjectNode config = body.deepCopy();
        config.remove(List.of("HostConfig", "NetworkingConfig"));
        container.set("Config", config);
        container.set("HostConfig", body.path("HostConfig").deepCopy());
        container.putObject("State").put("Running", false).put("Status", "created");
        ObjectNode places = container.putObject("NetworkSettings").putObject("Networks");
        body.at("/NetworkingConfig/EndpointsConfig")
                .properties()
                .forEach(entry -> putEndpoint(places, now.network(entry.getKey()), entry.getKey(), entry.getValue()));
        String mode = body.at("/HostConfig/NetworkMode").asText("default");
        if (places.isEmpty() && !mode.startsWith("container:")) {
            String network = mode.equals("default") ? "bridge" : mode;
            putEndpoint(places, now.network(network), network, JsonNodeFactory.instance.objectNode());
        }
        return container;
    }

    private static void putEndpoint(ObjectNode places, @Nullable JsonNode network, String typed, JsonNode config) {
        ObjectNode place = config instanceof ObjectNode known ? known.deepCopy() : places.objectNode();
        if (network == null) {
            places.set(typed, place);
        } else {
            places.set(EngineState.networkName(network), place.set("NetworkID", network.path("Id")));
        }
    }

    private static EngineState after(EngineState now, ApiRequest request) {
        Matcher object = OBJECT.matcher(request.path());
        if (request.method() == ApiRequest.Method.GET || !object.matches()) {
            return now;
        }
        boolean network = object.group(1).equals(ApiRequest.NETWORKS);
        JsonNode found = network ? now.networkById(object.group(2)) : now.containerById(object.group(2));
        if (found == null) {
            return now;
        }
        if (request.method() == ApiRequest.Method.DELETE) {
            return new EngineState(
                    now.engineAddress(), now.info(), without(now.networks(), found), without(now.containers(), found));
        }
        String verb = object.group(3) == null ? "" : object.group(3);
        JsonNode body = request.body() == null ? JsonNodeFactory.instance.objectNode() : request.body();
        if (network) {
            JsonNode container = now.containerById(body.path("Container").asText());
            return container instanceof ObjectNode known
                    ? with(now, known, afterConnection(known.deepCopy(), found, verb, body))
                    : now;
        }
        return found instanceof ObjectNode known
                ? with(now, known, afterChange(known.deepCopy(), verb, object.group(4), body))
                : now;
    }

    private static ObjectNode afterConnection(ObjectNode container, JsonNode network, String verb, JsonNode body) {
        ObjectNode places = container.withObject(NETWORKS);
        if (verb.equals("/connect")) {
            putEndpoint(places, network, "", body.path("EndpointConfig"));
        } else {
            places.remove(EngineState.networkName(network));
        }
        return container;
    }

    private static ObjectNode afterChange(ObjectNode container, String verb, @Nullable String query, JsonNode body) {
        switch (verb) {
            case "/start", "/restart" -> setRunning(container, true);
            case "/stop", "/kill" -> setRunning(container, false);
            case "/rename" ->
                container.put("Name", "/" + decoded(query == null ? "" : query.substring(NAME_QUERY.length())));
            case "/update" -> container.withObject("/HostConfig").setAll(fields(body));
            default -> {
                // Nothing that a later step depends on.
            }
        }
        return container;
    }

    private static void setRunning(ObjectNode container, boolean running) {
        container.withObject("/State").put("Running", running).put("Status", running ? "running" : "exited");
        ObjectNode settings = container.withObject("/NetworkSettings");
        settings.set("Ports", running ? container.at("/HostConfig/PortBindings").deepCopy() : settings.objectNode());
    }

    private static Map<String, JsonNode> fields(JsonNode body) {
        return body.propertyStream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static EngineState with(EngineState now, JsonNode before, JsonNode after) {
        return new EngineState(
                now.engineAddress(),
                now.info(),
                now.networks(),
                now.containers().stream()
                        .map(container -> haveSameId(container, before) ? after : container)
                        .toList());
    }

    private static List<JsonNode> without(List<JsonNode> all, JsonNode one) {
        return all.stream().filter(other -> !haveSameId(other, one)).toList();
    }

    private static boolean haveSameId(JsonNode first, JsonNode second) {
        return first.path("Id").equals(second.path("Id"));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
