package dev.patchbay.app.canvas.scene;

import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.core.model.Container;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that is drawn, with its place. All text in it is safe (see [SafeText#escapeAndShorten]).
///
/// @param withProblems the elements that have problems
/// @param bounds contains all elements that have an area; cables may run just outside
public record SceneModel(
        HostView host,
        List<LaneView> lanes,
        List<CardView> cards,
        List<PlugView> plugs,
        List<SharedNetworkView> sharedNetworks,
        LazyCables cables,
        Set<CanvasElement> withProblems,
        Rect bounds) {

    public SceneModel {
        lanes = List.copyOf(lanes);
        cards = List.copyOf(cards);
        plugs = List.copyOf(plugs);
        sharedNetworks = List.copyOf(sharedNetworks);
        withProblems = Set.copyOf(withProblems);
    }

    /// The meaning of a colour: the colour of the n-th network, of the default bridge, or of no network.
    public sealed interface Tint {
        record OfNetwork(int number) implements Tint {}

        record OfDefaultBridge() implements Tint {}

        record OfNoNetwork() implements Tint {}
    }

    /// @param moreNics number of interfaces that had no room
    /// @param busy ports of other processes
    /// @param moreBusy number of such ports that had no room
    /// @param routing lines of the section ROUTING
    /// @param unbridgedNetworks the networks without a bridge
    public record HostView(
            Rect box,
            String name,
            List<NicView> nics,
            int moreNics,
            SectionTitle ports,
            List<JackView> jacks,
            Rect dropSlot,
            List<BusyView> busy,
            int moreBusy,
            SectionTitle routing,
            List<RoutingLine> routingLines,
            List<UnbridgedNetworkView> unbridgedNetworks) {
        public HostView {
            nics = List.copyOf(nics);
            jacks = List.copyOf(jacks);
            busy = List.copyOf(busy);
            routingLines = List.copyOf(routingLines);
            unbridgedNetworks = List.copyOf(unbridgedNetworks);
        }
    }

    public record SectionTitle(String text, double baseline) {}

    /// @param state whether the value is good or bad; null when it is neither
    public record RoutingLine(
            String label, String value, @Nullable Boolean state, double baseline) {}

    public record NicView(
            CanvasElement element, Rect box, Point jack, String name, List<String> addresses, boolean up) {
        public NicView {
            addresses = List.copyOf(addresses);
        }
    }

    /// @param owner name of the process that holds the port; empty when unknown
    public record BusyView(CanvasElement.BusyPort element, Rect box, String owner) {}

    /// @param address `*` for every address
    public record JackView(
            CanvasElement.HostPort element,
            Rect box,
            Point jack,
            PortRange ports,
            Protocol protocol,
            String address,
            Tint tint,
            boolean inForce) {}

    public record UnbridgedNetworkView(CanvasElement element, Rect box, String name, int containers) {}

    /// @param network null for the tray of containers without a network
    /// @param detail gateway, bridge and special settings, as far as there is room
    /// @param up whether the kernel has the bridge and it is up
    /// @param empty whether no container is connected
    public record LaneView(
            @Nullable Id network,
            String name,
            String subnet,
            String detail,
            Tint tint,
            boolean up,
            boolean empty,
            List<LanePart> parts) {
        public LaneView {
            parts = List.copyOf(parts);
        }
    }

    /// One box of a lane. A lane gets a further box only when its neighbours leave no room to grow.
    ///
    /// @param title room for name and subnet
    /// @param detail room for the text at the right; only the first part has one
    /// @param rails one for each row of cards; none in the tray
    public record LanePart(Rect box, Rect title, Rect detail, List<RailView> rails) {
        public LanePart {
            rails = List.copyOf(rails);
        }
    }

    /// @param gateway whether the rail begins with the jack of the gateway; the first rail of a lane
    ///     does
    public record RailView(double left, double right, double y, boolean gateway) {}

    /// @param more number of pins that had no room; they share the place of the last pin
    public record CardView(
            Id container,
            Rect box,
            String name,
            String image,
            Container.State state,
            Tint tint,
            List<PinView> pins,
            int more,
            Rect moreBox) {
        public CardView {
            pins = List.copyOf(pins);
        }

        /// The handle at the right edge, from which a cable is dragged to a network.
        public Point handle() {
            return new Point(box.right(), box.centreY());
        }
    }

    public record PinView(ExposedPort port, Rect box, boolean published, Tint tint) {}

    /// @param pill the box of the address
    /// @param cardTop where the stem ends; null when a cable leads to the card instead
    public record PlugView(
            Id container,
            Id network,
            Point at,
            String address,
            Rect pill,
            @Nullable Double cardTop,
            Tint tint,
            boolean attached) {}

    /// A container that shares another one's network.
    ///
    /// @param cutOff whether it is in a network namespace that its owner has left
    /// @param words room for the text
    /// @param link null when the other container is gone
    public record SharedNetworkView(
            Id container,
            String text,
            boolean cutOff,
            Rect words,
            @Nullable Link link,
            Tint tint) {

        /// The line between the two cards.
        ///
        /// @param route horizontal and vertical segments alternate
        public record Link(Id owner, List<Point> route) {
            public Link {
                route = List.copyOf(route);
            }
        }
    }

    public enum CableKind {
        PUBLISHED,
        ATTACHMENT,
        /// Joins the parts of one lane.
        TRUNK
    }

    /// @param network null when the published port has no target yet
    /// @param container the container that the cable belongs to; null for a trunk
    /// @param solid false while the port is requested but not in the kernel
    public record CableView(
            CanvasElement element,
            CableKind kind,
            @Nullable Id network,
            @Nullable Id container,
            Tint tint,
            boolean solid,
            List<Point> route) {
        public CableView {
            route = List.copyOf(route);
        }

        /// The same cable on another route.
        public CableView withRoute(List<Point> otherRoute) {
            return otherRoute.equals(route)
                    ? this
                    : new CableView(element, kind, network, container, tint, solid, otherRoute);
        }
    }
}
