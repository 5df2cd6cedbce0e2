package dev.patchbay.core.lab.property;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Steps out of a seed, and out of nothing else. Names, addresses and ports come from so small a stock that many a
/// step is to be refused; the model is asked so that most are not.
final class StepSequence {
    static final int LENGTH = 30;

    /// Ends at once when it is asked to.
    static final List<String> WORKLOAD = List.of("sh", "-c", "trap 'exit 0' TERM; sleep 86399 & wait $!");

    private static final List<String> NETWORKS = List.of("n1", "n2", "n3", "n4");
    // No hexadecimal digits alone: those would be prefixes of ids as well.
    private static final List<String> CONTAINERS = List.of("box1", "box2", "box3", "box4", "box5");
    private static final List<String> HOST_ADDRESSES = List.of("", "", "", "127.0.0.1", "198.51.100.2", "192.0.2.9");
    private static final List<Cidr> SOURCES = List.of(Cidr.of("198.51.100.0/25"), Cidr.of("192.0.2.7/32"));

    private final RandomGenerator random;

    private StepSequence(long seed) {
        this.random = new Random(seed);
    }

    static List<ModelStep> of(long seed) {
        StepSequence sequence = new StepSequence(seed);
        ModelHistory history = new ModelHistory();
        List<ModelStep> steps = new ArrayList<>();
        while (steps.size() < LENGTH) {
            steps.add(sequence.next(history));
        }
        return steps;
    }

    private ModelStep next(ModelHistory history) {
        int which = random.nextInt(100);
        if (which < 8 && history.undoable() > 0) {
            history.undo();
            return new ModelStep.Undo();
        }
        // What was undone is often forgotten by the next action; so it is done again at once, or not at all.
        if (which < 40 && history.redoable() > 0) {
            history.redo();
            return new ModelStep.Redo();
        }
        if (which > 97) {
            return new ModelStep.Repair();
        }
        Change change = change(history.now());
        Optional<ModelHost> after = ModelChange.of(history.now(), change);
        for (int i = 0; i < 4 && after.isEmpty(); i++) {
            change = change(history.now());
            after = ModelChange.of(history.now(), change);
        }
        // Whether an action without an effect is written down is not foretold; in doubt there is less to undo.
        after.filter(world -> !world.sameAs(history.now())).ifPresent(history::act);
        return new ModelStep.Do(change, one(6));
    }

    private Change change(ModelHost world) {
        return switch (random.nextInt(32)) {
            case 0, 1, 2 -> create();
            case 3 -> new Change.RemoveNetwork(network());
            case 4 ->
                random.nextBoolean()
                        ? new Change.RemoveNetwork(network())
                        : new Change.PruneNetworks(one(2) ? Map.of() : Map.of("label", List.of("old")));
            case 5 -> update(world);
            case 6, 7, 8, 9, 10 -> run(world);
            case 11, 12 -> new Change.StartContainer(container(world));
            case 13, 14 -> new Change.StopContainer(container(world), one(3) ? StopMode.KILL : StopMode.GRACEFUL);
            case 15 ->
                one(4)
                        ? new Change.PruneContainers(Map.of())
                        : new Change.RestartContainer(container(world), StopMode.KILL);
            case 16 -> new Change.RenameContainer(container(world), pick(CONTAINERS));
            case 17, 18 -> new Change.RemoveContainer(container(world), !one(3));
            case 19, 20, 21, 22 -> new Change.Connect(container(world), place(world, network()));
            case 23, 24 -> disconnect(world);
            case 25, 26, 27, 28 -> new Change.Publish(container(world), mapping());
            case 29, 30 -> unpublish(world);
            default -> random.nextBoolean() ? new Change.UpdateContainer(container(world), restart()) : together(world);
        };
    }

    private Change together(ModelHost world) {
        String name = container(world);
        return new Change.Batch(
                List.of("patchbay", "together"),
                List.of(new Change.Publish(name, mapping()), new Change.Connect(name, place(world, network()))));
    }

    private Change create() {
        List<PoolRequest> pools = new ArrayList<>();
        if (!one(3)) {
            pools.add(PoolRequest.subnet(
                    pick(List.of("10.61.0.0/24", "10.61.0.128/25", "10.62.0.0/29", "10.63.0.0/16", "10.64.0.0/30"))));
        }
        boolean ipv6 = one(4);
        if (ipv6) {
            pools.add(PoolRequest.subnet("fd00:" + random.nextInt(1, 4) + "::/64"));
        }
        Map<String, String> options = new HashMap<>();
        if (one(4)) {
            options.put("com.docker.network.bridge.enable_icc", "false");
        }
        if (one(4)) {
            options.put("com.docker.network.bridge.enable_ip_masquerade", "false");
        }
        if (one(6)) {
            options.put("com.docker.network.driver.mtu", "1400");
        }
        return new Change.CreateNetwork(
                network(),
                Driver.BRIDGE,
                pools,
                ipv6,
                one(4),
                false,
                false,
                null,
                one(3) ? Map.of("old", "yes") : Map.of(),
                options);
    }

