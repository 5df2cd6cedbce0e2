package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.core.docker.container.ContainerSteps;
import dev.patchbay.core.docker.container.EngineTopologyBuilder;
import dev.patchbay.core.docker.network.AttachedNetworks;
import dev.patchbay.core.docker.network.NetworkSteps;
import dev.patchbay.core.docker.plan.Capabilities;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.plan.DockerStep;
import dev.patchbay.core.docker.plan.PlannedEngineState;
import dev.patchbay.core.docker.recreate.RecreationSteps;
import dev.patchbay.core.docker.recreate.ReplacedContainer;
import dev.patchbay.core.docker.recreate.ReplacementRequest;
import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.naming.IdSequence;
import dev.patchbay.core.ports.PortRefusals;
import dev.patchbay.core.refusal.AddressRefusals;
import dev.patchbay.core.refusal.ContainerRefusals;
import dev.patchbay.core.refusal.NetworkRefusals;
import dev.patchbay.core.refusal.RecreateRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Plans several changes as one action. Each is planned for the state after the previous ones, and refused
/// before the first one is done.
///
/// Images are pulled first. A removed container is at first only stopped and renamed, and removed as the last
/// step: a failure before that gives it back with its files.
final class BatchPlanner {
    private static final String NETWORKS = "/NetworkSettings/Networks";
    private static final String SHARED = "container:";
    private static final Set<String> NETWORK_MODES = Set.of("default", "bridge", "host", "none");

    private final Capabilities capabilities;
    private final IdSequence seeds;
    private final SequencedMap<String, DockerStep> pulls = new LinkedHashMap<>();
    private final List<DockerStep> steps = new ArrayList<>();
    private final List<DockerStep> discards = new ArrayList<>();
    private final List<DockerStep> undoSteps = new ArrayList<>();
    private final Map<String, JsonNode> removed = new HashMap<>();
    private final Set<Id> portsBefore;
    private EngineState planned;

    BatchPlanner(EngineState state, Capabilities capabilities, Id seed) {
        this.planned = state;
        this.capabilities = capabilities;
        this.seeds = new IdSequence(seed);
        this.portsBefore = topology(state).containers().stream()
                .flatMap(container -> container.ports().stream())
                .filter(PortBinding::inForce)
                .map(PortBinding::id)
                .collect(Collectors.toSet());
    }

    DockerPlan plan(Change.Batch batch) throws EngineException, RefusedException {
        for (Change change : batch.changes()) {
            switch (change) {
                case Change.RemoveContainer(String container, boolean force)
                when force && canBeSetAside(planned.requireContainer(container)) ->
                    setAside(planned.requireContainer(container));
                case Change.RemoveNetwork(String network) -> removeNetwork(change, planned.requireNetwork(network));
                case Change.CreateNetwork create -> {
                    check(create);
                    add(plan(create));
                }
                case Change.RunContainer run -> {
                    List<DockerStep> more = planner().run(run, settings(run)).steps();
                    check(run);
                    add(more);
                    checkPorts();
                }
                case Change.Connect(String _, EndpointRequest place) -> {
                    List<DockerStep> more = plan(change);
                    // Null for a network that Patchbay manages beside the engine.
                    if (planned.network(place.network()) instanceof JsonNode network) {
                        checkAddresses(place, network);
                    }
                    add(more);
                }
                case Change.StartContainer _ -> {
                    add(plan(change));
                    checkPorts();
                }
                default -> add(plan(change));
            }
        }
        List<DockerStep> all = new ArrayList<>(pulls.values());
        all.addAll(steps);
        all.addAll(discards);
        return new DockerPlan(String.join(" ", batch.command()), all, List.of(), null, undoSteps);
    }

    private DockerPlanner planner() {
        return new DockerPlanner(planned, capabilities, seeds.next());
    }

    private List<DockerStep> plan(Change change) throws EngineException, RefusedException {
        return planner().plan(change).steps();
    }

