package dev.patchbay.core.lab.property;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.container.StopMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the model makes of a change.
final class ModelChange {
    private static final Set<String> PREDEFINED = Set.of("bridge", "host", "none", "default");
    private static final String ICC = "com.docker.network.bridge.enable_icc";
    private static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";
    private static final String MTU = "com.docker.network.driver.mtu";

    private final ModelHost world;

    private ModelChange(ModelHost world) {
        this.world = world;
    }

    /// The world after the change; empty when it is to be refused.
    static Optional<ModelHost> of(ModelHost before, Change change) {
        ModelHost after = before.copy();
        try {
            new ModelChange(after).make(change);
            return Optional.of(after);
        } catch (ModelRefusedException e) {
            return Optional.empty();
        }
    }

    private void make(Change change) throws ModelRefusedException {
        switch (change) {
            case Change.CreateNetwork create -> create(create);
            case Change.RemoveNetwork(String name) -> removeNetwork(name);
            case Change.PruneNetworks(Map<String, List<String>> filters) -> prune(filters);
            case Change.UpdateNetwork update -> update(update);
            case Change.Connect(String container, EndpointRequest place) -> {
                int box = world.box(container);
                plug(box, place);
                new ModelPorts(world, box).bindUnbound(world.net(place.network()));
            }
            case Change.Disconnect(String network, String container) -> {
                int box = world.box(container);
                int net = world.net(network);
                ModelRefusedException.when(
                        world.box(box).places().stream().noneMatch(place -> place.net() == net), "not connected");
                detach(box, net);
            }
            case Change.RunContainer run -> run(run);
            case Change.StartContainer(String container) -> start(world.box(container));
            case Change.StopContainer(String container, StopMode how) -> {
                int box = world.box(container);
                boolean kill = how.signal() == StopMode.SIGKILL;
                ModelRefusedException.when(kill && !world.box(box).running(), "there is nothing to kill");
                world.boxes.computeIfPresent(box, (_, it) -> it.running(false));
            }
            case Change.RestartContainer(String container, StopMode _) -> start(world.box(container));
            case Change.RenameContainer(String container, String name) -> {
                int box = world.box(container);
                refuseTakenContainer(name);
                world.boxes.computeIfPresent(box, (_, it) -> it.named(name));
            }
            // The model knows no aliases, and no sequence has this change.
            case Change.UpdateAliases _ -> {}
            case Change.UpdateContainer(String container, var restart) ->
                world.boxes.computeIfPresent(world.box(container), (_, it) -> it.with(restart));
            case Change.RemoveContainer(String container, boolean force) -> {
                int box = world.box(container);
                ModelRefusedException.when(world.box(box).running() && !force, "it runs");
                world.boxes.remove(box);
            }
            case Change.PruneContainers _ -> world.boxes.values().removeIf(box -> !box.running());
            case Change.Publish(String container, var mapping) ->
                new ModelPorts(world, world.box(container)).publish(mapping);
            case Change.Unpublish asked -> new ModelPorts(world, world.box(asked.container())).unpublish(asked);
            case Change.Republish(Change.Unpublish old, var mapping) -> {
                make(old);
                make(new Change.Publish(old.container(), mapping));
            }
            case Change.Recreate _ -> throw new ModelRefusedException("a Lab has no need of it");
            case Change.Batch(List<String> _, List<Change> parts) -> {
                for (Change part : parts) {
                    make(part);
                }
            }
        }
    }

