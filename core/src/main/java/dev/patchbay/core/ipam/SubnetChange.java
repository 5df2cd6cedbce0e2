package dev.patchbay.core.ipam;

import dev.patchbay.core.ipam.PoolAllocator.UsedSubnet;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointConfig;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.NetworkRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives a network another subnet as one change, since no host changes that of a network that is there: its
/// containers leave it, it is removed and made again with its name and settings, and they join it again with
/// their aliases. A requested address stays where the new subnet has it, and otherwise keeps its place in the
/// subnet, as do the gateway, the range and the reserved addresses.
///
/// @param moves in the order in which the containers join it
public record SubnetChange(Change.Batch batch, List<AddressMove> moves) {

    /// The address of one container.
    ///
    /// @param before null while it has none
    /// @param after null when the host chooses it
    public record AddressMove(
            Container container,
            @Nullable InetAddress before,
            @Nullable InetAddress after) {}

    public SubnetChange {
        moves = List.copyOf(moves);
    }

    /// Of a network with a subnet of each family, the one of this family changes.
    ///
    /// @param subnet as typed
    /// @param gateway as typed; null for the same place in the subnet as before
    public static SubnetChange of(Topology topology, Network network, String subnet, @Nullable String gateway)
            throws RefusedException {
        if (network.predefined()) {
            throw NetworkRefusals.updatePredefined(network.name());
        }
        if (network.attached()) {
            throw NetworkRefusals.attachedSubnet(network.name());
        }
        if (!network.config().configuration().isEmpty() || network.configOnly()) {
            throw NetworkRefusals.subnetOfConfiguration(network.name());
        }
        Pool before = network.config().pools().stream()
                .filter(pool -> pool.subnet().isIpv4() != Ip.isIpv6(subnet))
                .findFirst()
                .orElseThrow(() -> NetworkRefusals.noSubnetToChange(network.name(), !Ip.isIpv6(subnet)));
        PoolRequest asked = moved(before, subnet, gateway);
        Pool after = PoolAllocator.pool(
                asked, subnetsOfOthers(topology, network), topology.host().kernel());
        if (after.subnet().equals(before.subnet()) && after.gateway().equals(before.gateway())) {
            throw NetworkRefusals.sameSubnet(network.name(), after.subnet());
        }
        List<Container> containers = topology.containersOn(network.id());
        if (new AddressPool(after).usableCount() < containers.size()) {
            throw NetworkRefusals.subnetTooSmall(network.name(), after.subnet(), containers.size());
        }
        List<AddressMove> moves = moves(containers, network, before, after);
        List<Change> changes = new ArrayList<>();
        containers.forEach(container -> changes.add(new Change.Disconnect(network.name(), container.name())));
        changes.add(new Change.RemoveNetwork(network.name()));
        changes.add(creation(network, before, asked));
        moves.forEach(
                move -> changes.add(connection(network, move, before.subnet().isIpv4())));
        return new SubnetChange(new Change.Batch(command(network, subnet, gateway), changes), moves);
    }

    private static List<String> command(Network network, String subnet, @Nullable String gateway) {
        List<String> words = new ArrayList<>(List.of("patchbay", "network", "subnet"));
        if (gateway != null) {
            words.addAll(List.of("--gateway", gateway));
        }
        words.addAll(List.of(network.name(), subnet));
        return words;
    }

    private static List<UsedSubnet> subnetsOfOthers(Topology topology, Network network) {
        return topology.networks().stream()
                .filter(other -> !other.id().equals(network.id()) && !other.configOnly())
                .flatMap(other ->
                        other.config().pools().stream().map(pool -> new UsedSubnet(pool.subnet(), other.name())))
                .toList();
    }

    private static PoolRequest moved(Pool before, String subnet, @Nullable String gateway) {
        Cidr to = Ip.parsePrefix(subnet);
        if (to == null) {
            // The allocator says what is wrong with it.
            return new PoolRequest(subnet, null, gateway, Map.of());
        }
        Map<String, String> reserved = new HashMap<>();
        before.auxiliary().forEach((name, address) -> {
            InetAddress moved = moved(address, before.subnet(), to);
            reserved.put(name, Addresses.format(moved == null ? address : moved));
        });
        InetAddress sameGateway = before.gatewayGiven() ? moved(before.gateway(), before.subnet(), to) : null;
        return new PoolRequest(
                subnet,
                before.range() == null ? null : movedRange(before.range(), before.subnet(), to),
                gateway == null && sameGateway != null ? Addresses.format(sameGateway) : gateway,
                reserved);
    }

