package dev.patchbay.core.lab.property;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.PortRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the model makes of the ports of one container.
///
/// @param key the container's
record ModelPorts(ModelHost world, int key) {
    private static final PortRange KERNELS = new PortRange(32768, 60999);
    /// The addresses of the host that a port can be published on.
    private static final List<String> LOCAL = List.of("", "127.0.0.1", "198.51.100.2");

    void ask(List<PortMapping> mappings, boolean inVain) throws ModelRefusedException {
        List<ModelPort> ports = new ArrayList<>();
        // Docker binds the largest port first.
        Comparator<PortMapping> order = Comparator.comparingInt(
                        (PortMapping mapping) -> -mapping.containerPorts().last())
                .thenComparing(PortMapping::protocol);
        for (PortMapping mapping : mappings.stream().sorted(order).toList()) {
            ports.addAll(unbound(mapping));
        }
        if (!inVain) {
            set(ports);
            bindUnbound(null);
        }
    }

    void publish(PortMapping mapping) throws ModelRefusedException {
        List<ModelPort> wanted = unbound(mapping);
        Integer net = publishingNet();
        ModelRefusedException.when(net == null, "there is nowhere to publish");
        for (ModelPort unbound : wanted) {
            ModelPort port = unbound.through(net);
            List<ModelPort> ports = new ArrayList<>(box().ports());
            ModelPort present = port.ephemeral()
                    ? null
                    : ports.stream().filter(port::collidesWith).findFirst().orElse(null);
            if (present != null) {
                boolean same = present.host().equals(port.host())
                        && present.outside().equals(port.outside())
                        && present.inside().equals(port.inside());
                ModelRefusedException.when(
                        !same || port.allowed().isEmpty() || present.allowed().equals(port.allowed()), "taken");
                ports.set(ports.indexOf(present), present.allowing(port.allowed()));
            } else {
                boolean settled = !box().running() && !port.ephemeral();
                ports.add(settled ? port : admitted(port, ports, box().running()));
            }
            set(ports);
        }
    }

    void unpublish(Change.Unpublish asked) throws ModelRefusedException {
        List<ModelPort> left = new ArrayList<>();
        boolean found = false;
        for (ModelPort port : box().ports()) {
            int shift = port.inside().first() - port.outside().first();
            int first = port.inside().first();
            int last = port.inside().last();
            if (asked.hostPorts() != null) {
                first = Math.max(first, asked.hostPorts().first() + shift);
                last = Math.min(last, asked.hostPorts().last() + shift);
            }
            if (asked.containerPorts() != null) {
                first = Math.max(first, asked.containerPorts().first());
                last = Math.min(last, asked.containerPorts().last());
            }
            if (port.protocol() != asked.protocol() || first > last) {
                left.add(port);
                continue;
            }
            found = true;
            if (port.inside().first() < first) {
                left.add(port.part(port.inside().first(), first - 1));
            }
            if (last < port.inside().last()) {
                left.add(port.part(last + 1, port.inside().last()));
            }
        }
        ModelRefusedException.when(!found, "it is not published");
        set(left);
    }

    /// @param net null for the one that a new port would go through
    void bindUnbound(@Nullable Integer net) throws ModelRefusedException {
        Integer through = net == null ? publishingNet() : net;
        for (int i = 0; through != null && i < box().ports().size(); i++) {
            List<ModelPort> ports = new ArrayList<>(box().ports());
            if (ports.get(i).net() == null) {
                ModelPort port = ports.get(i).through(through);
                ports.set(i, box().running() ? admitted(port, without(ports, i), true) : port);
                set(ports);
            }
        }
    }

    /// All bound ports of a container that now runs, each in its turn.
    void comeIntoForce() throws ModelRefusedException {
        List<ModelPort> done = new ArrayList<>();
        List<ModelPort> ports = new ArrayList<>(box().ports());
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).net() != null) {
                ports.set(i, admitted(ports.get(i), done, true));
                done.add(ports.get(i));
            }
        }
        set(ports);
    }

    private ModelPort admitted(ModelPort asked, List<ModelPort> own, boolean inForce) throws ModelRefusedException {
        ModelRefusedException.when(inForce && !LOCAL.contains(asked.host()), "not an address of the host");
        List<ModelPort> taken = new ArrayList<>(world.taken(key));
        own.stream().filter(port -> port.net() != null && box().running()).forEach(taken::add);
        ModelPort port = asked;
        if (asked.ephemeral() && (!inForce || collides(port, taken))) {
            port = lowestFree(asked, taken);
        }
        ModelRefusedException.when(collides(port, taken), "the port is taken");
        return port;
    }

    private static ModelPort lowestFree(ModelPort asked, List<ModelPort> taken) throws ModelRefusedException {
        for (int number = asked.choice().first(); number <= asked.choice().last(); number++) {
            if (!collides(asked.at(number), taken)) {
                return asked.at(number);
            }
        }
        throw new ModelRefusedException("there is no free port");
    }

    private static boolean collides(ModelPort port, List<ModelPort> taken) {
        return taken.stream().anyMatch(port::collidesWith);
    }

    private static List<ModelPort> without(List<ModelPort> ports, int index) {
        List<ModelPort> others = new ArrayList<>(ports);
        others.remove(index);
        return others;
    }

    private static List<ModelPort> unbound(PortMapping mapping) throws ModelRefusedException {
        PortRange inside = mapping.containerPorts();
        PortRange outside = mapping.hostPorts();
        ModelRefusedException.when(
                outside != null && inside.size() > 1 && outside.size() != inside.size(), "the ranges differ");
        boolean ephemeral = outside == null || outside.size() != inside.size();
        PortRange choice = outside == null ? KERNELS : outside;
        String host = mapping.hostAddress() == null ? "" : Addresses.format(mapping.hostAddress());
        if (!ephemeral) {
            return List.of(
                    new ModelPort(mapping.protocol(), host, choice, inside, mapping.allowed(), false, choice, null));
        }
        List<ModelPort> ports = new ArrayList<>();
        for (int top = inside.last(); top >= inside.first(); top--) {
            ports.add(new ModelPort(
                    mapping.protocol(),
                    host,
                    PortRange.single(choice.first()),
                    PortRange.single(top),
                    mapping.allowed(),
                    true,
                    choice,
                    null));
        }
        return ports;
    }

    /// Where the other ports go through, else the default route, else the oldest way out, else the oldest place.
    private @Nullable Integer publishingNet() {
        List<ModelEndpoint> places = box().places();
        return places.stream()
                .filter(place -> box().ports().stream()
                        .anyMatch(port -> Integer.valueOf(place.net()).equals(port.net())))
                .findFirst()
                .or(() -> places.stream().filter(ModelEndpoint::route).findFirst())
                .or(() -> places.stream()
                        .filter(place -> !world.net(place.net()).internal())
                        .findFirst())
                .or(() -> places.stream().findFirst())
                .map(ModelEndpoint::net)
                .orElse(null);
    }

    private ModelContainer box() {
        return world.box(key);
    }

    private void set(List<ModelPort> ports) {
        world.boxes.put(key, box().publishing(ports));
    }
}