    private void add(List<DockerStep> more) {
        for (DockerStep step : more) {
            if (step.action() instanceof DockerStep.Action.Pull(String image)) {
                pulls.putIfAbsent(image, step);
            } else {
                undoSteps.addAll(0, step.inverse() instanceof DockerStep.Inverse.Steps(var by) ? by : List.of());
                addWithoutUndo(step);
            }
        }
    }

    private void addWithoutUndo(DockerStep step) {
        steps.add(step);
        planned = PlannedEngineState.after(planned, step, UnaryOperator.identity());
    }

    /// An engine removes a container of `--rm` when it stops, and stops none that is paused.
    private static boolean canBeSetAside(JsonNode container) {
        return !container.at("/HostConfig/AutoRemove").asBoolean()
                && !container.at("/State/Paused").asBoolean();
    }

    private void setAside(JsonNode container) throws EngineException, RefusedException {
        EngineObject present = EngineObject.container(container);
        EngineObject aside = new EngineObject(present.id(), present.name() + RecreationSteps.ASIDE);
        if (EngineState.isRunning(container)) {
            addWithoutUndo(ContainerSteps.reversibleStop(present, StopMode.GRACEFUL));
        }
        addWithoutUndo(ContainerSteps.rename(present, aside.name()));
        ReplacedContainer before = replaced(container);
        DockerStep discard = ContainerSteps.discard(aside);
        if (capabilities.hasCompleteInspect() && !before.image().isMissingNode()) {
            discards.add(discard);
            undoSteps.addAll(0, RecreationSteps.createAgain(before));
        } else {
            discards.add(discard.withoutInverse(ContainerSteps.GONE));
        }
        removed.put(present.name(), container);
    }

    private ReplacedContainer replaced(JsonNode container) throws EngineException, RefusedException {
        return new ReplacedContainer(
                container,
                capabilities.image(container.path("Image").asText()),
                capabilities.image(container.at("/Config/Image").asText()),
                MissingNode.getInstance(),
                capabilities.supportsEndpointMac());
    }

    /// The settings of the container in whose place another one comes, as far as the change does not have them.
    private UnaryOperator<ObjectNode> settings(Change.RunContainer run) throws EngineException, RefusedException {
        JsonNode before = run.name() == null ? null : removed.get(run.name());
        if (before == null) {
            return UnaryOperator.identity();
        }
        if (hasObjectsBesideEngine(before)) {
            throw RecreateRefusals.besideLost(EngineState.name(before));
        }
        if (!capabilities.hasCompleteInspect()) {
            if (!before.path("Mounts").isEmpty()) {
                throw RecreateRefusals.mountsLost(
                        EngineState.name(before),
                        before.path("Mounts")
                                .valueStream()
                                .map(mount -> mount.path("Destination").asText())
                                .sorted()
                                .toList());
            }
            return UnaryOperator.identity();
        }
        ReplacedContainer replaced = replaced(before);
        return asked -> ReplacementRequest.withSettings(replaced, asked);
    }

    private boolean hasObjectsBesideEngine(JsonNode container) throws EngineException {
        Id id = JsonValues.id(container.path("Id").asText());
        return capabilities
                .recordedState()
                .filter(recorded -> !recorded.specs().endpointsOf(id).isEmpty()
                        || !recorded.specs().externalPublishesOf(id).isEmpty())
                .isPresent();
    }

    /// Containers that are set aside leave the network first: after a failure they are connected to the new one.
    private void removeNetwork(Change change, JsonNode network) throws EngineException, RefusedException {
        String name = EngineState.networkName(network);
        Set<String> aside = removed.values().stream()
                .map(container -> container.path("Id").asText())
                .collect(Collectors.toSet());
        List<JsonNode> connected = planned.containers().stream()
                .filter(container -> container.at(NETWORKS).has(name))
                .toList();
        String users = connected.stream()
                .filter(EngineState::isRunning)
                .map(EngineState::name)
                .collect(Collectors.joining(", "));
        if (!users.isEmpty()) {
            throw NetworkRefusals.activeEndpoints(
                    name, JsonValues.id(network.path("Id").asText()), users);
        }
        for (JsonNode container : connected) {
            if (aside.contains(container.path("Id").asText())) {
                addWithoutUndo(NetworkSteps.disconnect(
                        EngineObject.network(network),
                        EngineObject.container(container),
                        container.at(NETWORKS).path(name)));
            }
        }
        add(plan(change));
    }

