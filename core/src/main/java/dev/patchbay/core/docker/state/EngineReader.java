package dev.patchbay.core.docker.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.dockerjava.api.model.Event;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads all that an engine has. What no event was about since the last reading is not read again, except for the
/// list of containers: each of them costs a request of its own.
public final class EngineReader {
    /// A container and its process, as the engine tells it.
    public record RunningContainer(Id id, long process) {}

    private final DockerEngine engine;
    private final Map<String, JsonNode> cache = new HashMap<>();
    private @Nullable JsonNode info;
    private @Nullable PodmanNormalizer normalizer;

    public EngineReader(DockerEngine engine) {
        this.engine = engine;
    }

    /// The next reading asks again for what this event is about.
    public synchronized void invalidate(Event event) {
        cache.remove(EngineEvents.container(event));
        if (EngineEvents.changesNetworks(event)) {
            normalizer = null;
        }
    }

    /// The next reading asks for networks again: Podman has no event for one that is made or removed.
    public synchronized void invalidateNetworks() {
        normalizer = null;
    }

    public synchronized void invalidateAll() {
        cache.clear();
        info = null;
        normalizer = null;
    }

    public synchronized EngineState read() throws EngineException {
        try {
            JsonNode answer = info == null ? engine.get("/info") : info;
            PodmanNormalizer spoken = normalizer == null ? readNormalizer() : normalizer;
            info = answer;
            normalizer = spoken;
            List<JsonNode> listed = list("/containers/json?all=1");
            List<JsonNode> networks = new ArrayList<>(spoken.networks(listed));
            List<JsonNode> containers = new ArrayList<>();
            for (JsonNode entry : listed) {
                JsonNode container = container(entry.path("Id").asText(), spoken);
                if (container != null) {
                    containers.add(container);
                }
            }
            cache.keySet()
                    .retainAll(containers.stream()
                            .map(node -> node.path("Id").asText())
                            .toList());
            // The engine's own order is another one each time.
            Comparator<JsonNode> age =
                    Comparator.comparing(node -> node.path("Created").asText());
            containers.sort(age);
            networks.sort(Comparator.<JsonNode>comparingInt(EngineReader::rank).thenComparing(age));
            return new EngineState(engine.address(), answer, networks, containers);
        } catch (RefusedException refused) {
            throw new EngineException(
                    "read what the engine has", refused.refusal().sentence());
        }
    }

    /// The networks alone.
    public List<JsonNode> networks() throws EngineException {
        try {
            return readNormalizer().networks(list("/containers/json"));
        } catch (RefusedException refused) {
            throw new EngineException(
                    "read the engine's networks", refused.refusal().sentence());
        }
    }

    /// Those that run.
    public List<RunningContainer> running() throws EngineException {
        try {
            List<RunningContainer> running = new ArrayList<>();
            for (JsonNode entry : list("/containers/json")) {
                running(DockerIds.id(entry.path("Id").asText())).ifPresent(running::add);
            }
            return running;
        } catch (RefusedException refused) {
            throw new EngineException(
                    "read the engine's containers", refused.refusal().sentence());
        }
    }

    /// Empty for one that does not run any more.
    public Optional<RunningContainer> running(Id container) throws EngineException {
        try {
            long process = engine.get("/containers/" + container.value() + "/json")
                    .at("/State/Pid")
                    .asLong();
            return process > 0 ? Optional.of(new RunningContainer(container, process)) : Optional.empty();
        } catch (RefusedException gone) {
            return Optional.empty();
        }
    }

    private PodmanNormalizer readNormalizer() throws EngineException, RefusedException {
        List<JsonNode> networks = list("/networks");
        return new PodmanNormalizer(
                engine.isPodman() ? engine.getLibpod("/networks/json") : MissingNode.getInstance(), networks);
    }

    /// The predefined networks come first, in this order.
    private static int rank(JsonNode network) {
        return switch (network.path("Name").asText()) {
            case "bridge" -> 0;
            case "host" -> 1;
            case "none" -> 2;
            default -> 3;
        };
    }

    private List<JsonNode> list(String path) throws EngineException, RefusedException {
        List<JsonNode> nodes = new ArrayList<>();
        engine.get(path).forEach(nodes::add);
        return nodes;
    }

    /// Null for one that is gone since the list was made.
    private @Nullable JsonNode container(String id, PodmanNormalizer spoken) throws EngineException, RefusedException {
        JsonNode kept = cache.get(id);
        if (kept != null) {
            return kept;
        }
        try {
            JsonNode fresh = spoken.container(engine.get("/containers/" + ApiRequest.escaped(id) + "/json"));
            cache.put(id, fresh);
            return fresh;
        } catch (RefusedException refused) {
            if (refused.refusal().code().equals("container-not-found")) {
                return null;
            }
            throw refused;
        }
    }
}
