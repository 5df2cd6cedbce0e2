package dev.patchbay.core.docker.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.naming.NameRules;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.net.Cidr;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The answers of an engine about itself.
///
/// @param engineAddress its address, by which records identify it
/// @param info of `/info`
/// @param networks their inspect documents, in the order of creation
/// @param containers their inspect documents, in the order of creation
public record EngineState(String engineAddress, JsonNode info, List<JsonNode> networks, List<JsonNode> containers) {
    private static final String ID = "Id";

    public EngineState {
        networks = List.copyOf(networks);
        containers = List.copyOf(containers);
    }

    /// The network with this name or id.
    ///
    /// @throws RefusedException when there is none, or several match
    public JsonNode requireNetwork(String typed) throws RefusedException {
        return NameLookup.network(networks, typed, EngineState::ids, EngineState::networkName);
    }

    /// As [#requireNetwork].
    public JsonNode requireContainer(String typed) throws RefusedException {
        return NameLookup.container(containers, typed, EngineState::ids, EngineState::name);
    }

    /// The only network that matches; null for none and for several.
    public @Nullable JsonNode network(String typed) {
        return only(NameLookup.matching(networks, typed, EngineState::ids, EngineState::networkName));
    }

    public @Nullable JsonNode container(String typed) {
        return only(
                NameLookup.matching(containers, NameRules.withoutSlash(typed), EngineState::ids, EngineState::name));
    }

    /// The network with this full id; null for none.
    public @Nullable JsonNode networkById(String id) {
        return first(networks, node -> node.path(ID).asText().equals(id));
    }

    public @Nullable JsonNode containerById(String id) {
        return first(containers, node -> node.path(ID).asText().equals(id));
    }

    /// The network with this full name; null for none.
    public @Nullable JsonNode networkNamed(String name) {
        return first(networks, node -> networkName(node).equals(name));
    }

    public @Nullable JsonNode containerNamed(String name) {
        return first(containers, node -> name(node).equals(name));
    }

    public static String networkName(JsonNode network) {
        return network.path("Name").asText();
    }

    /// A container's name without its slash.
    public static String name(JsonNode container) {
        String name = container.path("Name").asText();
        return name.startsWith("/") ? name.substring(1) : name;
    }

    /// Subnets of both families of a network, as far as they can be parsed.
    public static List<Cidr> subnets(JsonNode network) {
        return StreamSupport.stream(network.at("/IPAM/Config").spliterator(), false)
                .flatMap(config -> Stream.ofNullable(JsonValues.subnet(config.path("Subnet"))))
                .toList();
    }

    private static @Nullable JsonNode only(List<JsonNode> found) {
        return found.size() == 1 ? found.getFirst() : null;
    }

    private static @Nullable JsonNode first(List<JsonNode> all, Predicate<JsonNode> which) {
        return all.stream().filter(which).findFirst().orElse(null);
    }

    /// The ids of a network or container; an id that is not hexadecimal also has a derived one.
    public static List<String> ids(JsonNode object) {
        String id = object.path(ID).asText();
        String ours = JsonValues.id(id).value();
        return id.equals(ours) ? List.of(id) : List.of(id, ours);
    }

    /// The entries of `NetworkSettingsDocument.Networks`: name of a network, and the container's
    /// endpoint on it.
    public static Stream<Map.Entry<String, JsonNode>> places(JsonNode container) {
        return container.at("/NetworkSettings/Networks").properties().stream();
    }

    /// The network of such an entry; null when it was removed.
    public @Nullable JsonNode networkById(Map.Entry<String, JsonNode> place) {
        String id = place.getValue().path("NetworkID").asText("");
        JsonNode byId = id.isEmpty() ? null : network(id);
        // A container that was never started has no ids of networks yet.
        return byId == null ? network(place.getKey()) : byId;
    }

    /// Whether containers have links of their own on this network.
    public static boolean hasEndpoints(JsonNode network) {
        String driver = network.path("Driver").asText();
        return !driver.equals("host") && !driver.equals("null");
    }

    /// Whether the container has a link of its own on a network of the engine.
    public boolean isConnected(JsonNode container) {
        return places(container)
                .anyMatch(place -> networkById(place) instanceof JsonNode network && hasEndpoints(network));
    }

    /// Whether the container's processes exist.
    public static boolean isRunning(JsonNode container) {
        return container.at("/State/Running").asBoolean();
    }
}
