package dev.patchbay.core.docker.plan;

import static dev.patchbay.core.docker.api.ApiRequest.escaped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.Change;
import dev.patchbay.core.EndpointRequest;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.plan.Titles;
import dev.patchbay.engine.spec.PoolRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Requests about networks and the places of containers on them.
final class NetworkSteps {
    /// What an inspect document has of a network that a request to create it takes.
    private static final List<String> KEPT = List.of(
            "Name",
            "Driver",
            "EnableIPv6",
            "IPAM",
            "Internal",
            "Attachable",
            "ConfigFrom",
            "ConfigOnly",
            "Options",
            "Labels");

    private static final Set<String> CONNECT_KEPT =
            Set.of("IPAMConfig", "Links", "Aliases", "DriverOpts", "GwPriority");

    private NetworkSteps() {}

    static DockerStep create(Change.CreateNetwork asked) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Name", asked.name());
        body.put("CheckDuplicate", true);
        body.put("Driver", asked.driver().toString());
        body.put("Internal", asked.internal());
        body.put("Attachable", asked.attachable());
        body.put("EnableIPv6", asked.ipv6());
        body.put("ConfigOnly", asked.configOnly());
        if (asked.configFrom() != null) {
            body.putObject("ConfigFrom").put("Network", asked.configFrom());
        }
        List<PoolRequest> pools =
                asked.pools().stream().filter(pool -> pool.subnet() != null).toList();
        if (!pools.isEmpty()) {
            ArrayNode configs = body.putObject("IPAM").put("Driver", "default").putArray("Config");
            pools.forEach(pool -> pool(configs.addObject(), pool));
        }
        asked.options().forEach(body.putObject("Options")::put);
        asked.labels().forEach(body.putObject("Labels")::put);
        return new DockerStep(
                        "create network " + asked.name(), Titles.of(asked), ApiRequest.post("/networks/create", body))
                .takenBackBy(remove(asked.name()));
    }

    private static void pool(ObjectNode config, PoolRequest pool) {
        config.put("Subnet", pool.subnet());
        if (pool.range() != null) {
            config.put("IPRange", pool.range());
        }
        if (pool.gateway() != null) {
            config.put("Gateway", pool.gateway());
        }
        if (!pool.auxiliary().isEmpty()) {
            pool.auxiliary().forEach(config.putObject("AuxiliaryAddresses")::put);
        }
    }

    private static DockerStep remove(String name) {
        return new DockerStep(
                "remove network " + name, "docker network rm " + name, ApiRequest.delete("/networks/" + escaped(name)));
    }

    /// Taken back by a network with the same settings; its id is another one.
    static DockerStep remove(JsonNode network) {
        String name = network.path("Name").asText();
        return remove(name).takenBackBy(again(network));
    }

    /// The network once more, with the settings of its inspect document.
    static DockerStep again(JsonNode network) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        KEPT.stream()
                .filter(key ->
                        network.path(key).isValueNode() || !network.path(key).isEmpty())
                .forEach(key -> body.set(key, network.path(key)));
        if (body.at("/ConfigFrom/Network").asText("").isEmpty()) {
            body.remove("ConfigFrom");
        }
        body.put("CheckDuplicate", true);
        String name = network.path("Name").asText();
        return new DockerStep(
                "create network " + name + " again",
                "docker network create " + name,
                ApiRequest.post("/networks/create", body));
    }

    static DockerStep connect(String network, String container, EndpointRequest asked) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Container", container);
        ObjectNode config = endpoint(asked);
        if (!config.isEmpty()) {
            body.set("EndpointConfig", config);
        }
        return new DockerStep(
                        "connect " + container + " to " + network,
                        Titles.of(new Change.Connect(container, on(asked, network))),
                        ApiRequest.post("/networks/" + escaped(network) + "/connect", body))
                .takenBackBy(disconnected(network, container));
    }

    private static EndpointRequest on(EndpointRequest asked, String network) {
        return new EndpointRequest(
                network, asked.address(), asked.address6(), asked.mac(), asked.aliases(), asked.gatewayPriority());
    }

    /// What a person asked of a place; empty when nothing.
    static ObjectNode endpoint(EndpointRequest asked) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        if (asked.address() != null || asked.address6() != null) {
            ObjectNode addresses = config.putObject("IPAMConfig");
            put(addresses, "IPv4Address", asked.address());
            put(addresses, "IPv6Address", asked.address6());
        }
        if (!asked.aliases().isEmpty()) {
            asked.aliases().forEach(config.putArray("Aliases")::add);
        }
        put(config, "MacAddress", asked.mac());
        if (asked.gatewayPriority() != 0) {
            config.put("GwPriority", asked.gatewayPriority());
        }
        return config;
    }

    private static void put(ObjectNode node, String key, @Nullable String value) {
        if (value != null) {
            node.put(key, value);
        }
    }

    /// @param place what the container's inspect document says of it, to be connected so again
    static DockerStep disconnect(String network, String container, JsonNode place) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Container", container);
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        place.properties().stream()
                .filter(entry -> CONNECT_KEPT.contains(entry.getKey())
                        && !entry.getValue().isNull())
                .forEach(entry -> config.set(entry.getKey(), entry.getValue()));
        body.set("EndpointConfig", config);
        DockerStep again = new DockerStep(
                "connect " + container + " to " + network + " again",
                "docker network connect " + network + " " + container,
                ApiRequest.post("/networks/" + escaped(network) + "/connect", body));
        return disconnected(network, container).takenBackBy(again);
    }

    private static DockerStep disconnected(String network, String container) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Container", container);
        return new DockerStep(
                "disconnect " + container + " from " + network,
                "docker network disconnect " + network + " " + container,
                ApiRequest.post("/networks/" + escaped(network) + "/disconnect", body));
    }

    /// @param going what it removes, as far as can be said before
    static DockerStep prune(Change.PruneNetworks asked, List<JsonNode> going) {
        String names = going.stream().map(node -> node.path("Name").asText()).collect(Collectors.joining(", "));
        return new DockerStep(
                        "remove unused networks: " + names,
                        Titles.of(asked),
                        ApiRequest.post("/networks/prune?filters=" + escaped(Filters.json(asked.filters()))))
                .takenBackBy(going.stream().map(NetworkSteps::again).toList());
    }
}
