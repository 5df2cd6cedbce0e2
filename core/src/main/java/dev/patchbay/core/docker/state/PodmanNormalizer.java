package dev.patchbay.core.docker.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Converts Podman's documents to Docker's format where they differ and the topology needs it; inspect
/// documents for a person stay unchanged. Observed with Podman 4.3.1, in `pkg/api/handlers/compat` and
/// `libpod/container_inspect.go`.
public final class PodmanNormalizer {
    /// The variables that it adds to each container's environment, some of them at the start
    /// (`libpod/container_internal_common.go`, `pkg/specgen/generate/container.go`).
    public static final Set<String> ADDED_VARIABLES = Set.of("container", "PATH", "TERM", "HOME", "HOSTNAME");

    /// The options that its Docker-compatible API gives each bridge network. Observed with Podman 5.4 and 5.8,
    /// not with 4.3.
    public static final Map<String, String> ADDED_NETWORK_OPTIONS = Map.of("isolate", "true");

    private static final Set<String> STATES_WITH_ENDPOINTS = Set.of("running", "paused", "stopping");
    /// The key of a network's bridge or parent, which Docker has among the options.
    public static final String INTERFACE = "network_interface";

    private final List<JsonNode> networks;
    private final Map<String, JsonNode> libpodById = new HashMap<>();
    private final Map<String, JsonNode> byLibpodName = new HashMap<>();

    /// @param own the networks from `/libpod/networks/json`; missing for another engine, whose documents
    ///     stay unchanged
    /// @param networks the same networks from the Docker-compatible API
    public PodmanNormalizer(JsonNode own, List<JsonNode> networks) {
        this.networks = List.copyOf(networks);
        own.forEach(network -> libpodById.put(network.path("id").asText(), network));
        for (JsonNode network : networks) {
            JsonNode known = libpodById.get(network.path("Id").asText());
            if (known != null) {
                byLibpodName.put(known.path("name").asText(), network);
            }
        }
    }

    /// The networks with all their options and their bridges. Docker's API lacks them, and a bridge exists only
    /// while a container runs on it; until then it is empty.
    ///
    /// @param listed containers of a list, at least the running ones
    public List<JsonNode> networks(List<JsonNode> listed) {
        return networks.stream().map(network -> network(network, listed)).toList();
    }

    private JsonNode network(JsonNode document, List<JsonNode> listed) {
        JsonNode own = libpodById.get(document.path("Id").asText());
        if (own == null) {
            return document;
        }
        boolean there = !own.path("driver").asText().equals("bridge")
                || listed.stream()
                        .anyMatch(container -> STATES_WITH_ENDPOINTS.contains(
                                        container.path("State").asText())
                                && container
                                        .at("/NetworkSettings/Networks")
                                        .has(own.path("name").asText()));
        ObjectNode carried = document.deepCopy();
        ObjectNode options = carried.withObject("/Options");
        own.path("options").properties().forEach(option -> options.set(option.getKey(), option.getValue()));
        return carried.put(INTERFACE, there ? own.path(INTERFACE).asText("") : "");
    }

    /// A container's document.
    public JsonNode container(JsonNode document) {
        if (libpodById.isEmpty()) {
            return document;
        }
        ObjectNode container = document.deepCopy();
        ObjectNode settings = container.withObject("/NetworkSettings");
        ObjectNode places = settings.putObject("Networks");
        if (document.at("/HostConfig/NetworkMode").asText().startsWith("container:")) {
            // Its endpoints and ports are those of the other container, and Docker lists none.
            settings.putObject("Ports");
        } else {
            EngineState.places(document).forEach(place -> putEndpoint(places, place.getKey(), place.getValue()));
        }
        if (hasSingleWordCommand(document.path("Config"))) {
            // The only argument is the path, which Podman repeats in the arguments.
            container.putArray("Args");
        }
        return container;
    }

    /// Podman has a name where Docker has an id, and for the default network its own name instead of
    /// `bridge`.
    private void putEndpoint(ObjectNode places, String ownName, JsonNode document) {
        JsonNode network = byLibpodName.get(ownName);
        if (network == null) {
            places.set(ownName, document);
        } else {
            ObjectNode place = document.deepCopy();
            places.set(network.path("Name").asText(), place.set("NetworkID", network.path("Id")));
        }
    }

    private static boolean hasSingleWordCommand(JsonNode config) {
        return config.path("Entrypoint").size() + config.path("Cmd").size() == 1;
    }
}
