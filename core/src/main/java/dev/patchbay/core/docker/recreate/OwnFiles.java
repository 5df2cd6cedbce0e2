package dev.patchbay.core.docker.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What a container changed in files that no volume holds: it goes with the container.
///
/// @param paths of all that was changed, in the engine's order
record OwnFiles(int changed, int added, int deleted, List<String> paths) {
    private static final int ADDED = 1;
    private static final int DELETED = 2;
    private static final int SHOWN = 3;

    OwnFiles {
        paths = List.copyOf(paths);
    }

    /// @param changes as `docker diff` lists them; the places where something is mounted are among them
    /// @param mounts of the inspect document
    static OwnFiles of(JsonNode changes, JsonNode mounts) {
        int[] counts = new int[DELETED + 1];
        List<String> paths = new ArrayList<>();
        for (JsonNode change : changes) {
            String path = change.path("Path").asText();
            if (!leadsToAMount(path, mounts)) {
                counts[Math.clamp(change.path("Kind").asInt(), 0, DELETED)]++;
                paths.add(path);
            }
        }
        return new OwnFiles(counts[0], counts[ADDED], counts[DELETED], paths);
    }

    private static boolean leadsToAMount(String path, JsonNode mounts) {
        for (JsonNode mount : mounts) {
            if ((mount.path("Destination").asText() + "/").startsWith(path + "/")) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    @Override
    public String toString() {
        // A directory is listed before what was changed in it.
        List<String> ends = new ArrayList<>();
        for (String path : paths) {
            if (paths.stream().noneMatch(other -> other.startsWith(path + "/"))) {
                ends.add(path);
            }
        }
        return added + " added, " + changed + " changed, " + deleted + " deleted: "
                + String.join(", ", ends.subList(0, Math.min(SHOWN, ends.size())))
                + (ends.size() > SHOWN ? ", …" : "");
    }
}
