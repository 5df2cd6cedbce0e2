package dev.patchbay.core.ports;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a person asks to publish or to take back, as mappings.
public final class PortRequests {
    /// Where a port answers that names no address.
    public static final InetAddress EVERY_ADDRESS = Addresses.of(new byte[4]);

    private PortRequests() {}

    /// A mapping as it is asked for, not in force through any endpoint. Ports that the host chooses stand alone, the
    /// largest container port first, as Docker chooses them.
    ///
    /// @param ephemeral from which the host chooses
    public static List<PortBinding> toBindings(PortMapping mapping, Supplier<Id> ids, PortRange ephemeral)
            throws RefusedException {
        InetAddress requested = mapping.hostAddress();
        if (requested != null && Family.of(requested) == Family.IPV6 && requested.isLoopbackAddress()) {
            throw PortRefusals.onIpv6Loopback(mapping.containerPorts());
        }
        PortRange inside = mapping.containerPorts();
        PortRange outside = mapping.hostPorts();
        if (outside != null && inside.size() > 1 && outside.size() != inside.size()) {
            throw PortRefusals.unequalRanges(inside, outside);
        }
        boolean chosen = outside == null || outside.size() != inside.size();
        PortRange hostPorts = outside == null ? ephemeral : outside;
        List<Cidr> allowed = allowed(mapping);
        List<PortBinding> bindings = new ArrayList<>();
        for (int top = inside.last(); top >= inside.first(); top -= chosen ? 1 : inside.size()) {
            PortRange ports = chosen ? PortRange.single(top) : inside;
            bindings.add(new PortBinding(
                    ids.get(),
                    null,
                    mapping.protocol(),
                    requested == null ? EVERY_ADDRESS : requested,
                    false,
                    chosen ? PortRange.single(hostPorts.first()) : hostPorts,
                    ports,
                    allowed,
                    false,
                    false,
                    PortBinding.RuleState.UNKNOWN,
                    new PortMapping(requested, outside, ports, mapping.protocol(), allowed)));
        }
        return bindings;
    }

    /// Networks without host bits, each once; none when one of them holds every address.
    private static List<Cidr> allowed(PortMapping mapping) {
        List<Cidr> networks =
                mapping.allowed().stream().map(Cidr::network).distinct().toList();
        return networks.stream().anyMatch(network -> network.prefixLength() == 0) ? List.of() : networks;
    }

    /// Those of the mapping's container ports that are to be taken back; null for none.
    public static @Nullable PortRange matchedPorts(Change.Unpublish asked, PortBinding port) {
        if (port.protocol() != asked.protocol()
                || (asked.hostAddress() != null && !asked.hostAddress().equals(port.hostAddress()))) {
            return null;
        }
        int shift = port.containerPorts().first() - port.hostPorts().first();
        int first = port.containerPorts().first();
        int last = port.containerPorts().last();
        if (asked.hostPorts() != null) {
            first = Math.max(first, asked.hostPorts().first() + shift);
            last = Math.min(last, asked.hostPorts().last() + shift);
        }
        if (asked.containerPorts() != null) {
            first = Math.max(first, asked.containerPorts().first());
            last = Math.min(last, asked.containerPorts().last());
        }
        return first > last ? null : new PortRange(first, last);
    }

    /// The change that puts a published port of a container on other ports or another address of the host. Its
    /// container ports and allowed networks stay.
    ///
    /// @param published the port as typed; it means one mapping, or a part of one
    /// @param address null keeps the address
    /// @param hostPorts null keeps the host ports
    public static Change.Republish republish(
            Container container,
            Change.Unpublish published,
            @Nullable InetAddress address,
            @Nullable PortRange hostPorts)
            throws RefusedException {
        List<PortBinding> matched = container.ports().stream()
                .filter(port -> matchedPorts(published, port) != null)
                .toList();
        if (matched.isEmpty()) {
            throw PortRefusals.notPublished(container.name(), text(published));
        }
        if (matched.size() > 1) {
            throw PortRefusals.severalPublished(
                    container.name(),
                    text(published),
                    matched.stream()
                            .map(port -> port.hostSide() + ":" + port.containerPorts())
                            .toList());
        }
        PortBinding port = matched.getFirst();
        PortRange inside = Objects.requireNonNull(matchedPorts(published, port));
        int shift = port.hostPorts().first() - port.containerPorts().first();
        PortRange outside = new PortRange(inside.first() + shift, inside.last() + shift);
        InetAddress sameAddress = port.alsoIpv6() ? null : port.requested().hostAddress();
        return new Change.Republish(
                new Change.Unpublish(published.container(), port.hostAddress(), outside, inside, port.protocol()),
                new PortMapping(
                        address == null ? sameAddress : address,
                        hostPorts == null ? outside : hostPorts,
                        inside,
                        port.protocol(),
                        port.allowed()));
    }

    /// What stays of a mapping below and above the container ports that are taken back; the first part keeps its id.
    public static List<PortBinding> remaining(PortBinding port, PortRange meant, Supplier<Id> ids) {
        PortRange whole = port.containerPorts();
        List<PortBinding> left = new ArrayList<>();
        if (whole.first() < meant.first()) {
            left.add(port.slice(port.id(), new PortRange(whole.first(), meant.first() - 1)));
        }
        if (meant.last() < whole.last()) {
            Id id = left.isEmpty() ? port.id() : ids.get();
            left.add(port.slice(id, new PortRange(meant.last() + 1, whole.last())));
        }
        return left;
    }

    /// As it was typed, `8080:80/tcp`.
    public static String text(Change.Unpublish asked) {
        String host = asked.hostPorts() == null ? "" : asked.hostPorts().toString();
        String inside =
                asked.containerPorts() == null ? "" : asked.containerPorts().toString();
        String colon = host.isEmpty() || inside.isEmpty() ? "" : ":";
        return host + colon + inside + "/" + asked.protocol();
    }
}
