package dev.patchbay.core.docker.network;

import static dev.patchbay.core.docker.api.ApiRequest.escaped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.plan.DockerStep;
import dev.patchbay.core.docker.plan.Precondition;
import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.core.docker.state.PodmanNormalizer;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.PoolRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Requests about networks and the endpoints of containers.
public final class NetworkSteps {
    /// The keys of an inspect document that a create request accepts.
    private static final List<String> CREATE_KEYS = List.of(
            "Name",
            "Driver",
            "EnableIPv4",
            "EnableIPv6",
            "IPAM",
            "Internal",
            "Attachable",
            "ConfigFrom",
            "ConfigOnly",
            "Options",
            "Labels");

    /// The keys that a network takes from its configuration; an engine refuses them beside one.
    private static final Set<String> CONFIGURATION_KEYS =
            Set.of("EnableIPv4", "EnableIPv6", "IPAM", "Options", "Labels");

    private static final String LOCAL = "local";

    private static final Set<String> CONNECT_KEYS =
            Set.of("IPAMConfig", "Links", "Aliases", "DriverOpts", "GwPriority");

    private NetworkSteps() {}

    public static DockerStep create(Change.CreateNetwork asked) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Name", asked.name());
        body.put("CheckDuplicate", true);
        body.put("Driver", asked.driver());
        body.put("Internal", asked.internal());
        body.put("Attachable", asked.attachable());
        body.put("EnableIPv6", asked.ipv6());
        body.put("ConfigOnly", asked.configOnly());
        if (asked.configFrom() != null) {
            body.putObject("ConfigFrom").put("Network", asked.configFrom());
        }
        Change.EngineSettings settings = asked.engineSettings();
        if (!settings.ipv4()) {
            body.put("EnableIPv4", false);
        }
        if (!settings.scope().isEmpty()) {
            body.put("Scope", settings.scope());
        }
        if (settings.ingress()) {
            body.put("Ingress", true);
        }
        putIpam(body, asked);
        asked.options().forEach(body.putObject("Options")::put);
        asked.labels().forEach(body.putObject("Labels")::put);
        EngineObject made = new EngineObject(Id.random().value(), asked.name());
        return createStep("create network " + asked.name(), EquivalentCommand.of(asked), body, made)
                .withInverse(remove(made));
    }

    /// @param made the network that the new one replaces, or a placeholder
    private static DockerStep createStep(String name, String line, ObjectNode body, EngineObject made) {
        ApiRequest request = ApiRequest.post("/networks/create", body);
        return new DockerStep(
                        name,
                        List.of(line, request.toString()),
                        new DockerStep.Action.CreateObject(request, made.id()),
                        new DockerStep.Inverse.NotNeeded())
                .requiring(new Precondition.NetworkNameIsFree(made.name()));
    }

    private static void putIpam(ObjectNode body, Change.CreateNetwork asked) {
        Change.EngineSettings settings = asked.engineSettings();
        List<PoolRequest> pools = asked.pools().stream()
                .filter(pool -> !pool.equals(PoolRequest.ANY))
                .toList();
        if (pools.isEmpty() && settings.hasDefaultIpam()) {
            return;
        }
        ObjectNode ipam = body.putObject("IPAM").put("Driver", settings.ipamDriver());
        if (!settings.ipamOptions().isEmpty()) {
            settings.ipamOptions().forEach(ipam.putObject("Options")::put);
        }
        ArrayNode configs = ipam.putArray("Config");
        pools.forEach(pool -> pool(configs.addObject(), pool));
    }

    private static void pool(ObjectNode config, PoolRequest pool) {
        put(config, "Subnet", pool.subnet());
        put(config, "IPRange", pool.range());
        put(config, "Gateway", pool.gateway());
        if (!pool.auxiliary().isEmpty()) {
            pool.auxiliary().forEach(config.putObject("AuxiliaryAddresses")::put);
        }
    }

    private static DockerStep remove(EngineObject network) {
        return on(
                        "remove network " + network.name(),
                        "docker network rm " + network.name(),
                        ApiRequest.Method.DELETE,
                        network,
                        "")
                .requiring(new Precondition.NetworkIsThere(network));
    }

    private static DockerStep on(
            String name, String line, ApiRequest.Method method, EngineObject network, String rest) {
        return DockerStep.request(
                name,
                line,
                ApiRequest.forObject(method, ApiRequest.NETWORKS, network.name(), rest, null),
                ApiRequest.forObject(method, ApiRequest.NETWORKS, network.id(), rest, null));
    }

    /// The inverse creates a network with the same settings and another id.
    public static DockerStep remove(JsonNode network) {
        return remove(EngineObject.network(network)).withInverse(recreate(network));
    }

    /// Creates the network again, with the settings of its inspect document.
    static DockerStep recreate(JsonNode network) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        boolean configured = !network.at("/ConfigFrom/Network").asText("").isEmpty();
        CREATE_KEYS.stream()
                .filter(key -> configured ? !CONFIGURATION_KEYS.contains(key) : !key.equals("ConfigFrom"))
                .filter(key ->
                        network.path(key).isValueNode() || !network.path(key).isEmpty())
                .forEach(key -> body.set(key, network.path(key).deepCopy()));
        body.put("CheckDuplicate", true);
        if (network.path("Ingress").asBoolean()) {
            body.put("Ingress", true);
        }
        if (!network.path("Scope").asText(LOCAL).equals(LOCAL)) {
            body.set("Scope", network.path("Scope"));
        }
        if (!NetworkDriver.BRIDGE.name().equals(network.path("Driver").asText())) {
            putParent(body, network.path(PodmanNormalizer.INTERFACE).asText(""));
        }
        EngineObject made = EngineObject.network(network);
        return createStep(
                "create network " + made.name() + " again", "docker network create " + made.name(), body, made);
    }

    /// Podman tells the parent apart from the options with which it was asked for.
    private static void putParent(ObjectNode body, String parent) {
        if (!parent.isEmpty()) {
            body.withObject("/Options").put(EngineNetworkReader.PARENT, parent);
        }
    }

    public static DockerStep connect(EngineObject network, EngineObject container, EndpointRequest asked) {
        ObjectNode config = endpoint(asked);
        String ipv4 = asked.address() == null ? "" : asked.address();
        return connect(
                        "connect " + container.name() + " to " + network.name(),
                        EquivalentCommand.of(new Change.Connect(container.name(), asked.withNetwork(network.name()))),
                        network,
                        container,
                        config.isEmpty() ? null : config)
                .withInverse(disconnectOnly(network, container, ipv4));
    }

    /// @param config the requested settings of the endpoint; null for none
    public static DockerStep connect(
            String name, String line, EngineObject network, EngineObject container, @Nullable JsonNode config) {
        return DockerStep.request(
                        name,
                        line,
                        connectRequest("/connect", network.name(), container.name(), config),
                        connectRequest("/connect", network.id(), container.id(), config))
                .requiring(
                        new Precondition.ContainerIsThere(container),
                        new Precondition.NetworkIsThere(network),
                        new Precondition.IsConnected(container, network, false, null));
    }

    private static ApiRequest connectRequest(String verb, String network, String container, @Nullable JsonNode config) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Container", container);
        if (config != null) {
            body.set("EndpointConfig", config);
        }
        return ApiRequest.forObject(ApiRequest.Method.POST, ApiRequest.NETWORKS, network, verb, body);
    }

    /// What a person asked of a place; empty when nothing.
    public static ObjectNode endpoint(EndpointRequest asked) {
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

    /// @param place the endpoint in the container's inspect document, for connecting it again
    public static DockerStep disconnect(EngineObject network, EngineObject container, JsonNode place) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        place.properties().stream()
                .filter(entry -> CONNECT_KEYS.contains(entry.getKey())
                        && !entry.getValue().isNull())
                .forEach(entry -> config.set(entry.getKey(), entry.getValue()));
        DockerStep again = connect(
                "connect " + container.name() + " to " + network.name() + " again",
                "docker network connect " + network.name() + " " + container.name(),
                network,
                container,
                config);
        return disconnectOnly(
                        network, container, place.at("/IPAMConfig/IPv4Address").asText(""))
                .withInverse(again);
    }

    private static DockerStep disconnectOnly(EngineObject network, EngineObject container, String ipv4) {
        return DockerStep.request(
                        "disconnect " + container.name() + " from " + network.name(),
                        "docker network disconnect " + network.name() + " " + container.name(),
                        connectRequest("/disconnect", network.name(), container.name(), null),
                        connectRequest("/disconnect", network.id(), container.id(), null))
                .requiring(
                        new Precondition.ContainerIsThere(container),
                        new Precondition.NetworkIsThere(network),
                        new Precondition.IsConnected(container, network, true, ipv4));
    }

    /// @param going the networks that it will remove, as far as known
    public static DockerStep prune(Change.PruneNetworks asked, List<JsonNode> going) {
        String names = going.stream().map(node -> node.path("Name").asText()).collect(Collectors.joining(", "));
        return new DockerStep(
                        "remove unused networks: " + names,
                        EquivalentCommand.of(asked),
                        ApiRequest.post("/networks/prune?filters=" + escaped(ApiRequest.filters(asked.filters()))))
                .requiring(going.stream()
                        .map(EngineObject::network)
                        .map(Precondition.NetworkIsThere::new)
                        .toArray(Precondition[]::new))
                .withInverse(going.stream().map(NetworkSteps::recreate).toList());
    }
}
