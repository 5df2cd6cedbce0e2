package dev.patchbay.core.docker.network;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the bridges and veths of an engine's bridge networks that are not as the engine made them.
///
/// An engine does not always tell the gateway that it chose itself. Then the address that the bridge had before
/// is expected, which this remembers; any thread may call.
public final class NetworkLinkCheck {
    private static final String DRIVER_OPTIONS = "com.docker.network.bridge.";

    /// Options of Docker's and netavark's bridges that leave a bridge without the gateway's address, and their
    /// values.
    private static final Map<String, Set<String>> WITHOUT_ADDRESS = Map.of(
            DRIVER_OPTIONS + "inhibit_ipv4",
            Set.of("true", "1"),
            DRIVER_OPTIONS + "gateway_mode_ipv4",
            Set.of("isolated"),
            DRIVER_OPTIONS + "gateway_mode_ipv6",
            Set.of("isolated"),
            "mode",
            Set.of("unmanaged"));

    /// How a link differs.
    public enum Fault {
        BRIDGE_GONE,
        BRIDGE_DOWN,
        /// The bridge lacks the gateway's address.
        ADDRESS_LOST,
        /// No link is known that leads from the network's bridge into the container.
        VETH_GONE,
        /// The veth is in another bridge or in none.
        VETH_DETACHED,
        VETH_DOWN
    }

    /// A link that differs.
    ///
    /// @param container into which the veth leads; null for a bridge
    /// @param link its name; empty for [Fault#VETH_GONE]
    /// @param address that is lost, for [Fault#ADDRESS_LOST]; else null
    /// @param others addresses of the same family that the bridge has instead
    public record LinkFault(
            Fault fault,
            Network network,
            @Nullable Container container,
            String link,
            @Nullable Cidr address,
            List<Cidr> others) {
        public LinkFault {
            others = List.copyOf(others);
        }

        private static LinkFault ofBridge(Fault fault, Network network) {
            return new LinkFault(fault, network, null, network.bridge(), null, List.of());
        }

        private static LinkFault ofVeth(Fault fault, Network network, Container container, String link) {
            return new LinkFault(fault, network, container, link, null, List.of());
        }
    }

    private record Key(Id network, Cidr subnet) {}

    private final Map<Key, Cidr> seen = new HashMap<>();

    /// @param topology whose endpoints have the names of their host links, as far as they are known
    public synchronized List<LinkFault> faults(Topology topology, Collection<KernelState.Link> links) {
        seen.keySet().removeIf(key -> topology.network(key.network()) == null);
        Map<String, KernelState.Link> byName = links.stream()
                .collect(Collectors.toMap(KernelState.Link::name, Function.identity(), (first, _) -> first));
        List<LinkFault> faults = new ArrayList<>();
        for (Network network : topology.networks()) {
            if (!network.hasBridge() || !network.ofEngine()) {
                continue;
            }
            KernelState.Link bridge = byName.get(network.bridge());
            if (bridge == null) {
                faults.add(LinkFault.ofBridge(Fault.BRIDGE_GONE, network));
                continue;
            }
            if (bridge.up()) {
                addLostAddresses(network, bridge, faults);
            } else {
                // The kernel takes IPv6 addresses off a link that goes down.
                faults.add(LinkFault.ofBridge(Fault.BRIDGE_DOWN, network));
            }
            if (network.driver().equals(NetworkDriver.BRIDGE)) {
                topology.containersOn(network.id())
                        .forEach(container -> addVethFault(network, container, bridge, byName, faults));
            }
        }
        return faults;
    }

    private void addLostAddresses(Network network, KernelState.Link bridge, List<LinkFault> faults) {
        Map<String, String> options = network.config().options();
        if (WITHOUT_ADDRESS.entrySet().stream()
                .anyMatch(option -> option.getValue().contains(options.getOrDefault(option.getKey(), "")))) {
            return;
        }
        for (Pool pool : network.config().pools()) {
            if (!pool.subnet().isIpv4() && !network.ipv6()) {
                continue;
            }
            Key key = new Key(network.id(), pool.subnet());
            Cidr present = bridge.addresses().stream()
                    .filter(address -> pool.gatewayGiven()
                            ? address.address().equals(pool.gateway())
                            : seen.containsKey(key)
                                    ? address.equals(seen.get(key))
                                    : pool.subnet().contains(address.address()))
                    .min(Comparator.comparing(address -> !address.address().equals(pool.gateway())))
                    .orElse(null);
            if (present != null) {
                seen.put(key, present);
            } else if (pool.gatewayGiven() || seen.containsKey(key)) {
                faults.add(new LinkFault(
                        Fault.ADDRESS_LOST,
                        network,
                        null,
                        network.bridge(),
                        seen.getOrDefault(key, pool.gatewayAddress()),
                        others(network, bridge, pool)));
            }
        }
    }

    private static List<Cidr> others(Network network, KernelState.Link bridge, Pool lost) {
        return bridge.addresses().stream()
                .filter(address -> address.isIpv4() == lost.subnet().isIpv4()
                        && !address.address().isLinkLocalAddress()
                        && network.config().pools().stream()
                                .noneMatch(pool ->
                                        !pool.equals(lost) && pool.subnet().contains(address.address())))
                .toList();
    }

    private static void addVethFault(
            Network network,
            Container container,
            KernelState.Link bridge,
            Map<String, KernelState.Link> byName,
            List<LinkFault> faults) {
        Endpoint endpoint = Objects.requireNonNull(container.endpointOn(network.id()));
        if (!container.running() || container.pid() == 0 || !endpoint.attached()) {
            return;
        }
        KernelState.Link veth = byName.get(endpoint.hostInterface());
        if (veth == null) {
            faults.add(LinkFault.ofVeth(Fault.VETH_GONE, network, container, ""));
        } else if (veth.master() != bridge.index()) {
            faults.add(LinkFault.ofVeth(Fault.VETH_DETACHED, network, container, veth.name()));
        } else if (!veth.up()) {
            faults.add(LinkFault.ofVeth(Fault.VETH_DOWN, network, container, veth.name()));
        }
    }
}