    private Change update(ModelHost world) {
        String name = network();
        boolean labelled = world.nets.values().stream()
                .anyMatch(net -> net.name().equals(name) && net.labels().containsKey("old"));
        return new Change.UpdateNetwork(
                name,
                one(2) ? pick(NETWORKS) : null,
                one(3) ? Map.of("old", "no") : Map.of(),
                labelled && one(3) ? List.of("old") : List.of(),
                one(2) ? pick(List.of("1300", "1400")) : "0");
    }

    private Change run(ModelHost world) {
        List<EndpointRequest> places = new ArrayList<>();
        if (one(12)) {
            places.add(EndpointRequest.on(pick(List.of("none", "host"))));
        } else if (!one(4)) {
            places.add(place(world, network()));
            if (one(4)) {
                places.add(place(world, network()));
            }
        }
        List<PortMapping> ports = new ArrayList<>();
        while (one(3)) {
            ports.add(mapping());
        }
        Change.RunContainer plain = Change.RunContainer.of(pick(CONTAINERS), "host", WORKLOAD, places)
                .withPorts(ports)
                .withSettings(HostSettings.DEFAULT.withRestart(restart()));
        return one(8) ? stopped(plain) : plain;
    }

    private static Change stopped(Change.RunContainer run) {
        return new Change.RunContainer(
                run.name(),
                run.image(),
                run.command(),
                run.networks(),
                run.ports(),
                run.exposed(),
                run.environment(),
                run.labels(),
                run.hostname(),
                run.domainname(),
                run.tty(),
                run.openStdin(),
                run.settings(),
                false);
    }

    private RestartPolicy restart() {
        return new RestartPolicy(
                pick(List.of(
                        RestartPolicy.Name.NO,
                        RestartPolicy.Name.NO,
                        RestartPolicy.Name.ALWAYS,
                        RestartPolicy.Name.UNLESS_STOPPED)),
                0);
    }

    private EndpointRequest place(ModelHost world, String network) {
        EndpointRequest place = EndpointRequest.on(network)
                .withAliases(one(4) && !network.equals("bridge") ? List.of("www") : List.of())
                .withGatewayPriority(one(4) ? random.nextInt(1, 3) : 0);
        Optional<ModelNetwork> net = world.nets.values().stream()
                .filter(known -> known.name().equals(network))
                .findFirst();
        // Beyond a /29, at its broadcast address and taken ones are among them.
        return net.isPresent() && net.get().given() && one(3)
                ? place.withAddress(ModelSubnet.text(net.get().subnet().first() + random.nextInt(2, 9)))
                : place;
    }

    private Change disconnect(ModelHost world) {
        String name = container(world);
        List<String> on = world.boxes.values().stream()
                .filter(box -> box.name().equals(name))
                .flatMap(box -> box.places().stream())
                .map(place -> world.net(place.net()).name())
                .toList();
        return new Change.Disconnect(on.isEmpty() || one(8) ? network() : pick(on), name);
    }

    private PortMapping mapping() {
        Protocol protocol = one(3) ? Protocol.UDP : Protocol.TCP;
        int outside = random.nextInt(8080, 8088);
        int inside = random.nextInt(80, 84);
        int size = random.nextInt(1, 4);
        String address = pick(HOST_ADDRESSES);
        PortRange insides = one(3) ? new PortRange(inside, inside + size) : PortRange.single(inside);
        PortRange outsides = one(4)
                ? null
                : insides.size() == 1 && one(6)
                        ? new PortRange(outside, outside + size)
                        : one(12)
                                ? new PortRange(outside, outside + insides.size())
                                : new PortRange(outside, outside + insides.size() - 1);
        return new PortMapping(
                address.isEmpty() ? null : InetAddress.ofLiteral(address),
                outsides,
                insides,
                protocol,
                one(4) ? SOURCES.subList(0, random.nextInt(1, 3)) : List.of());
    }

    private Change unpublish(ModelHost world) {
        String name = container(world);
        List<ModelPort> ports = world.boxes.values().stream()
                .filter(box -> box.name().equals(name))
                .flatMap(box -> box.ports().stream())
                .toList();
        if (ports.isEmpty() || one(10)) {
            return Change.Unpublish.single(name, 8080, 80, Protocol.TCP);
        }
        ModelPort port = pick(ports);
        PortRange whole = port.outside();
        PortRange part = one(2) ? whole : PortRange.single(random.nextInt(whole.first(), whole.last() + 1));
        return one(2)
                ? new Change.Unpublish(name, null, part, null, port.protocol())
                : new Change.Unpublish(name, null, null, port.inside(), port.protocol());
    }

    private String network() {
        return one(9) ? "bridge" : one(40) ? "nowhere" : pick(NETWORKS);
    }

    /// Mostly one that is there.
    private String container(ModelHost world) {
        List<String> names =
                world.boxes.values().stream().map(ModelContainer::name).sorted().toList();
        return names.isEmpty() || one(20) ? pick(CONTAINERS) : pick(names);
    }

    private <T> T pick(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    /// True once in so many times.
    private boolean one(int in) {
        return random.nextInt(in) == 0;
    }
}
