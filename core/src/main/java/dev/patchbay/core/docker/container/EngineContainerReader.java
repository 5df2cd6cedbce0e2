package dev.patchbay.core.docker.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.network.AttachedNetworks;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.helper.PortSpecConverter;
import dev.patchbay.core.inspect.InspectParser;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointConfig;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Translates one container.
record EngineContainerReader(EngineState state, JsonNode node, AttachedNetworks attached) {

    Container container() {
        List<Endpoint> endpoints = endpoints();
        JsonNode status = node.path("State");
        Container.State word = state(status.path("Status").asText());
        boolean runs = word == Container.State.RUNNING || word == Container.State.PAUSED;
        Id door = endpoints.stream()
                .filter(Endpoint::defaultRoute)
                .map(Endpoint::id)
                .findFirst()
                .orElse(null);
        List<Endpoint> places = Stream.concat(endpoints.stream(), attached.endpoints(id()).stream())
                .toList();
        List<PortBinding> ports = new ArrayList<>(new EnginePortReader(node, door).bindings(runs));
        ports.addAll(portsOfOwnDriver(endpoints));
        ports.addAll(externalPorts(places));
        return new Container(
                id(),
                EngineState.name(node),
                node.at("/Config/Image").asText(),
                command(),
                Objects.requireNonNullElse(JsonValues.time(node.path("Created")), Instant.EPOCH),
                word,
                runs ? status.path("Pid").asLong() : 0,
                status.path("ExitCode").asInt(),
                JsonValues.time(status.path("StartedAt")),
                JsonValues.time(status.path("FinishedAt")),
                node.at("/HostConfig/NetworkMode").asText(),
                exposed(),
                places,
                ports,
                JsonValues.pairs(node.at("/Config/Labels")),
                InspectParser.config(node),
                node.path("RestartCount").asInt(),
                health(status.at("/Health/Status").asText("")),
                mounts());
    }

    private static Container.Health health(String word) {
        return switch (word) {
            case "starting" -> Container.Health.STARTING;
            case "healthy" -> Container.Health.HEALTHY;
            case "unhealthy" -> Container.Health.UNHEALTHY;
            default -> Container.Health.NONE;
        };
    }

    /// The engine's own order is another one each time.
    private List<Container.Mount> mounts() {
        return node.path("Mounts")
                .valueStream()
                .map(mount -> new Container.Mount(
                        mount.path("Name").asText(""),
                        mount.path("Driver").asText(""),
                        mount.path("Source").asText(""),
                        mount.path("Destination").asText("")))
                .sorted(Comparator.comparing(Container.Mount::destination))
                .toList();
    }

    private Id id() {
        return JsonValues.id(node.path("Id").asText());
    }

    /// Published through an endpoint of Patchbay's driver, which the engine does not tell while the container runs.
    private List<PortBinding> portsOfOwnDriver(List<Endpoint> endpoints) {
        return endpoints.stream()
                .flatMap(endpoint -> attached.specs().portsOfEndpoint(endpoint.id()).stream())
                .map(port -> PortSpecConverter.binding(port, attached.specs()))
                .toList();
    }

    private List<PortBinding> externalPorts(List<Endpoint> endpoints) {
        return attached.externalPublishes(id()).stream()
                .map(external -> externalPorts(external, endpoints))
                .toList();
    }

    private static PortBinding externalPorts(ExternalPublishSpec external, List<Endpoint> endpoints) {
        ExternalPublishSpec.Target target = external.target();
        PortBinding port = PortSpecConverter.binding(external);
        return endpoints.stream()
                .filter(endpoint -> target != null && isTarget(target, endpoint))
                .findFirst()
                .map(endpoint -> port.withEndpoint(endpoint.id(), port.hostAddress(), port.alsoIpv6()))
                .orElse(port);
    }

    private static boolean isTarget(ExternalPublishSpec.Target target, Endpoint endpoint) {
        return Stream.of(endpoint.address(), endpoint.address6())
                .filter(Objects::nonNull)
                .anyMatch(target.addresses()::contains);
    }

    private List<String> command() {
        List<String> words = new ArrayList<>(List.of(node.path("Path").asText()));
        words.addAll(JsonValues.list(node.path("Args")));
        return words;
    }

