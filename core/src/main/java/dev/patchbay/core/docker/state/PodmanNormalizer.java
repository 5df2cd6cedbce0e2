package dev.patchbay.core.docker.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Podman's words as Docker's, where they differ and the picture needs them. What a person inspects stays as it was
/// said. Seen of Podman 4.3.1, whose `pkg/api/handlers/compat` and `libpod/container_inspect.go` write it so.
public final class PodmanNormalizer {
    /// What it adds to the environment of each container, some of it only when the container starts
    /// (`libpod/container_internal_common.go`, `pkg/specgen/generate/container.go`).
    public static final Set<String> ADDED_VARIABLES = Set.of("container", "PATH", "TERM", "HOME", "HOSTNAME");

    private static final Set<String> STATES_WITH_ENDPOINTS = Set.of("running", "paused", "stopping");
    private static final String INTERFACE = "network_interface";

    private final List<JsonNode> networks;
    private final Map<String, JsonNode> libpodById = new HashMap<>();
    private final Map<String, JsonNode> byLibpodName = new HashMap<>();

    /// @param own the networks in Podman's own words, of `/libpod/networks/json`: missing for another engine, whose
    ///     words stay as they are
    /// @param networks the same ones in the words it has for Docker's clients
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

    /// The networks, with the interface that carries each. Docker's clients are not told it, and a bridge is there
    /// only while a container runs on it: it is empty until then.
    ///
    /// @param listed containers as a listing has them, those that run at least
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
            // Its places and ports are another's, and Docker names none.
            settings.putObject("Ports");
        } else {
            EngineState.places(document).forEach(place -> putEndpoint(places, place.getKey(), place.getValue()));
        }
        if (hasSingleWordCommand(document.path("Config"))) {
            // The only word is the path, and stands among the arguments once more.
            container.putArray("Args");
        }
        return container;
    }

    /// A name stands where Docker has an id, and the default network has its own name, not `bridge` as in the
    /// listing.
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