    private static String movedRange(Cidr range, Cidr from, Cidr to) {
        InetAddress first = moved(range.address(), from, to);
        return first == null ? range.toString() : new Cidr(first, range.prefixLength()).toString();
    }

    /// The address itself if the other subnet has it, and otherwise the one at the same place; null when the
    /// other subnet ends before that.
    private static @Nullable InetAddress moved(InetAddress address, Cidr from, Cidr to) {
        if (to.contains(address)) {
            return address;
        }
        BigInteger place = number(address).subtract(number(Ip.first(from)));
        if (place.bitLength() > Ip.hostBits(to)) {
            return null;
        }
        byte[] bytes = number(Ip.first(to)).add(place).toByteArray();
        byte[] sized = new byte[address.getAddress().length];
        int length = Math.min(bytes.length, sized.length);
        System.arraycopy(bytes, bytes.length - length, sized, sized.length - length, length);
        return Addresses.of(sized);
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    /// Containers with a requested address come first, so that the host gives it to no other one.
    private static List<AddressMove> moves(List<Container> containers, Network network, Pool before, Pool after)
            throws RefusedException {
        boolean ipv4 = before.subnet().isIpv4();
        Set<InetAddress> taken = new HashSet<>(after.auxiliary().values());
        taken.add(after.gateway());
        taken.add(Ip.first(after.subnet()));
        if (ipv4) {
            taken.add(Ip.last(after.subnet()));
        }
        List<AddressMove> requested = new ArrayList<>();
        List<AddressMove> chosen = new ArrayList<>();
        for (Container container : containers) {
            Endpoint endpoint = Objects.requireNonNull(container.endpointOn(network.id()));
            Cidr present = ipv4 ? endpoint.address() : endpoint.address6();
            InetAddress wanted =
                    ipv4 ? endpoint.config().address() : endpoint.config().address6();
            if (wanted == null) {
                chosen.add(new AddressMove(container, present == null ? null : present.address(), null));
                continue;
            }
            InetAddress next = moved(wanted, before.subnet(), after.subnet());
            if (next == null || !taken.add(next)) {
                throw NetworkRefusals.addressHasNoPlace(container.name(), wanted, after.subnet());
            }
            requested.add(new AddressMove(container, wanted, next));
        }
        requested.addAll(chosen);
        return requested;
    }

    private static Change.CreateNetwork creation(Network network, Pool replaced, PoolRequest asked) {
        return new Change.CreateNetwork(
                network.name(),
                network.driver().name(),
                network.config().pools().stream()
                        .map(pool -> pool.equals(replaced) ? asked : request(pool))
                        .toList(),
                network.ipv6(),
                network.internal(),
                network.config().attachable(),
                false,
                null,
                network.labels(),
                network.config().options(),
                network.config().engineSettings(),
                Manager.HOST_DEFAULT);
    }

    private static PoolRequest request(Pool pool) {
        Map<String, String> reserved = new HashMap<>();
        pool.auxiliary().forEach((name, address) -> reserved.put(name, Addresses.format(address)));
        return new PoolRequest(
                pool.subnet().toString(),
                pool.range() == null ? null : pool.range().toString(),
                pool.gatewayGiven() ? Addresses.format(pool.gateway()) : null,
                reserved);
    }

    private static Change.Connect connection(Network network, AddressMove move, boolean ipv4) {
        Endpoint endpoint = Objects.requireNonNull(move.container().endpointOn(network.id()));
        EndpointConfig config = endpoint.config();
        InetAddress four = ipv4 ? move.after() : config.address();
        InetAddress six = ipv4 ? config.address6() : move.after();
        return new Change.Connect(
                move.container().name(),
                new EndpointRequest(
                        network.name(),
                        four == null ? null : Addresses.format(four),
                        six == null ? null : Addresses.format(six),
                        config.mac() == null ? null : config.mac().toString(),
                        config.aliases(),
                        config.gatewayPriority()));
    }
}