    private static Container.State state(String word) {
        return switch (word) {
            case "running" -> Container.State.RUNNING;
            case "restarting" -> Container.State.RESTARTING;
            case "paused" -> Container.State.PAUSED;
            case "removing" -> Container.State.REMOVING;
            case "dead" -> Container.State.DEAD;
            case "created", "configured", "initialized" -> Container.State.CREATED;
            default -> Container.State.EXITED;
        };
    }

    private List<ExposedPort> exposed() {
        List<ExposedPort> ports = new ArrayList<>();
        node.at("/Config/ExposedPorts").propertyStream().map(Map.Entry::getKey).forEach(text -> {
            EnginePortReader.ContainerPorts inside = EnginePortReader.ContainerPorts.of(text);
            if (inside != null) {
                inside.numbers().forEach(port -> ports.add(new ExposedPort(port, inside.protocol())));
            }
        });
        ports.sort(Comparator.comparingInt(ExposedPort::port).thenComparing(ExposedPort::protocol));
        return ports;
    }

    /// The engine names no order of connecting; names have one.
    private List<Endpoint> endpoints() {
        List<Map.Entry<String, JsonNode>> places = EngineState.places(node)
                .sorted(Map.Entry.comparingByKey())
                .filter(place ->
                        state.networkById(place) instanceof JsonNode network && EngineState.hasEndpoints(network))
                .toList();
        String out = defaultRouteNetwork(places);
        List<Endpoint> endpoints = new ArrayList<>();
        for (Map.Entry<String, JsonNode> place : places) {
            JsonNode network = Objects.requireNonNull(state.networkById(place));
            endpoints.add(endpoint(network, place.getValue(), place.getKey().equals(out)));
        }
        return endpoints;
    }

    /// Name of the network that packets leave by, as libnetwork chooses it (`epHeap.Less`): of those with a gateway
    /// the one of the highest priority, which engines have from 28.0 on, then one with gateways of both families,
    /// then the first.
    ///
    /// @param places sorted by name
    private static @Nullable String defaultRouteNetwork(List<Map.Entry<String, JsonNode>> places) {
        return places.stream()
                .filter(place -> has(place.getValue(), "Gateway"))
                .min(Comparator.<Map.Entry<String, JsonNode>>comparingInt(
                                place -> -place.getValue().path("GwPriority").asInt())
                        .thenComparing(place -> !has(place.getValue(), "IPv6Gateway")))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static boolean has(JsonNode place, String key) {
        return !place.path(key).asText("").isEmpty();
    }

    private Endpoint endpoint(JsonNode network, JsonNode place, boolean first) {
        String id = place.path("EndpointID").asText("");
        String networkId = network.path("Id").asText();
        return new Endpoint(
                JsonValues.id(id.isEmpty() ? node.path("Id").asText() + " on " + networkId : id),
                JsonValues.id(networkId),
                "",
                "",
                cidr(place.path("IPAddress"), place.path("IPPrefixLen").asInt()),
                cidr(
                        place.path("GlobalIPv6Address"),
                        place.path("GlobalIPv6PrefixLen").asInt()),
                JsonValues.mac(place.path("MacAddress")),
                first,
                !place.path("IPAddress").asText("").isEmpty(),
                config(place));
    }

    /// Engines tell the MAC address of an endpoint, and not whether it was asked for. Those before 25 add the
    /// container's short id to its aliases.
    private EndpointConfig config(JsonNode place) {
        JsonNode asked = place.path("IPAMConfig");
        return new EndpointConfig(
                false,
                JsonValues.address(asked.path("IPv4Address")),
                JsonValues.address(asked.path("IPv6Address")),
                null,
                JsonValues.list(place.path("Aliases")).stream()
                        .filter(alias -> !alias.equals(id().shortForm()))
                        .toList(),
                place.path("GwPriority").asInt());
    }

    private static @Nullable Cidr cidr(JsonNode address, int prefix) {
        InetAddress known = JsonValues.address(address);
        return known == null || prefix > known.getAddress().length * 8 ? null : new Cidr(known, prefix);
    }
}
