package dev.patchbay.core.lab.state;

import dev.patchbay.core.model.Host;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Distinguishes the host's own links from those of networks and containers.
final class LabHostBuilder {
    private LabHostBuilder() {}

    static Host of(KernelState kernel, Specs specs) {
        Set<String> owned = Stream.concat(
                        specs.networks().stream().map(NetworkSpec::bridge),
                        specs.endpoints().stream().map(EndpointSpec::hostInterface))
                .collect(Collectors.toSet());
        List<Host.Interface> interfaces = kernel.links().stream()
                .filter(link -> !link.name().equals("lo") && !owned.contains(link.name()))
                .map(link -> new Host.Interface(link.name(), link.up(), link.addresses()))
                .toList();
        return new Host(
                kernel.hostname(),
                interfaces,
                kernel.ipForward(),
                kernel.routes().stream()
                        .filter(route -> route.isDefault())
                        .map(KernelState.Route::gateway)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                specs.networks().stream()
                        .filter(network ->
                                network.driver() == Driver.BRIDGE && network.masquerade() && !network.internal())
                        .map(NetworkSpec::pools)
                        .flatMap(List::stream)
                        .map(Pool::subnet)
                        .toList(),
                kernel);
    }
}
