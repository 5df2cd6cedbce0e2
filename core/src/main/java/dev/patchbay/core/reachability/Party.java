package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Phrase;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.protocol.Reply.NetnsState;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An end as the packet finds it.
sealed interface Party {
    Phrase name();

    /// The namespace it is in; null when that cannot be looked into.
    @Nullable
    NetnsState sight();

    /// @param asked the container that a person means
    /// @param plugged the one whose namespace it is in, itself unless it shares another's
    record Inside(
            Container asked, Container plugged, @Nullable NetnsState sight) implements Party {
        @Override
        public Phrase name() {
            return Phrase.verbatim(asked.name());
        }

        List<Endpoint> endpoints() {
            return plugged.endpoints();
        }
    }

    /// @param name `host`, or the container that uses the host's network
    record Host(Phrase name, NetnsState sight) implements Party {}

    record World(@Nullable NetnsState sight) implements Party {
        @Override
        public Phrase name() {
            return Phrase.of("outside");
        }
    }

    /// @return null when the container is gone
    static @Nullable Party of(End end, Readings readings) {
        return switch (end) {
            case End.OnHost() -> new Host(Phrase.of("host"), readings.host());
            case End.Outside() -> new World(readings.outside());
            case End.InContainer(var id) -> {
                Container container = readings.topology().container(id);
                yield container == null ? null : of(container, readings);
            }
        };
    }

    private static Party of(Container container, Readings readings) {
        if (container.networkMode().equals("host")) {
            return new Host(Phrase.verbatim(container.name()), readings.host());
        }
        Container plugged = container;
        if (container.networkMode().startsWith("container:")) {
            String partner = container.networkMode().substring("container:".length());
            plugged = readings.topology().containers().stream()
                    .filter(other -> other.id().value().equals(partner))
                    .findFirst()
                    .orElse(container);
        }
        return new Inside(container, plugged, readings.sandboxes().get(container.id()));
    }

    static @Nullable InetAddress address(Endpoint endpoint, Family family) {
        Cidr address = family == Family.IPV4 ? endpoint.address() : endpoint.address6();
        return address == null ? null : address.address();
    }

    /// A container's plug on a network.
    record Plugged(Container container, Endpoint endpoint, Network network) {
        Spot[] spots() {
            return new Spot[] {
                new Spot.OfNetwork(network.id()),
                new Spot.OfPlug(container.id(), network.id()),
                new Spot.OfContainer(container.id())
            };
        }

        /// Whoever has this address, running before stopped; null when nobody has.
        static @Nullable Plugged at(InetAddress address, Topology topology) {
            Plugged found = null;
            for (Container container : topology.containers()) {
                for (Endpoint endpoint : container.endpoints()) {
                    Network network = topology.network(endpoint.network());
                    if (network != null
                            && address.equals(Party.address(endpoint, Family.of(address)))
                            && (found == null || container.running())) {
                        found = new Plugged(container, endpoint, network);
                    }
                }
            }
            return found;
        }

        /// By the name of the link inside.
        static @Nullable Plugged by(String device, Inside party, Topology topology) {
            for (Endpoint endpoint : party.endpoints()) {
                Network network = topology.network(endpoint.network());
                if (network != null && endpoint.interfaceName().equals(device)) {
                    return new Plugged(party.plugged(), endpoint, network);
                }
            }
            return null;
        }
    }
}
