package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Message;
import dev.patchbay.core.packet.MarkBits;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.RouteLookup.Route;
import dev.patchbay.core.reachability.RouteLookup.RouteKey;
import dev.patchbay.engine.kernel.ForwardingSettings;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;

/// The reverse path filter of IPv4 (`rp_filter`), after the route is found: a strict link accepts only packets
/// whose answer would leave through it, a loose one only packets whose answer has a route. The kernel looks up
/// that route without the packet's mark, unless `src_valid_mark` is set, and as if the answer came in by the link
/// through which the packet leaves (`__fib_validate_source`).
final class ReversePathFilter {
    private final Trace trace;

    ReversePathFilter(Trace trace) {
        this.trace = trace;
    }

    /// @param packet after the prerouting hook
    /// @param route of the packet
    /// @param stage of the hop that says why it is dropped
    boolean accepts(Packet packet, Route route, Stage stage) {
        ForwardingSettings settings = trace.inputs().host().forwarding();
        String in = packet.in();
        boolean strict = settings.strict().contains(in);
        if (packet.family() != Family.IPV4
                || in.equals("lo")
                || (!strict && !settings.loose().contains(in))) {
            return true;
        }
        MarkBits mark = settings.markedReverse().contains(in) ? packet.mark() : MarkBits.ZERO;
        Route back = RouteLookup.lookup(
                RouteKey.of(packet).reversed(route instanceof Route.Via via ? via.device() : "", mark),
                trace.inputs().host());
        return switch (back) {
            case Route.Unknown _ -> {
                trace.reportNoRoute(back, packet.source(), stage);
                yield true;
            }
            case Route.Via via -> !strict || via.device().equals(in) || drop(packet, stage, back, "rp_filter = 1");
            case Route.Local _, Route.None _ -> drop(packet, stage, back, strict ? "rp_filter = 1" : "rp_filter = 2");
        };
    }

    private boolean drop(Packet packet, Stage stage, Route back, String setting) {
        String source = Addresses.format(packet.source());
        boolean reply = stage == Stage.REPLY;
        Message title =
                reply ? Message.of("back.strict", source, packet.in()) : Message.of("strict", source, packet.in());
        Message why = reply ? Message.of("back.strict.why") : Message.of("strict.why");
        String by = back instanceof Route.Via via && via.decision().isByPolicy()
                ? ", " + via.decision().text()
                : "";
        return trace.fail(
                stage,
                title,
                Message.verbatim(setting + by),
                setting.endsWith("2") ? Message.of("strict.noRoute") : why,
                new Remedy.ByHand(
                        setting.endsWith("2")
                                ? Message.of("loose.remedy", packet.in())
                                : Message.of("strict.remedy", packet.in())),
                new Location.OfHost());
    }
}
