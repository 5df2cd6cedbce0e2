package dev.patchbay.core.ports;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plans the published ports of one container, on every kind of host.
///
/// @param ids of ports that come
public record PublishPlanner(HostPortAllocator hostPorts, Supplier<Id> ids) {
    /// A container whose ports are planned.
    ///
    /// @param endpoint ports lead to it; null while there is none that can publish
    /// @param ipv6 the endpoint has an IPv6 address
    /// @param standard host address of ports that name none
    /// @param own what is published of the container already
    public record PublishTarget(
            String container,
            boolean running,
            @Nullable Id endpoint,
            boolean ipv6,
            InetAddress standard,
            List<PortBinding> own) {
        public boolean supports(PortBinding port) {
            return ipv6 || port.mayListenOn(Family.IPV4);
        }
    }

    /// @param put ports that come, or take the place of those with the same id
    /// @param removed ports that go or are replaced, as they were
    public record PortEdits(List<PortBinding> put, List<PortBinding> removed) {
        /// The host's side of new ports that the host chose, one a line.
        public String chosen() {
            Set<Id> replaced = ids(removed);
            return put.stream()
                    .filter(port -> port.isEphemeral() && !replaced.contains(port.id()))
                    .map(port -> Addresses.formatSocket(
                            port.hostAddress(), port.hostPorts().first()))
                    .collect(Collectors.joining("\n"));
        }

        /// Those of which nothing takes the place.
        public Set<Id> gone() {
            Set<Id> gone = ids(removed);
            gone.removeAll(ids(put));
            return gone;
        }

        private static Set<Id> ids(List<PortBinding> ports) {
            return ports.stream().map(PortBinding::id).collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }

    public PortEdits publish(PortMapping mapping, PublishTarget target) throws RefusedException, EngineException {
        List<PortBinding> wanted = PortRequests.toBindings(mapping, ids, hostPorts.ephemeralPorts());
        Id endpoint = target.endpoint();
        if (endpoint == null) {
            throw PortRefusals.noPublishingNetwork(target.container());
        }
        List<PortBinding> put = new ArrayList<>();
        List<PortBinding> removed = new ArrayList<>();
        for (PortBinding unbound : wanted) {
            if (!target.supports(unbound)) {
                throw PortRefusals.containerWithoutIpv6(target.container(), unbound);
            }
            PortBinding port = unbound.withEndpoint(endpoint, target.standard(), target.ipv6());
            Optional<PortBinding> present = port.isEphemeral()
                    ? Optional.empty()
                    : target.own().stream().filter(port::conflictsWith).findFirst();
            if (present.isPresent()) {
                removed.add(present.get());
                put.add(replacement(present.get(), port, mapping.allowed(), endpoint, target.container()));
            } else if (target.running()) {
                put.add(hostPorts.allocate(port, endpoint, target.container()));
            } else {
                // A stopped container's ports are not in force, and others may have the same ones.
                put.add(port.isEphemeral() ? hostPorts.lowestFree(port) : port);
            }
        }
        return new PortEdits(put, removed);
    }

    /// The mapping that is there, with another list of who may use it.
    private PortBinding replacement(
            PortBinding present, PortBinding asked, List<Cidr> allowed, Id endpoint, String container)
            throws RefusedException, EngineException {
        if (!present.hostAddress().equals(asked.hostAddress())
                || !present.hostPorts().equals(asked.hostPorts())
                || !present.containerPorts().equals(asked.containerPorts())) {
            PortBinding both = overlap(asked, present);
            throw PortRefusals.portAllocated(container, endpoint, both, container, hostPorts.nextFree(both));
        }
        if (allowed.isEmpty() || present.allowed().equals(asked.allowed())) {
            throw PortRefusals.alreadyPublished(container, present);
        }
        return present.withAllowed(asked.allowed());
    }

    /// The largest port that both want, as Docker's sentence names it.
    private static PortBinding overlap(PortBinding port, PortBinding present) {
        int host = Math.min(port.hostPorts().last(), present.hostPorts().last());
        int inside = port.containerPorts().first() + host - port.hostPorts().first();
        return port.slice(port.id(), PortRange.single(inside));
    }

    /// Lets ports lead to the endpoint, in force at once if the container runs. Ports of an IPv6 address stay out
    /// where the endpoint has none.
    public List<PortBinding> bind(List<PortBinding> unbound, PublishTarget target)
            throws RefusedException, EngineException {
        Id endpoint = target.endpoint();
        List<PortBinding> bound = new ArrayList<>();
        for (PortBinding one : unbound) {
            if (endpoint != null && target.supports(one)) {
                PortBinding port = one.withEndpoint(endpoint, target.standard(), target.ipv6());
                bound.add(target.running() ? hostPorts.allocate(port, endpoint, target.container()) : port);
            }
        }
        return bound;
    }

    /// What is left of a mapping below and above the ports stays published.
    ///
    /// @return nothing where none of these ports is meant
    public static PortEdits unpublish(Change.Unpublish asked, List<PortBinding> own, Supplier<Id> ids)
            throws RefusedException {
        if (asked.hostPorts() == null && asked.containerPorts() == null) {
            throw PortRefusals.noPort();
        }
        List<PortBinding> left = new ArrayList<>();
        List<PortBinding> removed = new ArrayList<>();
        for (PortBinding port : own) {
            PortRange meant = PortRequests.matchedPorts(asked, port);
            if (meant != null) {
                removed.add(port);
                left.addAll(PortRequests.remaining(port, meant, ids));
            }
        }
        return new PortEdits(left, removed);
    }
}
