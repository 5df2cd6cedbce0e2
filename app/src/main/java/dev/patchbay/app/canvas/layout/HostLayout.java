package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.layout.LayoutContainers.LayoutPort;
import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel.BusyView;
import dev.patchbay.app.canvas.scene.SceneModel.HostView;
import dev.patchbay.app.canvas.scene.SceneModel.JackView;
import dev.patchbay.app.canvas.scene.SceneModel.NicView;
import dev.patchbay.app.canvas.scene.SceneModel.RoutingLine;
import dev.patchbay.app.canvas.scene.SceneModel.SectionTitle;
import dev.patchbay.app.canvas.scene.SceneModel.Tint;
import dev.patchbay.app.canvas.scene.SceneModel.UnbridgedNetworkView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.SafeText;
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

/// Lays out the host panel at the left edge, from top to bottom: interfaces, port rail, routing,
/// networks without a bridge.
final class HostLayout {
    private static final double INSET = 12;
    private static final double WIDTH = Dimensions.HOST_WIDTH - 2 * INSET;
    private static final double FIRST_NIC_TOP = 38;
    private static final double NIC_LINE_HEIGHT = 16;
    private static final int MAX_NICS = 4;
    private static final int MAX_ADDRESSES = 3;
    private static final int MAX_BUSY = 6;
    private static final double BUSY_PITCH = 20;

    private HostLayout() {}

    /// @param busy ports of other processes, sorted
    /// @param height the lower end of the lanes
    /// @param tintOf colour of a network; null stands for no network
    static HostView panel(
            Topology topology,
            LayoutContainers layoutContainers,
            Arrangement arrangement,
            List<Listener> busy,
            double height,
            Function<@Nullable Id, Tint> tintOf) {
        Host host = topology.host();
        List<NicView> nics = nicViews(host, arrangement.nicLines());
        int more = host.interfaces().size() - nics.size();

        double nicsHeight = arrangement.nicLines().stream()
                .mapToDouble(lines -> nicHeight(lines) + Dimensions.NIC_GAP)
                .sum();
        double portsTitle = FIRST_NIC_TOP + nicsHeight + 24;
        List<JackView> jacks = jackViews(layoutContainers, arrangement, portsTitle + 8, tintOf);
        double slotTop = portsTitle + 8 + jacks.size() * arrangement.portPitch() + (jacks.isEmpty() ? 0 : 8);
        Rect dropSlot = new Rect(INSET, slotTop, WIDTH, Dimensions.PORT_HEIGHT);

        List<BusyView> taken = busyViews(busy, jacks, dropSlot.bottom() + 12);
        List<BusyView> shown = taken.size() > MAX_BUSY ? taken.subList(0, MAX_BUSY) : taken;
        double railEnd =
                shown.isEmpty() ? dropSlot.bottom() : shown.getLast().box().bottom() + 4;
        double routingTitle = railEnd + (taken.size() > MAX_BUSY ? 48 : 34);
        List<RoutingLine> routes = routingLines(host, routingTitle);
        List<UnbridgedNetworkView> plain = unbridgedNetworks(topology, routingTitle + 22 + routes.size() * 20 + 16);
        double content =
                plain.isEmpty() ? routingTitle + 80 : plain.getLast().box().bottom() + 14;
        return new HostView(
                new Rect(0, 0, Dimensions.HOST_WIDTH, Math.max(height, content)),
                title(host),
                nics,
                more,
                new SectionTitle(Messages.of("picture.ports"), portsTitle),
                jacks,
                dropSlot,
                shown,
                taken.size() - shown.size(),
                new SectionTitle(Messages.of("picture.routing"), routingTitle),
                routes,
                plain);
    }

    /// The number of lines of each interface, as far as there is room.
    static List<Integer> nicLines(Host host) {
        List<Integer> lines = host.interfaces().stream()
                .limit(MAX_NICS)
                .map(link -> Math.clamp(link.addresses().size(), 1, MAX_ADDRESSES))
                .toList();
        return lines.isEmpty() ? List.of(1) : lines;
    }

    private static double nicHeight(int lines) {
        return Dimensions.NIC_HEIGHT + (lines - 1) * NIC_LINE_HEIGHT;
    }

    private static List<BusyView> busyViews(List<Listener> busy, List<JackView> jacks, double top) {
        Map<CanvasElement.BusyPort, String> owners = new LinkedHashMap<>();
        for (Listener listener : busy) {
            boolean published = jacks.stream()
                    .anyMatch(jack -> jack.ports().contains(listener.port()) && jack.protocol() == listener.protocol());
            if (!published) {
                owners.putIfAbsent(
                        new CanvasElement.BusyPort(listener.port(), listener.protocol()),
                        SafeText.escapeAndShorten(listener.process()));
            }
        }
        List<BusyView> views = new ArrayList<>();
        owners.forEach((element, owner) -> views.add(
                new BusyView(element, new Rect(INSET, top + views.size() * BUSY_PITCH, WIDTH, BUSY_PITCH - 2), owner)));
        return views;
    }

