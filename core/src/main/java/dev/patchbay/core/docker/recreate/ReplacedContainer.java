package dev.patchbay.core.docker.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.state.EngineState;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A container that will be recreated.
///
/// @param container its inspect document
/// @param image inspect document of its image
/// @param taggedImage inspect document of the image that its image's name means now; missing for none
/// @param fileChanges its changes as in `docker diff`
/// @param supportsEndpointMac whether the engine reports and accepts a MAC address for each network
public record ReplacedContainer(
        JsonNode container, JsonNode image, JsonNode taggedImage, JsonNode fileChanges, boolean supportsEndpointMac) {
    private static final int SHORT_ID = 12;
    private static final int IPV4_BYTES = 4;
    private static final List<String> ENDPOINT_KEYS = List.of("IPAMConfig", "Links", "DriverOpts", "GwPriority");

    /// Its endpoint on a network.
    ///
    /// @param networkId the network's name when the engine does not report its id, which is before the
    ///     first start
    /// @param config the requested settings, as a connect request takes them
    /// @param address the present address; empty for none
    public record ReplacedEndpoint(String network, String networkId, ObjectNode config, String address) {
        /// Whether the address stays.
        boolean hasRequestedAddress() {
            return !config.at("/IPAMConfig/IPv4Address").asText("").isEmpty();
        }
    }

    String name() {
        return EngineState.name(container);
    }

    String shortId() {
        return container.path("Id").asText().substring(0, SHORT_ID);
    }

    public boolean isRunning() {
        return container.at("/State/Running").asBoolean();
    }

    /// Whether the engine chose its host name, which is then its short id.
    boolean hasHostnameOfId() {
        return container.at("/Config/Hostname").asText().equals(shortId());
    }

    /// The name of its image; the image's id when that name now means another image.
    String imageName() {
        String id = container.path("Image").asText();
        return taggedImage.path("Id").asText().equals(id)
                ? container.at("/Config/Image").asText()
                : id;
    }

    /// The endpoint of its network mode comes first.
    List<ReplacedEndpoint> endpoints() {
        List<ReplacedEndpoint> places = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry :
                container.at("/NetworkSettings/Networks").properties()) {
            String id = entry.getValue().path("NetworkID").asText("");
            ReplacedEndpoint place = new ReplacedEndpoint(
                    entry.getKey(),
                    id.isEmpty() ? entry.getKey() : id,
                    endpointConfig(entry.getValue()),
                    entry.getValue().path("IPAddress").asText(""));
            places.add(isMode(entry.getKey(), entry.getValue()) ? 0 : places.size(), place);
        }
        return places;
    }

    /// Its network mode may be a network that it is not on any more.
    @Nullable
    String staleNetworkMode() {
        List<ReplacedEndpoint> places = endpoints();
        return places.isEmpty()
                        || isMode(
                                places.getFirst().network(),
                                container
                                        .at("/NetworkSettings/Networks")
                                        .path(places.getFirst().network()))
                ? null
                : places.getFirst().network();
    }

    private boolean isMode(String network, JsonNode place) {
        String mode = container.at("/HostConfig/NetworkMode").asText();
        return network.equals(mode.equals("default") ? "bridge" : mode)
                || place.path("NetworkID").asText().equals(mode);
    }

    private ObjectNode endpointConfig(JsonNode place) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        for (String key : ENDPOINT_KEYS) {
            JsonNode value = place.path(key);
            if (value.isValueNode() ? value.isNumber() : !value.isEmpty()) {
                asked.set(key, value.deepCopy());
            }
        }
        // Docker itself adds the short id and the host name.
        String hostname = container.at("/Config/Hostname").asText("");
        StreamSupport.stream(place.path("Aliases").spliterator(), false)
                .map(JsonNode::asText)
                .filter(alias -> !alias.equals(shortId()) && !alias.equals(hostname))
                .forEach(alias -> asked.withArray("/Aliases").add(alias));
        String mac = place.path("MacAddress").asText("");
        if (supportsEndpointMac && !mac.isEmpty() && !mac.equals(macOfAddress(place))) {
            asked.put("MacAddress", mac);
        }
        return asked;
    }

    /// The MAC address that Docker before 28 derives from an address.
    private static String macOfAddress(JsonNode place) {
        String[] parts = place.path("IPAddress").asText("").split("\\.");
        if (parts.length != IPV4_BYTES) {
            return "";
        }
        byte[] bytes = new byte[IPV4_BYTES];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return "02:42:" + HexFormat.ofDelimiter(":").formatHex(bytes);
    }
}
