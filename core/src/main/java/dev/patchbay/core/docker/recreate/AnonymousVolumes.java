package dev.patchbay.core.docker.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the anonymous volumes of a recreated container, which would otherwise get new ones: the request
/// names them.
final class AnonymousVolumes {
    private AnonymousVolumes() {}

    /// Adds the volume's name to a mount without one.
    static void nameAnonymous(JsonNode container, ObjectNode host) {
        for (JsonNode mount : anonymous(container)) {
            ArrayNode mounts = host.path("Mounts") instanceof ArrayNode present ? present : host.putArray("Mounts");
            ObjectNode asked = at(mounts, mount.path("Destination").asText());
            if (asked == null) {
                asked = mounts.addObject()
                        .put("Type", "volume")
                        .put("Target", mount.path("Destination").asText())
                        .put("ReadOnly", !mount.path("RW").asBoolean(true));
            }
            asked.put("Source", mount.path("Name").asText());
            // A setting that was emptied stays empty.
            ObjectNode options = asked.path("VolumeOptions") instanceof ObjectNode present
                    ? present
                    : asked.putObject("VolumeOptions");
            options.put("NoCopy", true);
        }
    }

    /// The mounts of its anonymous volumes.
    static List<JsonNode> anonymous(JsonNode container) {
        List<JsonNode> unnamed = new ArrayList<>();
        for (JsonNode mount : sorted(container)) {
            if (mount.path("Type").asText().equals("volume") && !isNamed(container, mount)) {
                unnamed.add(mount);
            }
        }
        return unnamed;
    }

    /// Its mounts by destination; the engine's order varies.
    static List<JsonNode> sorted(JsonNode container) {
        List<JsonNode> mounts = new ArrayList<>();
        container.path("Mounts").forEach(mounts::add);
        mounts.sort(Comparator.comparing(mount -> mount.path("Destination").asText()));
        return mounts;
    }

    private static boolean isNamed(JsonNode container, JsonNode mount) {
        String destination = withoutTrailingSlash(mount.path("Destination").asText());
        for (JsonNode bind : container.at("/HostConfig/Binds")) {
            String[] parts = bind.asText().split(":", -1);
            if (parts.length > 1 && withoutTrailingSlash(parts[1]).equals(destination)) {
                return true;
            }
        }
        JsonNode asked = at(container.at("/HostConfig/Mounts"), destination);
        return asked != null && !asked.path("Source").asText("").isEmpty();
    }

    private static @Nullable ObjectNode at(JsonNode mounts, String destination) {
        for (JsonNode mount : mounts) {
            if (mount instanceof ObjectNode asked
                    && withoutTrailingSlash(asked.path("Target").asText()).equals(withoutTrailingSlash(destination))) {
                return asked;
            }
        }
        return null;
    }

    private static String withoutTrailingSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
