package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.SceneModel.HostView;
import dev.patchbay.app.canvas.layout.SceneModel.JackView;
import dev.patchbay.app.canvas.layout.SceneModel.Line;
import dev.patchbay.app.canvas.layout.SceneModel.NicView;
import dev.patchbay.app.canvas.layout.SceneModel.PlainView;
import dev.patchbay.app.canvas.layout.SceneModel.Tint;
import dev.patchbay.app.canvas.layout.SceneModel.Title;
import dev.patchbay.app.canvas.routing.Box;
import dev.patchbay.app.canvas.routing.Point;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Host;
import dev.patchbay.core.topology.Network;
import dev.patchbay.core.topology.PortBinding;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.spec.Addresses;
import dev.patchbay.engine.spec.Id;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The panel at the left edge, from top to bottom: interfaces, port rail, routing, networks without a bridge.
final class HostLayout {
    private static final double INSET = 12;
    private static final double WIDTH = Sizes.HOST_WIDTH - 2 * INSET;
    private static final double FIRST_NIC = 38;

    private HostLayout() {}

    /// @param height how far down the lanes reach
    /// @param tintOf colour of a network, of none when null
    static HostView panel(
            Topology topology, Arrangement arrangement, double height, Function<@Nullable Id, Tint> tintOf) {
        Host host = topology.host();
        List<NicView> nics = nics(host, arrangement.nicRows());
        int more = host.interfaces().size() - nics.size();

        double portsTitle = FIRST_NIC + arrangement.nicRows() * Sizes.NIC_PITCH + 24;
        List<JackView> jacks = jacks(topology, arrangement, portsTitle + 8, tintOf);
        double slotTop = portsTitle + 8 + jacks.size() * arrangement.portPitch() + (jacks.isEmpty() ? 0 : 8);
        Box dropSlot = new Box(INSET, slotTop, WIDTH, Sizes.PORT_HEIGHT);

        double routingTitle = dropSlot.bottom() + 34;
        List<Line> routes = routes(host, routingTitle);
        List<PlainView> plain = plain(topology, routingTitle + 22 + routes.size() * 20 + 16);
        double content =
                plain.isEmpty() ? routingTitle + 80 : plain.getLast().box().bottom() + 14;
        return new HostView(
                new Box(0, 0, Sizes.HOST_WIDTH, Math.max(height, content)),
                Labels.inert(host.name()),
                nics,
                more,
                new Title("PUBLISHED PORTS", portsTitle),
                jacks,
                dropSlot,
                new Title("ROUTING", routingTitle),
                routes,
                plain);
    }

    /// About how high the panel is with so many published ports.
    static double usualHeight(int ports, double pitch) {
        return FIRST_NIC + 340 + ports * pitch;
    }

    /// The more ports there are, the closer they stand.
    static double pitch(int ports) {
        return ports <= 16 ? Sizes.PORT_PITCH : ports <= 60 ? 30 : 22;
    }

    private static List<NicView> nics(Host host, int rows) {
        List<NicView> nics = new ArrayList<>();
        for (Host.Interface link : host.interfaces().stream().limit(rows).toList()) {
            Box box = new Box(INSET, FIRST_NIC + nics.size() * Sizes.NIC_PITCH, WIDTH, Sizes.NIC_HEIGHT);
            String address = switch (link.addresses().size()) {
                case 0 -> "no address";
                case 1 -> link.addresses().getFirst().toString();
                default ->
                    link.addresses().getFirst() + " +" + (link.addresses().size() - 1);
            };
            nics.add(new NicView(
                    new Element.Nic(link.name()),
                    box,
                    new Point(box.right(), box.centreY()),
                    Labels.inert(link.name()),
                    address,
                    link.up()));
        }
        return nics;
    }

    private static List<JackView> jacks(
            Topology topology, Arrangement arrangement, double top, Function<@Nullable Id, Tint> tintOf) {
        record Bound(Container container, PortBinding port) {}
        Map<Id, Bound> bindings = new HashMap<>();
        for (Container container : topology.containers()) {
            container.ports().forEach(port -> bindings.put(port.id(), new Bound(container, port)));
        }
        List<JackView> jacks = new ArrayList<>();
        for (Id id : arrangement.ports()) {
            Bound bound = bindings.get(id);
            if (bound == null) {
                continue;
            }
            PortBinding binding = bound.port();
            double pitch = arrangement.portPitch();
            Box box = new Box(INSET, top + jacks.size() * pitch, WIDTH, Math.min(Sizes.PORT_HEIGHT, pitch - 4));
            jacks.add(new JackView(
                    new Element.HostPort(id),
                    box,
                    new Point(box.right(), box.centreY()),
                    binding.hostPorts(),
                    binding.protocol(),
                    address(binding.hostAddress()),
                    tintOf.apply(Networks.of(bound.container(), binding)),
                    binding.inForce()));
        }
        return jacks;
    }

    private static String address(InetAddress address) {
        return address.isAnyLocalAddress() ? "*" : Addresses.text(address);
    }

    private static List<Line> routes(Host host, double title) {
        InetAddress gateway = host.defaultGateway();
        int subnets = host.masqueraded().size();
        return List.of(
                new Line("ip_forward", host.ipForward() ? "on" : "off", host.ipForward(), title + 22),
                new Line("default via", gateway == null ? "none" : Addresses.text(gateway), null, title + 42),
                new Line("masquerade", subnets + (subnets == 1 ? " subnet" : " subnets"), null, title + 62));
    }

    private static List<PlainView> plain(Topology topology, double top) {
        List<PlainView> plain = new ArrayList<>();
        for (Network network : topology.networks()) {
            if (network.driver().hasEndpoints()) {
                continue;
            }
            int containers = (int) topology.containers().stream()
                    .filter(container -> container.networkMode().equals(network.name())
                            && container.endpoints().isEmpty())
                    .count();
            Box box = new Box(INSET - 4, top + plain.size() * 24, WIDTH + 8, 22);
            plain.add(new PlainView(
                    new Element.PlainNetwork(network.id()), box, Labels.inert(network.name()), containers));
        }
        return plain;
    }
}
