package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Topology;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.core.reachability.Peer.AttachedEndpoint;
import dev.patchbay.core.refusal.ReachabilityRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A query as a person types it.
///
/// @param from a container's name, id or unique prefix, or `host`, or `outside`, or an address
/// @param to the same, and `:80`, `:80/tcp` or `:53/udp`, behind an IPv6 address in brackets; without a
///     port it is a ping
/// @param ipv6 whether to use IPv6 addresses; an address that is typed decides itself
/// @param probe whether to send a packet as well
public record ReachabilityRequest(String from, String to, boolean ipv6, boolean probe) {
    private static final String HOST = "host";
    private static final String OUTSIDE = "outside";

    public ReachabilityQuery resolve(Topology topology) throws RefusedException {
        PathEnd start = source(topology);
        int colon = portSeparator(to);
        String target = colon < 0 ? to : to.substring(0, colon);
        PathEnd end = end(target, topology);
        if (isElsewhere(start, topology) && isElsewhere(end, topology)) {
            throw ReachabilityRefusals.bothOutside();
        }
        Family family = family(target);
        if (colon < 0) {
            return new ReachabilityQuery(start, end, null, 0, family);
        }
        String text = to.substring(colon + 1);
        try {
            PortArgument port = PortArgument.parse(text);
            if (text.isEmpty() || port.hostPorts() != null || !port.allowed().isEmpty()) {
                throw ReachabilityRefusals.noPort(to);
            }
            if (port.containerPorts() == null || port.containerPorts().size() != 1) {
                throw ReachabilityRefusals.noPort(to);
            }
            return new ReachabilityQuery(
                    start, end, port.protocol(), port.containerPorts().first(), family);
        } catch (PortArgument.InvalidPortException e) {
            throw ReachabilityRefusals.invalidPort(e.sentence());
        }
    }

    /// What the host or a container has is that peer: rules see where a packet comes from.
    private PathEnd source(Topology topology) throws RefusedException {
        if (from.indexOf(':') >= 0 && literal(from) == null) {
            throw ReachabilityRefusals.portOnSource(from);
        }
        PathEnd start = end(from, topology);
        if (!(start instanceof PathEnd.AtAddress(InetAddress address))) {
            return start;
        }
        AttachedEndpoint attached = AttachedEndpoint.withAddress(address, topology);
        if (attached != null) {
            return new PathEnd.InContainer(attached.container().id());
        }
        return isOfHost(address, topology) ? new PathEnd.OnHost() : start;
    }

    /// That of the addresses that are typed, or the one that is asked for.
    private Family family(String target) throws RefusedException {
        Set<Family> typed = Stream.of(from, target)
                .map(ReachabilityRequest::literal)
                .filter(Objects::nonNull)
                .map(Family::of)
                .collect(Collectors.toSet());
        if (typed.size() > 1 || (ipv6 && typed.contains(Family.IPV4))) {
            throw ReachabilityRefusals.otherFamily();
        }
        return ipv6 || typed.contains(Family.IPV6) ? Family.IPV6 : Family.IPV4;
    }

    private static boolean isElsewhere(PathEnd end, Topology topology) {
        return switch (end) {
            case PathEnd.Outside() -> true;
            case PathEnd.AtAddress(InetAddress address) ->
                AttachedEndpoint.withAddress(address, topology) == null && !isOfHost(address, topology);
            case PathEnd.InContainer _, PathEnd.OnHost _ -> false;
        };
    }

    private static boolean isOfHost(InetAddress address, Topology topology) {
        return address.isLoopbackAddress()
                || topology.host().kernel().links().stream()
                        .flatMap(link -> link.addresses().stream())
                        .anyMatch(own -> own.address().equals(address));
    }

    private static PathEnd end(String word, Topology topology) throws RefusedException {
        return switch (word) {
            case HOST -> new PathEnd.OnHost();
            case OUTSIDE -> new PathEnd.Outside();
            case "" -> throw ReachabilityRefusals.emptyEnd();
            default -> {
                InetAddress address = literal(word);
                // A container may have such a name.
                boolean named = topology.containers().stream()
                        .anyMatch(container -> container.name().equals(word));
                yield address != null && !named
                        ? new PathEnd.AtAddress(address)
                        : new PathEnd.InContainer(
                                NameLookup.container(topology, word).id());
            }
        };
    }

    /// Negative without a port.
    private static int portSeparator(String text) {
        if (literal(text) != null) {
            return -1;
        }
        int colon = text.startsWith("[") ? text.indexOf("]:") + 1 : text.indexOf(':');
        return text.startsWith("[") && colon == 0 ? -1 : colon;
    }

    /// An address as people write it, IPv6 also in brackets; null for anything else.
    private static @Nullable InetAddress literal(String word) {
        String text = word.startsWith("[") && word.endsWith("]") ? word.substring(1, word.length() - 1) : word;
        if (!text.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return null;
        }
        try {
            return Addresses.parse(text);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }
}
