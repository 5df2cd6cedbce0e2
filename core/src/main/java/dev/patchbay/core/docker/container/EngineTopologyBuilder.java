package dev.patchbay.core.docker.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.network.AttachedNetworks;
import dev.patchbay.core.docker.network.EngineNetworkReader;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.HistoryEntry;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Builds the topology of an engine's host from the engine's answers and, where it can be read, the
/// kernel.
public final class EngineTopologyBuilder {
    /// The gateway modes in which containers keep their addresses.
    private static final Set<String> KEEPING_MODES = Set.of("routed", "isolated");

    private final EngineState state;
    private final @Nullable KernelState kernel;
    private final List<Network> networks;
    private final List<Container> containers;

    private EngineTopologyBuilder(EngineState state, @Nullable KernelState kernel, AttachedNetworks beside) {
        this.state = state;
        this.kernel = kernel;
        Map<String, KernelState.Link> links = kernel == null
                ? Map.of()
                : kernel.links().stream()
                        .collect(Collectors.toMap(KernelState.Link::name, Function.identity(), (first, _) -> first));
        EngineNetworkReader part = new EngineNetworkReader(state, kernel == null ? null : links);
        this.networks = Stream.concat(state.networks().stream().map(part::network), beside.networks().stream())
                .toList();
        this.containers = state.containers().stream()
                .map(node -> new EngineContainerReader(state, node, beside).container())
                .toList();
    }

    /// @param kernel of the engine's host; null when it cannot be read
    /// @param beside Patchbay's own objects beside the engine
    public static Topology of(
            long revision,
            EngineState state,
            @Nullable KernelState kernel,
            AttachedNetworks beside,
            List<HistoryEntry> activity) {
        EngineTopologyBuilder picture = new EngineTopologyBuilder(state, kernel, beside);
        return new Topology(revision, picture.host(), picture.networks, picture.containers, activity);
    }

    /// Names of these networks' bridges in the kernel of the engine's host.
    public static Set<String> bridges(List<JsonNode> networks) {
        return networks.stream()
                .map(EngineNetworkReader::bridge)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private Host host() {
        JsonNode info = state.info();
        String name = info.path("Name").asText("");
        KernelState seen = kernel == null
                ? new KernelState(
                        name,
                        info.path("IPv4Forwarding").asBoolean(),
                        List.of(),
                        List.of(),
                        KernelState.Transport.DEFAULT)
                : kernel;
        return new Host(
                name.isEmpty() ? seen.hostname() : name,
                interfaces(seen),
                seen.ipForward(),
                defaultGateway(seen),
                masqueraded(),
                seen);
    }

    private static @Nullable InetAddress defaultGateway(KernelState seen) {
        return seen.routes().stream()
                .filter(route -> route.isDefault())
                .map(KernelState.Route::gateway)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// Links except networks' bridges and their ports.
    private List<Host.Interface> interfaces(KernelState seen) {
        Set<String> bridges = networks.stream()
                .filter(Network::hasBridge)
                .map(Network::bridge)
                .collect(Collectors.toSet());
        Set<Integer> plugged = seen.links().stream()
                .filter(link -> bridges.contains(link.name()))
                .map(KernelState.Link::index)
                .collect(Collectors.toSet());
        return seen.links().stream()
                .filter(link ->
                        !link.name().equals("lo") && !bridges.contains(link.name()) && !plugged.contains(link.master()))
                .map(link -> new Host.Interface(link.name(), link.up(), link.addresses()))
                .toList();
    }

    /// Whether packets of its containers leave with the host's address, by the driver's options.
    private static boolean hidesAddresses(Network network) {
        Map<String, String> options = network.config().options();
        return !options.getOrDefault("com.docker.network.bridge.enable_ip_masquerade", "true")
                        .equals("false")
                && !KEEPING_MODES.contains(options.getOrDefault("com.docker.network.bridge.gateway_mode_ipv4", "nat"));
    }

    private List<Cidr> masqueraded() {
        return networks.stream()
                .filter(network -> network.driver().makesBridges() && !network.internal() && hidesAddresses(network))
                .map(Network::subnet)
                .filter(Objects::nonNull)
                .toList();
    }
}