    /// The estimated height of the panel with this number of published ports.
    static double estimatedHeight(int ports, double pitch) {
        return FIRST_NIC_TOP + 340 + ports * pitch;
    }

    /// The distance between two ports; it is smaller when there are more.
    static double pitch(int ports) {
        return ports <= 16 ? Dimensions.PORT_PITCH : ports <= 60 ? 30 : 22;
    }

    private static List<NicView> nicViews(Host host, List<Integer> lines) {
        List<NicView> nics = new ArrayList<>();
        double top = FIRST_NIC_TOP;
        for (int i = 0; i < Math.min(lines.size(), host.interfaces().size()); i++) {
            Host.Interface link = host.interfaces().get(i);
            Rect box = new Rect(INSET, top, WIDTH, nicHeight(lines.get(i)));
            nics.add(new NicView(
                    new CanvasElement.Nic(link.name()),
                    box,
                    new Point(box.right(), top + Dimensions.NIC_HEIGHT / 2),
                    SafeText.escapeAndShorten(link.name()),
                    addresses(link.addresses(), lines.get(i)),
                    link.up()));
            top = box.bottom() + Dimensions.NIC_GAP;
        }
        return nics;
    }

    /// One address on each line; the last line counts the rest.
    private static List<String> addresses(List<Cidr> all, int lines) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < Math.min(lines, all.size()); i++) {
            int more = i + 1 == lines ? all.size() - lines : 0;
            texts.add(all.get(i) + (more > 0 ? " +" + more : ""));
        }
        return texts.isEmpty() ? List.of(Messages.of("picture.noAddress")) : texts;
    }

    private static List<JackView> jackViews(
            LayoutContainers layoutContainers,
            Arrangement arrangement,
            double top,
            Function<@Nullable Id, Tint> tintOf) {
        List<JackView> jacks = new ArrayList<>(layoutContainers.orderedPorts().size());
        double pitch = arrangement.portPitch();
        for (LayoutPort port : layoutContainers.orderedPorts()) {
            PortBinding binding = port.binding();
            Rect box = new Rect(INSET, top + jacks.size() * pitch, WIDTH, Math.min(Dimensions.PORT_HEIGHT, pitch - 4));
            JackView jack = new JackView(
                    new CanvasElement.HostPort(binding.id()),
                    box,
                    new Point(box.right(), box.centreY()),
                    binding.hostPorts(),
                    binding.protocol(),
                    address(binding.hostAddress()),
                    tintOf.apply(port.network()),
                    binding.isEffective());
            port.setJack(jack);
            jacks.add(jack);
        }
        return jacks;
    }

    private static String address(InetAddress address) {
        return address.isAnyLocalAddress() ? "*" : Addresses.format(address);
    }

    private static String title(Host host) {
        String name = SafeText.escapeAndShorten(host.name());
        return host.rootless() == null ? name : Messages.of("picture.rootless", name);
    }

    /// Rootless Podman tells the setting of the host's network namespace, and not of its own.
    private static String forwarding(Host host) {
        if (host.ipForward()) {
            return Messages.of("picture.on");
        }
        return host.rootless() == null ? Messages.of("picture.off") : Messages.of("overview.unknown");
    }

    /// The default route of a rootless engine's network namespace is not read.
    private static String unreadOrNone(Host host) {
        return host.rootless() == null ? Messages.of("picture.none") : Messages.of("overview.unknown");
    }

    private static List<RoutingLine> routingLines(Host host, double title) {
        InetAddress gateway = host.defaultGateway();
        int subnets = host.masqueraded().size();
        return List.of(
                new RoutingLine(
                        "ip_forward",
                        forwarding(host),
                        (host.ipForward() || host.rootless() == null) ? host.ipForward() : null,
                        title + 22),
                new RoutingLine(
                        Messages.of("picture.defaultVia"),
                        gateway == null ? unreadOrNone(host) : Addresses.format(gateway),
                        null,
                        title + 42),
                new RoutingLine(
                        Messages.of("picture.masquerade"),
                        Messages.count("picture.subnets", subnets),
                        null,
                        title + 62));
    }

    private static List<UnbridgedNetworkView> unbridgedNetworks(Topology topology, double top) {
        Map<String, Integer> guests = new HashMap<>();
        for (Container container : topology.containers()) {
            if (container.endpoints().isEmpty()) {
                guests.merge(container.networkMode(), 1, Integer::sum);
            }
        }
        List<UnbridgedNetworkView> plain = new ArrayList<>();
        for (Network network : topology.networks()) {
            if (network.driver().hasEndpoints()) {
                continue;
            }
            int containers = guests.getOrDefault(network.name(), 0);
            Rect box = new Rect(INSET - 4, top + plain.size() * 24, WIDTH + 8, 22);
            plain.add(new UnbridgedNetworkView(
                    new CanvasElement.UnbridgedNetwork(network.id()),
                    box,
                    SafeText.escapeAndShorten(network.name()),
                    containers));
        }
        return plain;
    }
}
