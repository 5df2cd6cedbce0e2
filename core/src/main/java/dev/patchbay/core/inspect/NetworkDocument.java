package dev.patchbay.core.inspect;

import static dev.patchbay.core.inspect.JsonParts.array;
import static dev.patchbay.core.inspect.JsonParts.object;
import static dev.patchbay.core.inspect.JsonParts.sorted;
import static dev.patchbay.core.inspect.JsonParts.time;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.TreeMap;

/// The document of `docker network inspect` for one network.
public final class NetworkDocument {
    private NetworkDocument() {}

    public static ObjectNode of(NetworkSpec network, Specs specs) {
        ObjectNode document = object();
        document.put("Name", network.name());
        document.put("Id", network.id().value());
        document.put("Created", time(network.created()));
        document.put("Scope", "local");
        document.put("Driver", network.driver().toString());
        document.put("EnableIPv6", network.ipv6());
        document.set("IPAM", ipam(network));
        document.put("Internal", network.internal());
        document.put("Attachable", network.attachable());
        document.put("Ingress", false);
        document.set("ConfigFrom", object().put("Network", network.configFrom()));
        document.put("ConfigOnly", network.configOnly());
        document.set("Containers", containers(network, specs));
        document.set("Options", sorted(network.options()));
        document.set("Labels", sorted(network.labels()));
        return document;
    }

    private static ObjectNode ipam(NetworkSpec network) {
        ObjectNode ipam = object();
        ipam.put("Driver", "default");
        ipam.set("Options", network.predefined() ? null : sorted(network.ipamOptions()));
        ArrayNode config = array();
        network.pools().forEach(pool -> config.add(pool(pool)));
        network.requested().forEach(pool -> config.add(requested(pool)));
        ipam.set("Config", config);
        return ipam;
    }

    /// Docker omits the gateway when only the subnet was given. The network has one anyway, so it is
    /// shown.
    private static ObjectNode pool(Pool pool) {
        ObjectNode config = object();
        config.put("Subnet", pool.subnet().toString());
        if (pool.range() != null) {
            config.put("IPRange", pool.range().toString());
        }
        config.put("Gateway", Addresses.format(pool.gateway()));
        if (!pool.auxiliary().isEmpty()) {
            ObjectNode auxiliary = object();
            new TreeMap<String, InetAddress>(pool.auxiliary())
                    .forEach((name, address) -> auxiliary.put(name, Addresses.format(address)));
            config.set("AuxiliaryAddresses", auxiliary);
        }
        return config;
    }

    private static ObjectNode requested(PoolRequest pool) {
        ObjectNode config = object();
        if (pool.subnet() != null) {
            config.put("Subnet", pool.subnet());
        }
        if (pool.range() != null) {
            config.put("IPRange", pool.range());
        }
        if (pool.gateway() != null) {
            config.put("Gateway", pool.gateway());
        }
        if (!pool.auxiliary().isEmpty()) {
            config.set("AuxiliaryAddresses", sorted(pool.auxiliary()));
        }
        return config;
    }

    /// As in Docker, a stopped container is on no network.
    private static ObjectNode containers(NetworkSpec network, Specs specs) {
        ObjectNode containers = object();
        specs.endpointsOn(network.id()).stream()
                .filter(endpoint -> specs.sandbox(endpoint.sandbox()).running())
                .sorted(Comparator.comparing(EndpointSpec::sandbox))
                .forEach(endpoint -> {
                    SandboxSpec sandbox = specs.sandbox(endpoint.sandbox());
                    ObjectNode place = object();
                    place.put("Name", sandbox.name());
                    place.put("EndpointID", endpoint.id().value());
                    place.put("MacAddress", endpoint.mac().toString());
                    place.put(
                            "IPv4Address",
                            endpoint.ipv4() == null ? "" : endpoint.ipv4().toString());
                    place.put(
                            "IPv6Address",
                            endpoint.ipv6() == null ? "" : endpoint.ipv6().toString());
                    containers.set(sandbox.id().value(), place);
                });
        return containers;
    }
}
