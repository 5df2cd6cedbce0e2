package dev.patchbay.core.docker.network;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.lab.plan.RemoteDriverPlans;
import dev.patchbay.core.lab.state.LabTopologyBuilder;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.spec.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Patchbay's own objects beside an engine: networks, endpoints of the engine's containers, and ports.
///
/// The machine's records have networks of two kinds: those that the engine knows, since it uses
/// Patchbay's driver, and those beside it.
public record AttachedNetworks(Specs specs, List<Network> networks, List<Container> containers) {
    public static final AttachedNetworks NOTHING = new AttachedNetworks(Specs.EMPTY, List.of(), List.of());

    /// @param host null when the records cannot be read
    public static AttachedNetworks of(@Nullable HelperState host, EngineState engine) {
        if (host == null) {
            return NOTHING;
        }
        Topology drawn = LabTopologyBuilder.of(host, List.of());
        Set<Id> ours =
                networks(host.specs(), engine).stream().map(NetworkSpec::id).collect(Collectors.toSet());
        return new AttachedNetworks(
                host.specs(),
                drawn.networks().stream()
                        .filter(network -> ours.contains(network.id()))
                        .map(Network::asAttached)
                        .toList(),
                drawn.containers());
    }

    /// The recorded networks that neither the engine nor another one has created through the driver.
    public static List<NetworkSpec> networks(Specs specs, EngineState engine) {
        Set<Id> known = engine.networks().stream()
                .map(node -> JsonValues.id(node.path("Id").asText()))
                .collect(Collectors.toSet());
        return specs.networks().stream()
                .filter(network -> !network.predefined()
                        && !known.contains(network.id())
                        && !RemoteDriverPlans.isDriverNetwork(network))
                .toList();
    }

    /// Addresses of the engines of whose containers anything is recorded.
    public static Set<String> engines(Specs specs) {
        return Stream.concat(
                        specs.externalPublishes().stream().map(ExternalPublishSpec::engine),
                        specs.sandboxes().stream()
                                .map(SandboxSpec::workload)
                                .filter(Workload.ExternalNetns.class::isInstance)
                                .map(workload -> ((Workload.ExternalNetns) workload).engine()))
                .collect(Collectors.toSet());
    }

    /// Without the ports, for whoever works out where those lead to.
    public AttachedNetworks withoutPorts() {
        return new AttachedNetworks(Specs.EMPTY, networks, containers);
    }

    public List<ExternalPublishSpec> externalPublishes(Id container) {
        return specs.externalPublishesOf(container);
    }

    public List<Endpoint> endpoints(Id container) {
        return containers.stream()
                .filter(candidate -> candidate.id().equals(container))
                .flatMap(candidate -> candidate.endpoints().stream())
                .toList();
    }

    /// The change that updates the records of the engine's containers: removed ones lose their
    /// endpoints, the others get their present state. Containers of other engines are unknown here.
    public static SpecChange reconciled(Specs specs, EngineState engine) {
        List<Spec> put = new ArrayList<>();
        List<Id> remove = new ArrayList<>();
        for (SandboxSpec sandbox : specs.sandboxes()) {
            if (sandbox.hasExternalNetnsOf(engine.engineAddress())) {
                JsonNode container = engine.container(sandbox.id().value());
                if (container == null) {
                    specs.endpointsOf(sandbox.id()).forEach(endpoint -> remove.add(endpoint.id()));
                    remove.add(sandbox.id());
                } else if (!sandbox(container, engine).equals(sandbox)) {
                    put.add(sandbox(container, engine));
                }
            }
        }
        return new SpecChange(put, remove);
    }

    /// An engine's container as a record of the helper.
    public static SandboxSpec sandbox(JsonNode container, EngineState engine) {
        return SandboxSpec.inExternalNetns(
                JsonValues.id(container.path("Id").asText()),
                EngineState.name(container),
                Objects.requireNonNullElse(JsonValues.time(container.path("Created")), Instant.EPOCH),
                engine.engineAddress(),
                netnsPath(container));
    }

    /// Podman has no file for the namespace of a container without networks (`--network none`): its
    /// runtime creates it with the process.
    private static @Nullable String netnsPath(JsonNode container) {
        long process = container.at("/State/Pid").asLong();
        if (process == 0) {
            return null;
        }
        String key = container.at("/NetworkSettings/SandboxKey").asText("");
        // Engines report the path through a link that every machine has.
        return key.isEmpty() ? "/proc/" + process + "/ns/net" : key.replaceFirst("^/var/run/", "/run/");
    }
}
