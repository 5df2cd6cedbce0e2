package dev.patchbay.core.lab.property;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The model: what a host has. Networks and containers have keys, since names change; a key is never given twice.
final class ModelHost {
    /// What the host and others have; a network over it would be in their way.
    private static final List<ModelSubnet> FOREIGN =
            Stream.of("10.200.0.0/24", "198.51.100.0/24").map(ModelSubnet::of).toList();

    final Map<Integer, ModelNetwork> nets = new TreeMap<>();
    final Map<Integer, ModelContainer> boxes = new TreeMap<>();
    private int keys;

    /// A host as it is at first.
    static ModelHost fresh() {
        ModelHost world = new ModelHost();
        ModelNetwork bridge = new ModelNetwork(
                "bridge", true, ModelSubnet.of("172.17.0.0/16"), false, "", false, true, true, 1500, Map.of());
        world.nets.put(world.nextKey(), bridge);
        return world;
    }

    ModelHost copy() {
        ModelHost copy = new ModelHost();
        copy.nets.putAll(nets);
        copy.boxes.putAll(boxes);
        copy.keys = keys;
        return copy;
    }

    int nextKey() {
        return keys++;
    }

    boolean sameAs(ModelHost other) {
        return nets.equals(other.nets) && boxes.equals(other.boxes);
    }

    int net(String name) throws ModelRefusedException {
        return key(nets.entrySet().stream()
                .filter(entry -> entry.getValue().name().equals(name))
                .map(Map.Entry::getKey));
    }

    int box(String name) throws ModelRefusedException {
        return key(boxes.entrySet().stream()
                .filter(entry -> entry.getValue().name().equals(name))
                .map(Map.Entry::getKey));
    }

    private static int key(Stream<Integer> found) throws ModelRefusedException {
        return found.findFirst().orElseThrow(() -> new ModelRefusedException("no such object"));
    }

    ModelNetwork net(int key) {
        return there(nets, key);
    }

    ModelContainer box(int key) {
        return there(boxes, key);
    }

    private static <T> T there(Map<Integer, T> all, int key) {
        T found = all.get(key);
        if (found == null) {
            throw new IllegalStateException("the model has lost " + key);
        }
        return found;
    }

    List<ModelEndpoint> placesOn(int net) {
        return boxes.values().stream()
                .flatMap(box -> box.places().stream())
                .filter(place -> place.net() == net)
                .toList();
    }

    Set<String> addressesOn(int net) {
        return placesOn(net).stream()
                .flatMap(place -> Stream.of(place.address(), place.address6()))
                .collect(Collectors.toSet());
    }

    /// Ports in force, those of one container left out.
    List<ModelPort> taken(int except) {
        List<ModelPort> taken = new ArrayList<>();
        boxes.forEach((key, box) -> {
            if (box.running() && key != except) {
                taken.addAll(box.bound());
            }
        });
        return taken;
    }

    boolean isFree(ModelSubnet subnet) {
        return Stream.concat(nets.values().stream().map(ModelNetwork::subnet), FOREIGN.stream())
                .noneMatch(subnet::overlaps);
    }
}
