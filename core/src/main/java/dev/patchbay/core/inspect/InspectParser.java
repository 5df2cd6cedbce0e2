package dev.patchbay.core.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.ContainerConfig;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.container.ExtraHost;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.container.RestartPolicy;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Parses an inspect document to the change that would create its object, as far as the document
/// contains it.
public final class InspectParser {
    private InspectParser() {}

    /// Empty for a predefined network.
    public static Optional<Change.CreateNetwork> network(JsonNode document) {
        String name = document.path("Name").asText();
        if (List.of("bridge", "host", "none").contains(name)) {
            return Optional.empty();
        }
        List<PoolRequest> pools = new ArrayList<>();
        JsonNode ipam = document.path("IPAM");
        for (JsonNode pool : ipam.path("Config")) {
            pools.add(new PoolRequest(
                    textOrNull(pool, "Subnet"),
                    textOrNull(pool, "IPRange"),
                    textOrNull(pool, "Gateway"),
                    JsonValues.pairs(pool.path("AuxiliaryAddresses"))));
        }
        return Optional.of(new Change.CreateNetwork(
                name,
                document.path("Driver").asText(),
                pools,
                document.path("EnableIPv6").asBoolean(),
                document.path("Internal").asBoolean(),
                document.path("Attachable").asBoolean(),
                document.path("ConfigOnly").asBoolean(),
                textOrNull(document.path("ConfigFrom"), "Network"),
                JsonValues.pairs(document.path("Labels")),
                JsonValues.pairs(document.path("Options")),
                new Change.EngineSettings(
                        document.path("EnableIPv4").asBoolean(true),
                        "",
                        document.path("Ingress").asBoolean(),
                        ipam.path("Driver").asText(Change.EngineSettings.DEFAULT_IPAM_DRIVER),
                        ipamOptions(ipam)),
                Manager.HOST_DEFAULT));
    }

    /// Podman tells its name of the default driver among the options.
    private static Map<String, String> ipamOptions(JsonNode ipam) {
        Map<String, String> options = JsonValues.pairs(ipam.path("Options"));
        options.remove("driver", "host-local");
        return options;
    }

    public static Change.RunContainer container(JsonNode document) {
        JsonNode asked = document.path("Config");
        ContainerConfig config = config(document);
        return new Change.RunContainer(
                document.path("Name").asText().replaceFirst("^/", ""),
                asked.path("Image").asText(),
                config.command(),
                endpoints(document),
                config.ports(),
                List.of(),
                config.environment(),
                JsonValues.pairs(asked.path("Labels")),
                config.hostname().isEmpty() ? null : config.hostname(),
                config.domainname(),
                config.tty(),
                config.openStdin(),
                HostSettings.DEFAULT.withRestart(config.settings().restart()),
                true);
    }

    /// The requested settings of the container. A value that cannot be parsed is left out.
    public static ContainerConfig config(JsonNode document) {
        JsonNode config = document.path("Config");
        JsonNode host = document.path("HostConfig");
        String hostname = config.path("Hostname").asText("");
        return new ContainerConfig(
                JsonValues.list(config.path("Cmd")),
                JsonValues.list(config.path("Env")),
                document.path("Id").asText().startsWith(hostname) ? "" : hostname,
                config.path("Domainname").asText(""),
                config.path("Tty").asBoolean(),
                config.path("OpenStdin").asBoolean(),
                settings(host),
                ports(host.path("PortBindings")));
    }

    private static HostSettings settings(JsonNode host) {
        return new HostSettings(
                restart(host.path("RestartPolicy")),
                host.path("PublishAllPorts").asBoolean(),
                host.path("AutoRemove").asBoolean(),
                stream(host.path("Dns"))
                        .map(JsonValues::address)
                        .filter(Objects::nonNull)
                        .toList(),
                resolverWords(host.path("DnsSearch")),
                resolverWords(host.path("DnsOptions")),
                stream(host.path("ExtraHosts"))
                        .map(InspectParser::extraHost)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<String> resolverWords(JsonNode array) {
        return JsonValues.list(array).stream().filter(HostSettings::isWord).toList();
    }

    /// Null when it cannot be parsed.
    private static @Nullable ExtraHost extraHost(JsonNode node) {
        String line = node.asText();
        int colon = Math.max(line.indexOf(':'), 0);
        String address = line.substring(colon + 1);
        try {
            return new ExtraHost(
                    line.substring(0, colon),
                    address.equals(ExtraHost.HOST_GATEWAY) ? null : InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// The mode comes first: it is the value of `--network`.
    private static List<EndpointRequest> endpoints(JsonNode document) {
        String mode = document.path("HostConfig").path("NetworkMode").asText();
        List<EndpointRequest> places = new ArrayList<>();
        if (List.of("none", "host").contains(mode) || mode.startsWith("container:")) {
            places.add(EndpointRequest.on(mode));
            return places;
        }
        document.path("NetworkSettings").path("Networks").properties().forEach(entry -> {
            JsonNode chosen = entry.getValue().path("IPAMConfig");
            EndpointRequest place = new EndpointRequest(
                    entry.getKey(),
                    textOrNull(chosen, "IPv4Address"),
                    textOrNull(chosen, "IPv6Address"),
                    null,
                    List.of(),
                    0);
            if (entry.getKey().equals(mode)) {
                places.addFirst(place);
            } else if (!entry.getKey().equals("bridge") || !mode.equals("default")) {
                places.add(place);
            }
        });
        if (places.isEmpty() && !mode.isEmpty() && !mode.equals("default")) {
            places.add(EndpointRequest.on(mode));
        }
        return places;
    }

    private static List<PortMapping> ports(JsonNode bindings) {
        List<PortMapping> ports = new ArrayList<>();
        bindings.properties().forEach(entry -> {
            for (JsonNode binding : entry.getValue()) {
                String address = binding.path("HostIp").asText();
                String shown = address.contains(":") ? "[" + address + "]" : address;
                String outside = binding.path("HostPort").asText();
                String typed = (shown.isEmpty() ? "" : shown + ":")
                        + (outside.isEmpty() && shown.isEmpty() ? "" : outside + ":")
                        + entry.getKey();
                try {
                    ports.add(PortArgument.mapping(typed));
                } catch (PortArgument.InvalidPortException _) {
                    // An engine may publish ports of a protocol that Patchbay does not support.
                }
            }
        });
        return ports;
    }

    private static RestartPolicy restart(JsonNode policy) {
        String word = policy.path("Name").asText();
        for (RestartPolicy.Name name : RestartPolicy.Name.values()) {
            if (name.toString().equals(word)) {
                return new RestartPolicy(
                        name,
                        name == RestartPolicy.Name.ON_FAILURE
                                ? policy.path("MaximumRetryCount").asInt()
                                : 0);
            }
        }
        return RestartPolicy.NO;
    }

    private static @Nullable String textOrNull(JsonNode node, String key) {
        String text = node.path(key).asText("");
        return text.isEmpty() || text.equals("null") ? null : text;
    }
}
