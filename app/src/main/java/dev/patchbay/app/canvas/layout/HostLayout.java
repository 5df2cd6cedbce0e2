package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.Residents.Published;
import dev.patchbay.app.canvas.scene.Box;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.SceneModel.BusyView;
import dev.patchbay.app.canvas.scene.SceneModel.HostView;
import dev.patchbay.app.canvas.scene.SceneModel.JackView;
import dev.patchbay.app.canvas.scene.SceneModel.Line;
import dev.patchbay.app.canvas.scene.SceneModel.NicView;
import dev.patchbay.app.canvas.scene.SceneModel.PlainView;
import dev.patchbay.app.canvas.scene.SceneModel.Tint;
import dev.patchbay.app.canvas.scene.SceneModel.Title;
import dev.patchbay.app.canvas.scene.Sizes;
import dev.patchbay.app.model.Element;
import dev.patchbay.app.model.Labels;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The panel at the left edge, from top to bottom: interfaces, port rail, routing, networks without a bridge.
final class HostLayout {
    private static final double INSET = 12;
    private static final double WIDTH = Sizes.HOST_WIDTH - 2 * INSET;
    private static final double FIRST_NIC = 38;
    private static final double NIC_LINE = 16;
    private static final int MOST_NICS = 4;
    private static final int MOST_ADDRESSES = 3;
    private static final int MOST_BUSY = 6;
    private static final double BUSY_PITCH = 20;

    private HostLayout() {}

    /// @param busy ports of other processes, sorted
    /// @param height how far down the lanes reach
    /// @param tintOf colour of a network, of none when null
    static HostView panel(
            Topology topology,
            Residents residents,
            Arrangement arrangement,
            List<Listener> busy,
            double height,
            Function<@Nullable Id, Tint> tintOf) {
        Host host = topology.host();
        List<NicView> nics = nics(host, arrangement.nicLines());
        int more = host.interfaces().size() - nics.size();

        double nicsHeight = arrangement.nicLines().stream()
                .mapToDouble(lines -> nicHeight(lines) + Sizes.NIC_GAP)
                .sum();
        double portsTitle = FIRST_NIC + nicsHeight + 24;
        List<JackView> jacks = jacks(residents, arrangement, portsTitle + 8, tintOf);
        double slotTop = portsTitle + 8 + jacks.size() * arrangement.portPitch() + (jacks.isEmpty() ? 0 : 8);
        Box dropSlot = new Box(INSET, slotTop, WIDTH, Sizes.PORT_HEIGHT);

        List<BusyView> taken = busy(busy, jacks, dropSlot.bottom() + 12);
        List<BusyView> shown = taken.size() > MOST_BUSY ? taken.subList(0, MOST_BUSY) : taken;
        double railEnd =
                shown.isEmpty() ? dropSlot.bottom() : shown.getLast().box().bottom() + 4;
        double routingTitle = railEnd + (taken.size() > MOST_BUSY ? 48 : 34);
        List<Line> routes = routes(host, routingTitle);
        List<PlainView> plain = plain(topology, routingTitle + 22 + routes.size() * 20 + 16);
        double content =
                plain.isEmpty() ? routingTitle + 80 : plain.getLast().box().bottom() + 14;
        return new HostView(
                new Box(0, 0, Sizes.HOST_WIDTH, Math.max(height, content)),
                Labels.inert(host.name()),
                nics,
                more,
                new Title(Messages.of("picture.ports"), portsTitle),
                jacks,
                dropSlot,
                shown,
                taken.size() - shown.size(),
                new Title(Messages.of("picture.routing"), routingTitle),
                routes,
                plain);
    }

    /// How much room each interface gets, as far as there is room for it.
    static List<Integer> nicLines(Host host) {
        List<Integer> lines = host.interfaces().stream()
                .limit(MOST_NICS)
                .map(link -> Math.clamp(link.addresses().size(), 1, MOST_ADDRESSES))
                .toList();
        return lines.isEmpty() ? List.of(1) : lines;
    }

    private static double nicHeight(int lines) {
        return Sizes.NIC_HEIGHT + (lines - 1) * NIC_LINE;
    }