    private void create(Change.CreateNetwork asked) throws ModelRefusedException {
        refuseTakenNetwork(asked.name());
        ModelSubnet subnet = null;
        String prefix6 = "";
        for (PoolRequest pool : asked.pools()) {
            String text = String.valueOf(pool.subnet());
            if (text.contains(":")) {
                String prefix = text.replace("::/64", "");
                ModelRefusedException.when(
                        world.nets.values().stream()
                                .anyMatch(net -> net.prefix6().equals(prefix)),
                        "overlaps");
                prefix6 = prefix;
            } else {
                subnet = ModelSubnet.of(text);
                ModelSubnet asking = subnet;
                ModelRefusedException.when(
                        world.nets.values().stream()
                                .anyMatch(net -> net.subnet().overlaps(asking)),
                        "overlaps");
            }
        }
        ModelRefusedException.when(!prefix6.isEmpty() && !asked.ipv6(), "IPv6 was not asked for");
        world.nets.put(
                world.nextKey(),
                new ModelNetwork(
                        asked.name(),
                        false,
                        subnet == null ? lowestFree() : subnet,
                        subnet != null,
                        prefix6,
                        asked.internal(),
                        !"false".equals(asked.options().get(ICC)),
                        !"false".equals(asked.options().get(MASQUERADE)),
                        Integer.parseInt(asked.options().getOrDefault(MTU, "0")),
                        asked.labels()));
    }

    /// Docker's first ones; no sequence needs more.
    private ModelSubnet lowestFree() throws ModelRefusedException {
        for (int second = 17; second < 32; second++) {
            ModelSubnet subnet = ModelSubnet.of("172." + second + ".0.0/16");
            if (world.isFree(subnet)) {
                return subnet;
            }
        }
        throw new ModelRefusedException("too many networks for the model");
    }

    private void refuseTakenNetwork(String name) throws ModelRefusedException {
        ModelRefusedException.when(
                PREDEFINED.contains(name)
                        || world.nets.values().stream()
                                .anyMatch(net -> net.name().equals(name)),
                "the name is taken");
    }

    private void refuseTakenContainer(String name) throws ModelRefusedException {
        ModelRefusedException.when(
                world.boxes.values().stream().anyMatch(box -> box.name().equals(name)), "the name is taken");
    }

    private void removeNetwork(String name) throws ModelRefusedException {
        int net = world.net(name);
        ModelRefusedException.when(world.net(net).predefined(), "it is there for good");
        for (ModelContainer box : world.boxes.values()) {
            ModelRefusedException.when(
                    box.running() && box.places().stream().anyMatch(place -> place.net() == net), "it is in use");
        }
        for (int box : List.copyOf(world.boxes.keySet())) {
            detach(box, net);
        }
        world.nets.remove(net);
    }

    private void prune(Map<String, List<String>> filters) {
        List<String> labels = filters.getOrDefault("label", List.of());
        world.nets
                .entrySet()
                .removeIf(entry -> !entry.getValue().predefined()
                        && world.placesOn(entry.getKey()).isEmpty()
                        && entry.getValue().labels().keySet().containsAll(labels));
    }

    private void update(Change.UpdateNetwork asked) throws ModelRefusedException {
        int key = world.net(asked.network());
        ModelNetwork net = world.net(key);
        ModelRefusedException.when(net.predefined(), "it is there for good");
        String name = asked.name() == null ? net.name() : asked.name();
        if (!name.equals(net.name())) {
            refuseTakenNetwork(name);
        }
        Map<String, String> labels = new HashMap<>(net.labels());
        for (String label : asked.removeLabels()) {
            ModelRefusedException.when(labels.remove(label) == null, "no such label");
        }
        labels.putAll(asked.addLabels());
        world.nets.put(
                key,
                new ModelNetwork(
                        name,
                        false,
                        net.subnet(),
                        net.given(),
                        net.prefix6(),
                        net.internal(),
                        net.icc(),
                        net.masquerade(),
                        asked.mtu() == null ? net.mtu() : Integer.parseInt(asked.mtu()),
                        labels));
    }

