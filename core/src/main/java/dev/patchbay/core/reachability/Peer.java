package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Message;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A peer with the state of its namespace.
sealed interface Peer {
    Message name();

    /// The state of its namespace; null when that cannot be inspected.
    @Nullable
    NetnsState netnsState();

    /// @param container the container of the query
    /// @param netnsOwner the container that owns its namespace, itself unless it shares another's
    record InContainer(
            Container container,
            Container netnsOwner,
            @Nullable NetnsState netnsState) implements Peer {
        @Override
        public Message name() {
            return Message.verbatim(container.name());
        }

        List<Endpoint> endpoints() {
            return netnsOwner.endpoints();
        }
    }

    /// @param name `host`, or the container that uses the host's network
    record Host(Message name, NetnsState netnsState) implements Peer {}

    /// @param address null for a peer beyond the default route, whatever its address
    record Outside(@Nullable InetAddress address, @Nullable NetnsState netnsState) implements Peer {
        @Override
        public Message name() {
            return address == null ? Message.of("outside") : Message.verbatim(Addresses.format(address));
        }
    }

    /// @return null when the container is gone
    static @Nullable Peer of(PathEnd end, TraceInputs inputs) {
        return switch (end) {
            case PathEnd.OnHost() -> new Host(Message.of("host"), inputs.host());
            case PathEnd.Outside() -> new Outside(null, inputs.outside());
            case PathEnd.AtAddress(var address) -> new Outside(address, inputs.outsideWith(address));
            case PathEnd.InContainer(var id) -> {
                Container container = inputs.topology().container(id);
                yield container == null ? null : of(container, inputs);
            }
        };
    }

    private static Peer of(Container container, TraceInputs inputs) {
        if (container.networkMode().equals("host")) {
            return new Host(Message.verbatim(container.name()), inputs.host());
        }
        Container owner = inputs.topology().netnsOwner(container);
        return new InContainer(
                container, owner == null ? container : owner, inputs.sandboxes().get(container.id()));
    }

    static @Nullable InetAddress address(Endpoint endpoint, Family family) {
        Cidr address = family == Family.IPV4 ? endpoint.address() : endpoint.address6();
        return address == null ? null : address.address();
    }

    /// The endpoint of a container on a network.
    record AttachedEndpoint(Container container, Endpoint endpoint, Network network) {
        Location[] locations() {
            return new Location[] {
                new Location.OfNetwork(network.id()),
                new Location.OfEndpoint(container.id(), network.id()),
                new Location.OfContainer(container.id())
            };
        }

        /// The container with this address, running before stopped; null when there is none.
        static @Nullable AttachedEndpoint withAddress(InetAddress address, Topology topology) {
            AttachedEndpoint found = null;
            for (Container container : topology.containers()) {
                for (Endpoint endpoint : container.endpoints()) {
                    Network network = topology.network(endpoint.network());
                    if (network != null
                            && address.equals(Peer.address(endpoint, Family.of(address)))
                            && (found == null || container.running())) {
                        found = new AttachedEndpoint(container, endpoint, network);
                    }
                }
            }
            return found;
        }

        /// Found by the name of the inner link.
        static @Nullable AttachedEndpoint withInterface(String device, InContainer peer, Topology topology) {
            for (Endpoint endpoint : peer.endpoints()) {
                Network network = topology.network(endpoint.network());
                if (network != null
                        && RouteLookup.interfaceName(endpoint, peer.netnsState())
                                .equals(device)) {
                    return new AttachedEndpoint(peer.netnsOwner(), endpoint, network);
                }
            }
            return null;
        }
    }
}