    private void check(Change.CreateNetwork create) throws RefusedException {
        if (planned.networkNamed(create.name()) != null) {
            throw NetworkRefusals.nameTaken(create.name());
        }
        for (PoolRequest pool : create.pools()) {
            if (pool.subnet() != null) {
                checkSubnet(pool.subnet());
            }
        }
    }

    /// A subnet that is none is left to the engine.
    private void checkSubnet(String typed) throws RefusedException {
        Cidr subnet = JsonValues.subnet(TextNode.valueOf(typed));
        if (subnet == null) {
            return;
        }
        for (JsonNode network : planned.networks()) {
            if (EngineState.subnets(network).stream().anyMatch(subnet::overlaps)) {
                throw AddressRefusals.overlap(typed, "network " + EngineState.networkName(network));
            }
        }
    }

    private void check(Change.RunContainer run) throws RefusedException {
        JsonNode owner = run.name() == null ? null : planned.containerNamed(run.name());
        if (owner != null) {
            throw ContainerRefusals.nameTaken(
                    EngineState.name(owner), JsonValues.id(owner.path("Id").asText()));
        }
        for (EndpointRequest place : run.networks()) {
            if (place.network().startsWith(SHARED)) {
                planned.requireContainer(place.network().substring(SHARED.length()));
            } else if (!NETWORK_MODES.contains(place.network())) {
                checkAddresses(place, planned.requireNetwork(place.network()));
            }
        }
    }

    private void checkAddresses(EndpointRequest place, JsonNode network) throws RefusedException {
        for (String typed : Stream.of(place.address(), place.address6())
                .flatMap(Stream::ofNullable)
                .toList()) {
            InetAddress address = JsonValues.address(TextNode.valueOf(typed));
            List<Cidr> subnets = EngineState.subnets(network);
            if (address == null || subnets.isEmpty()) {
                continue;
            }
            if (subnets.stream().noneMatch(subnet -> subnet.contains(address))) {
                throw AddressRefusals.addressOutside(
                        typed, subnets.stream().map(Cidr::toString).collect(Collectors.joining(", ")));
            }
            Optional<String> owner = owner(network, address);
            if (owner.isPresent()) {
                throw AddressRefusals.addressTaken(typed, owner.get());
            }
        }
    }

    /// A stopped container has no address.
    private Optional<String> owner(JsonNode network, InetAddress address) {
        String name = EngineState.networkName(network);
        return planned.containers().stream()
                .filter(EngineState::isRunning)
                .filter(container -> Stream.of(
                                "/IPAddress",
                                "/GlobalIPv6Address",
                                "/IPAMConfig/IPv4Address",
                                "/IPAMConfig/IPv6Address")
                        .map(container.at(NETWORKS).path(name)::at)
                        .anyMatch(field -> address.equals(JsonValues.address(field))))
                .findFirst()
                .map(container -> "container " + EngineState.name(container));
    }

    /// The engine has accepted the ports that are in force already.
    private void checkPorts() throws RefusedException {
        Topology topology = topology(planned);
        for (Container container : topology.containers()) {
            for (PortBinding port : container.ports()) {
                if (port.inForce() && !portsBefore.contains(port.id())) {
                    checkPort(container, port, topology);
                }
            }
        }
    }

    private static void checkPort(Container container, PortBinding port, Topology topology) throws RefusedException {
        for (Container other : topology.containers()) {
            if (!other.equals(container)
                    && other.ports().stream().anyMatch(taken -> taken.inForce() && taken.conflictsWith(port))) {
                throw PortRefusals.portAllocated(container.name(), container.id(), port, other.name(), 0);
            }
        }
    }

    private static Topology topology(EngineState state) {
        return EngineTopologyBuilder.of(0, state, null, AttachedNetworks.NOTHING, List.of());
    }
}