    private void run(Change.RunContainer asked) throws ModelRefusedException {
        String name = String.valueOf(asked.name());
        refuseTakenContainer(name);
        List<EndpointRequest> wanted =
                asked.networks().isEmpty() ? List.of(EndpointRequest.on("bridge")) : asked.networks();
        String first = wanted.getFirst().network();
        boolean alone = first.equals("host") || first.equals("none");
        for (EndpointRequest place : wanted) {
            boolean unlike = place.network().equals("host") || place.network().equals("none");
            ModelRefusedException.when(wanted.size() > 1 && unlike, "it is on that one alone");
        }
        int box = world.nextKey();
        ModelContainer made = new ModelContainer(
                name, alone ? first : "", asked.start(), asked.settings().restart(), List.of(), List.of());
        world.boxes.put(box, made);
        if (alone) {
            ModelRefusedException.when(
                    wanted.getFirst().address() != null
                            || !wanted.getFirst().aliases().isEmpty(),
                    "there is no place");
        } else {
            for (EndpointRequest place : wanted) {
                plug(box, place);
            }
        }
        new ModelPorts(world, box).ask(asked.ports(), first.equals("host"));
    }

    private void start(int box) throws ModelRefusedException {
        if (!world.box(box).running()) {
            ModelPorts ports = new ModelPorts(world, box);
            ports.bindUnbound(null);
            world.boxes.computeIfPresent(box, (_, it) -> it.running(true));
            ports.comeIntoForce();
        }
    }

    private void plug(int key, EndpointRequest asked) throws ModelRefusedException {
        ModelContainer box = world.box(key);
        int netKey = world.net(asked.network());
        ModelNetwork net = world.net(netKey);
        ModelRefusedException.when(!box.mode().isEmpty(), "it can be on no network");
        ModelRefusedException.when(net.predefined() && !asked.aliases().isEmpty(), "there are no aliases there");
        ModelRefusedException.when(box.places().stream().anyMatch(place -> place.net() == netKey), "it is there");
        Set<String> used = world.addressesOn(netKey);
        String address = asked.address();
        if (address == null) {
            address = net.subnet().lowestFree(used);
            ModelRefusedException.when(address.isEmpty(), "there is no free address");
        } else {
            ModelRefusedException.when(!net.given(), "the subnet was not chosen");
            ModelRefusedException.when(
                    !net.subnet().isForEndpoints(address) || used.contains(address), "no such address");
        }
        String address6 = "";
        for (int number = 2; net.hasIpv6() && (address6.isEmpty() || used.contains(address6)); number++) {
            address6 = net.prefix6() + "::" + Integer.toHexString(number);
        }
        List<ModelEndpoint> places = new ArrayList<>(box.places());
        ModelEndpoint leading =
                places.stream().filter(ModelEndpoint::route).findFirst().orElse(null);
        boolean leads = !net.internal() && (leading == null || leading.priority() < asked.gatewayPriority());
        if (leads) {
            places.replaceAll(place -> place.withRoute(false));
        }
        int link = 1 + places.stream().mapToInt(ModelEndpoint::link).max().orElse(-1);
        places.add(new ModelEndpoint(netKey, link, address, address6, asked.gatewayPriority(), leads));
        world.boxes.put(key, box.at(places));
    }

    private void detach(int key, int net) {
        ModelContainer box = world.box(key);
        List<ModelEndpoint> places = new ArrayList<>(box.places());
        places.removeIf(place -> place.net() == net);
        if (places.stream().noneMatch(ModelEndpoint::route)) {
            ModelEndpoint heir = heir(places);
            places.replaceAll(place -> place.equals(heir) ? place.withRoute(true) : place);
        }
        List<ModelPort> ports = box.ports().stream()
                .map(port -> Integer.valueOf(net).equals(port.net()) ? port.through(null) : port)
                .toList();
        world.boxes.put(key, box.at(places).publishing(ports));
    }

    /// The oldest one of the highest priority that leads out.
    private @Nullable ModelEndpoint heir(List<ModelEndpoint> places) {
        ModelEndpoint heir = null;
        for (ModelEndpoint place : places) {
            boolean leadsOut = !world.net(place.net()).internal();
            if (leadsOut && (heir == null || place.priority() > heir.priority())) {
                heir = place;
            }
        }
        return heir;
    }
}
