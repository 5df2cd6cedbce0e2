package dev.patchbay.core.docker.network;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.docker.state.PodmanNormalizer;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.ipam.AddressPool;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkConfig;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads networks.
///
/// @param links of the kernel by name; null when they cannot be read, and only the engine's answer is
///     known
public record EngineNetworkReader(
        EngineState state, @Nullable Map<String, KernelState.Link> links) {
    private static final Set<String> PREDEFINED = Set.of("bridge", "host", "none", "podman");
    static final String PARENT = "parent";
    private static final String LOCAL = "local";
    private static final String BRIDGE_NAME = "com.docker.network.bridge.name";
    private static final Set<String> FAMILIES =
            Set.of("com.docker.network.enable_ipv4", "com.docker.network.enable_ipv6");
    private static final String MTU = "com.docker.network.driver.mtu";

    public Network network(JsonNode node) {
        String name = node.path("Name").asText();
        NetworkDriver driver = driver(node);
        List<Pool> pools = pools(node);
        Pool pool = pools.stream()
                .filter(candidate -> candidate.subnet().isIpv4())
                .findFirst()
                .orElse(null);
        Map<String, String> options = JsonValues.pairs(node.path("Options"));
        String link = parentLink(node, driver, options);
        return new Network(
                JsonValues.id(node.path("Id").asText()),
                name,
                Objects.requireNonNullElse(JsonValues.time(node.path("Created")), Instant.EPOCH),
                driver,
                link,
                new NetworkConfig(
                        pools,
                        false,
                        node.path("Attachable").asBoolean(),
                        withoutFamilies(options),
                        engineSettings(node, pool != null),
                        node.at("/ConfigFrom/Network").asText("")),
                node.path("Internal").asBoolean(),
                node.path("EnableIPv6").asBoolean(),
                node.path("ConfigOnly").asBoolean(),
                mtu(options),
                PREDEFINED.contains(name),
                isUp(link),
                pool == null ? 0 : new AddressPool(pool).usableCount(),
                pool == null ? 0 : new AddressPool(pool).freeCount(used(name)),
                JsonValues.pairs(node.path("Labels")));
    }

    private static NetworkDriver driver(JsonNode node) {
        return new NetworkDriver(
                node.path("Driver").asText(), node.path("Scope").asText(LOCAL));
    }

    /// Name of its bridge on this machine; empty for a network without one.
    public static String bridge(JsonNode node) {
        NetworkDriver driver = driver(node);
        return driver.makesBridges() ? parentLink(node, driver, JsonValues.pairs(node.path("Options"))) : "";
    }

    private static String parentLink(JsonNode node, NetworkDriver driver, Map<String, String> options) {
        if (driver.isOwnPlugin()) {
            return Ownership.bridgeName(JsonValues.id(node.path("Id").asText()));
        }
        return switch (driver.name()) {
            case "bridge" ->
                options.getOrDefault(
                        BRIDGE_NAME,
                        node.path(PodmanNormalizer.INTERFACE)
                                .asText("br-" + node.path("Id").asText().substring(0, 12)));
            case "macvlan" -> parent(node, options, "dm-");
            case "ipvlan" -> parent(node, options, "di-");
            default -> "";
        };
    }

    /// Docker makes a link for a network without a parent, whose name begins so.
    private static String parent(JsonNode node, Map<String, String> options, String prefix) {
        return options.getOrDefault(
                PARENT,
                node.path(PodmanNormalizer.INTERFACE)
                        .asText(prefix + node.path("Id").asText().substring(0, 12)));
    }

    private static int mtu(Map<String, String> options) {
        String typed = options.getOrDefault(MTU, "");
        return typed.matches("\\d{1,6}") ? Integer.parseInt(typed) : 0;
    }

    private boolean isUp(String link) {
        if (links == null || link.isEmpty()) {
            return true;
        }
        KernelState.Link seen = links.get(link);
        return seen != null && seen.up();
    }

    /// Engines from 28 on list the address families of a network as options.
    private static Map<String, String> withoutFamilies(Map<String, String> options) {
        Map<String, String> others = new HashMap<>(options);
        others.keySet().removeAll(FAMILIES);
        return others;
    }

    /// Podman says that no network has IPv4.
    private static Change.EngineSettings engineSettings(JsonNode node, boolean ipv4) {
        String scope = node.path("Scope").asText(LOCAL);
        return new Change.EngineSettings(
                ipv4 || node.path("EnableIPv4").asBoolean(true),
                scope.equals(LOCAL) ? "" : scope,
                node.path("Ingress").asBoolean(),
                node.at("/IPAM/Driver").asText(Change.EngineSettings.DEFAULT_IPAM_DRIVER),
                JsonValues.pairs(node.at("/IPAM/Options")));
    }

    private static List<Pool> pools(JsonNode node) {
        List<Pool> pools = new ArrayList<>();
        for (JsonNode config : node.at("/IPAM/Config")) {
            Cidr subnet = JsonValues.subnet(config.path("Subnet"));
            if (subnet != null) {
                pools.add(pool(config, subnet));
            }
        }
        return pools;
    }

    private static Pool pool(JsonNode config, Cidr subnet) {
        Map<String, InetAddress> reserved = new HashMap<>();
        config.path("AuxiliaryAddresses").properties().forEach(entry -> {
            InetAddress address = JsonValues.address(entry.getValue());
            if (address != null) {
                reserved.put(entry.getKey(), address);
            }
        });
        InetAddress gateway = JsonValues.address(config.path("Gateway"));
        InetAddress first = Addresses.plus(subnet.address(), 1);
        return new Pool(
                subnet,
                gateway != null && subnet.contains(gateway)
                        ? gateway
                        : subnet.contains(first) ? first : subnet.address(),
                JsonValues.subnet(config.path("IPRange")),
                reserved,
                true,
                gateway != null);
    }

    private Set<InetAddress> used(String network) {
        Set<InetAddress> used = new HashSet<>();
        state.containers().stream()
                .map(container -> container.at("/NetworkSettings/Networks").path(network))
                .map(place -> JsonValues.address(place.path("IPAddress")))
                .filter(Objects::nonNull)
                .forEach(used::add);
        return used;
    }
}