    private static List<BusyView> busy(List<Listener> busy, List<JackView> jacks, double top) {
        Map<Element.BusyPort, String> owners = new LinkedHashMap<>();
        for (Listener listener : busy) {
            boolean published = jacks.stream()
                    .anyMatch(jack -> jack.ports().contains(listener.port()) && jack.protocol() == listener.protocol());
            if (!published) {
                owners.putIfAbsent(
                        new Element.BusyPort(listener.port(), listener.protocol()), Labels.inert(listener.process()));
            }
        }
        List<BusyView> views = new ArrayList<>();
        owners.forEach((element, owner) -> views.add(
                new BusyView(element, new Box(INSET, top + views.size() * BUSY_PITCH, WIDTH, BUSY_PITCH - 2), owner)));
        return views;
    }

    /// About how high the panel is with so many published ports.
    static double usualHeight(int ports, double pitch) {
        return FIRST_NIC + 340 + ports * pitch;
    }

    /// The more ports there are, the closer they stand.
    static double pitch(int ports) {
        return ports <= 16 ? Sizes.PORT_PITCH : ports <= 60 ? 30 : 22;
    }

    private static List<NicView> nics(Host host, List<Integer> lines) {
        List<NicView> nics = new ArrayList<>();
        double top = FIRST_NIC;
        for (int i = 0; i < Math.min(lines.size(), host.interfaces().size()); i++) {
            Host.Interface link = host.interfaces().get(i);
            Box box = new Box(INSET, top, WIDTH, nicHeight(lines.get(i)));
            nics.add(new NicView(
                    new Element.Nic(link.name()),
                    box,
                    new Point(box.right(), top + Sizes.NIC_HEIGHT / 2),
                    Labels.inert(link.name()),
                    addresses(link.addresses(), lines.get(i)),
                    link.up()));
            top = box.bottom() + Sizes.NIC_GAP;
        }
        return nics;
    }

    /// One on each line; what there is no line for is counted on the last.
    private static List<String> addresses(List<Cidr> all, int lines) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < Math.min(lines, all.size()); i++) {
            int more = i + 1 == lines ? all.size() - lines : 0;
            texts.add(all.get(i) + (more > 0 ? " +" + more : ""));
        }
        return texts.isEmpty() ? List.of(Messages.of("picture.noAddress")) : texts;
    }

    private static List<JackView> jacks(
            Residents residents, Arrangement arrangement, double top, Function<@Nullable Id, Tint> tintOf) {
        List<JackView> jacks = new ArrayList<>(residents.rail().size());
        double pitch = arrangement.portPitch();
        for (Published port : residents.rail()) {
            PortBinding binding = port.binding();
            Box box = new Box(INSET, top + jacks.size() * pitch, WIDTH, Math.min(Sizes.PORT_HEIGHT, pitch - 4));
            JackView jack = new JackView(
                    new Element.HostPort(binding.id()),
                    box,
                    new Point(box.right(), box.centreY()),
                    binding.hostPorts(),
                    binding.protocol(),
                    address(binding.hostAddress()),
                    tintOf.apply(port.network()),
                    binding.isEffective());
            port.take(jack);
            jacks.add(jack);
        }
        return jacks;
    }

    private static String address(InetAddress address) {
        return address.isAnyLocalAddress() ? "*" : Addresses.format(address);
    }

    private static List<Line> routes(Host host, double title) {
        InetAddress gateway = host.defaultGateway();
        int subnets = host.masqueraded().size();
        return List.of(
                new Line(
                        "ip_forward",
                        host.ipForward() ? Messages.of("picture.on") : Messages.of("picture.off"),
                        host.ipForward(),
                        title + 22),
                new Line(
                        Messages.of("picture.defaultVia"),
                        gateway == null ? Messages.of("picture.none") : Addresses.format(gateway),
                        null,
                        title + 42),
                new Line(
                        Messages.of("picture.masquerade"),
                        Messages.count("picture.subnets", subnets),
                        null,
                        title + 62));
    }

    private static List<PlainView> plain(Topology topology, double top) {
        Map<String, Integer> guests = new HashMap<>();
        for (Container container : topology.containers()) {
            if (container.endpoints().isEmpty()) {
                guests.merge(container.networkMode(), 1, Integer::sum);
            }
        }
        List<PlainView> plain = new ArrayList<>();
        for (Network network : topology.networks()) {
            if (network.driver().hasEndpoints()) {
                continue;
            }
            int containers = guests.getOrDefault(network.name(), 0);
            Box box = new Box(INSET - 4, top + plain.size() * 24, WIDTH + 8, 22);
            plain.add(new PlainView(
                    new Element.PlainNetwork(network.id()), box, Labels.inert(network.name()), containers));
        }
        return plain;
    }
}
