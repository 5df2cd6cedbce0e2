package dev.patchbay.core.docker.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// The changes of a container outside of volumes, which are lost with it.
///
/// @param paths of all changes, sorted, since the engine's order varies
record ContainerDiff(int changed, int added, int deleted, List<String> paths) {
    private static final int ADDED = 1;
    private static final int DELETED = 2;
    private static final int SHOWN = 3;
    private static final String INIT = "/sbin/docker-init";

    ContainerDiff {
        paths = paths.stream().sorted().toList();
    }

    /// @param changes as `docker diff` lists them, with mount points
    /// @param container its inspect document
    static ContainerDiff of(JsonNode changes, JsonNode container) {
        List<String> mounts = mounts(container);
        int[] counts = new int[DELETED + 1];
        List<String> paths = new ArrayList<>();
        for (JsonNode change : changes) {
            String path = change.path("Path").asText();
            if (!isParentOfMount(path, mounts)) {
                counts[Math.clamp(change.path("Kind").asInt(), 0, DELETED)]++;
                paths.add(path);
            }
        }
        return new ContainerDiff(counts[0], counts[ADDED], counts[DELETED], paths);
    }

    private static List<String> mounts(JsonNode container) {
        List<String> mounts = new ArrayList<>();
        container
                .path("Mounts")
                .forEach(mount -> mounts.add(mount.path("Destination").asText()));
        container.at("/HostConfig/Tmpfs").fieldNames().forEachRemaining(mounts::add);
        if (container.at("/HostConfig/Init").asBoolean()) {
            mounts.add(INIT);
        }
        return mounts;
    }

    private static boolean isParentOfMount(String path, List<String> mounts) {
        return mounts.stream().anyMatch(mount -> (mount + "/").startsWith(path + "/"));
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    @Override
    public String toString() {
        // A directory is listed before its changed content.
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
