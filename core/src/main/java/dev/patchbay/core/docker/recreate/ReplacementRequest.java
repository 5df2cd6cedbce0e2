package dev.patchbay.core.docker.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.plan.PortBindingRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The requests that create a copy of a container with other ports.
///
/// @param body of the create request
/// @param laterEndpoints endpoints to connect afterwards
public record ReplacementRequest(ObjectNode body, List<ReplacedContainer.ReplacedEndpoint> laterEndpoints) {
    private static final Set<String> WITHOUT_ENDPOINT = Set.of("default", "bridge");

    /// The settings that a change of a container has.
    private static final List<String> CONFIG_KEYS = List.of(
            "Image",
            "Cmd",
            "Hostname",
            "Domainname",
            "Tty",
            "OpenStdin",
            "Env",
            "Labels",
            "ExposedPorts",
            "MacAddress",
            "NetworkingConfig");

    private static final List<String> HOST_KEYS = List.of(
            "NetworkMode",
            "PortBindings",
            "PublishAllPorts",
            "AutoRemove",
            "RestartPolicy",
            "Dns",
            "DnsSearch",
            "DnsOptions",
            "ExtraHosts");

    public ReplacementRequest {
        laterEndpoints = List.copyOf(laterEndpoints);
    }

    public static ReplacementRequest of(ReplacedContainer before, Map<String, PortBindingRequest> ports) {
        ObjectNode body = before.container().path("Config").deepCopy();
        ObjectNode host = before.container().path("HostConfig").deepCopy();
        body.put("Image", before.imageName());
        if (before.hasHostnameOfId()) {
            body.remove("Hostname");
        }
        if (body.path("Entrypoint").isEmpty()
                && !before.image().at("/Config/Entrypoint").isEmpty()) {
            // A missing value would mean the image's own.
            body.putArray("Entrypoint").add("");
        }
        ports.forEach((port, made) -> set(body, host, port, made));
        AnonymousVolumes.nameAnonymous(before.container(), host);
        body.set("HostConfig", host);
        List<ReplacedContainer.ReplacedEndpoint> places = before.endpoints();
        if (!places.isEmpty()) {
            putNetwork(body, host, places.getFirst(), before.staleNetworkMode());
        }
        return new ReplacementRequest(body, places.stream().skip(1).toList());
    }

    /// The body of the request for a container with other settings in the place of this one, which keeps all
    /// settings that the request does not have: mounts, user, health check.
    ///
    /// @param asked the body with the other settings
    public static ObjectNode withSettings(ReplacedContainer before, ObjectNode asked) {
        ObjectNode body = of(before, Map.of()).body();
        JsonNode image = before.image().path("Config");
        // The new image has its own ones.
        List<String> ofImage = body.propertyStream()
                .filter(entry -> entry.getValue().equals(image.path(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        body.remove(ofImage);
        ObjectNode host = body.withObject("/HostConfig");
        replace(body, asked, CONFIG_KEYS);
        replace(host, asked.path("HostConfig"), HOST_KEYS);
        return body;
    }

    private static void replace(ObjectNode body, JsonNode asked, List<String> keys) {
        body.remove(keys);
        keys.stream().filter(asked::has).forEach(key -> body.set(key, asked.path(key)));
    }

    private static void set(ObjectNode body, ObjectNode host, String port, PortBindingRequest made) {
        ObjectNode exposed = object(body, "ExposedPorts");
        ObjectNode bindings = object(host, "PortBindings");
        exposed.remove(port);
        bindings.remove(port);
        if (made.exposed()) {
            exposed.putObject(port);
        }
        if (!made.bindings().isEmpty()) {
            bindings.putArray(port).addAll(made.bindings());
        }
    }

    private static ObjectNode object(ObjectNode parent, String key) {
        return parent.path(key) instanceof ObjectNode present ? present : parent.putObject(key);
    }

    /// Before API 1.44 a create request takes one network.
    private static void putNetwork(
            ObjectNode body, ObjectNode host, ReplacedContainer.ReplacedEndpoint first, @Nullable String mode) {
        if (mode != null) {
            host.put("NetworkMode", mode);
        }
        String name = host.path("NetworkMode").asText();
        JsonNode asked = first.config();
        if (!asked.isEmpty() || !WITHOUT_ENDPOINT.contains(name)) {
            body.putObject("NetworkingConfig").putObject("EndpointsConfig").set(name, asked);
        }
    }
}
