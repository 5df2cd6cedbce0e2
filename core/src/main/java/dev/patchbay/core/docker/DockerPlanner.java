package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.container.ContainerSteps;
import dev.patchbay.core.docker.container.EngineTopologyBuilder;
import dev.patchbay.core.docker.network.AttachedNetworkPlanner;
import dev.patchbay.core.docker.network.AttachedNetworks;
import dev.patchbay.core.docker.network.NetworkSteps;
import dev.patchbay.core.docker.plan.Capabilities;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.plan.DockerStep;
import dev.patchbay.core.docker.plan.DockerStep.Action.ExternalPublish;
import dev.patchbay.core.docker.plan.HostPortState;
import dev.patchbay.core.docker.plan.Precondition;
import dev.patchbay.core.docker.plan.Recreation;
import dev.patchbay.core.docker.plan.UnsupportedRefusals;
import dev.patchbay.core.docker.port.ExternalPublishPlanner;
import dev.patchbay.core.docker.port.ExternalPublishTargets;
import dev.patchbay.core.docker.recreate.RecreationPlanner;
import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.filter.PruneFilters;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.naming.IdSequence;
import dev.patchbay.core.naming.RandomNames;
import dev.patchbay.core.refusal.ContainerRefusals;
import dev.patchbay.core.refusal.HistoryRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.spec.NetworkSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Plans a change as requests to the engine. The engine judges most of them itself; a change that it
/// cannot make at all is refused here.
public final class DockerPlanner {
    private static final List<String> ID = List.of("/Id");
    private static final List<String> PRUNED = List.of("/NetworksDeleted", "/ContainersDeleted");

    private final EngineState state;
    private final Capabilities capabilities;
    private final Id seed;

    /// @param seed determines the name of a container without one, so that the preview shows the final
    ///     name
    public DockerPlanner(EngineState state, Capabilities capabilities, Id seed) {
        this.state = state;
        this.capabilities = capabilities;
        this.seed = seed;
    }

    public DockerPlan plan(Change change) throws EngineException, RefusedException {
        Optional<DockerPlan> beside = attachedNetworks().plan(change);
        return beside.isPresent() ? beside.get() : planOnEngine(change);
    }

    private AttachedNetworkPlanner attachedNetworks() {
        return new AttachedNetworkPlanner(state, capabilities, seed);
    }

    private DockerPlan planOnEngine(Change change) throws EngineException, RefusedException {
        return switch (change) {
            case Change.CreateNetwork create -> {
                if (!create.engineSettings().ipv4() && !capabilities.supportsIpv6Only()) {
                    throw UnsupportedRefusals.withoutIpv4();
                }
                yield plan(change, ID, NetworkSteps.create(create));
            }
            case Change.RemoveNetwork(String network) -> plan(change, NetworkSteps.remove(network(network)));
            case Change.PruneNetworks prune -> pruneNetworks(prune);
            case Change.UpdateNetwork _ -> throw UnsupportedRefusals.updateNetwork();
            case Change.Connect(String container, EndpointRequest place) -> connect(change, container, place);
            case Change.Disconnect(String network, String container) -> disconnect(change, network, container);
            case Change.RunContainer run -> run(run, UnaryOperator.identity());
            case Change.StartContainer(String container) ->
                EngineState.isRunning(container(container))
                        ? nothing(change)
                        : plan(change, ContainerSteps.start(engineObject(container)));
            case Change.StopContainer(String container, StopMode how) ->
                EngineState.isRunning(container(container)) || how.signal() == StopMode.SIGKILL
                        ? plan(change, ContainerSteps.reversibleStop(engineObject(container), how))
                        : nothing(change);
            case Change.RestartContainer(String container, StopMode how) ->
                plan(change, ContainerSteps.restart(engineObject(container), how));
            case Change.RenameContainer(String container, String to) ->
                plan(change, ContainerSteps.rename(engineObject(container), to));
            case Change.UpdateContainer(String container, RestartPolicy restart) ->
                plan(
                        change,
                        ContainerSteps.update(
                                engineObject(container),
                                restart,
                                containerOf(container).restart()));
            case Change.UpdateAliases _ -> throw UnsupportedRefusals.updateAliases();
            case Change.RemoveContainer(String container, boolean force) ->
                plan(change, ContainerSteps.remove(engineObject(container), force));
            case Change.PruneContainers prune -> pruneContainers(prune);
            case Change.Publish publish -> {
                ExternalPublishPlanner plans = externalPublishPlanner();
                yield externalPublishPlan(
                        change, plans.publish(publish, containerOf(publish.container(), plans.topology())));
            }
            case Change.Unpublish unpublish -> unpublish(unpublish);
            case Change.Republish republish -> {
                Container shown = containerOf(republish.container());
                if (ExternalPublishPlanner.isEnginePort(republish.old(), shown)) {
                    throw UnsupportedRefusals.republish(shown.name(), capabilities.hasCompleteInspect());
                }
                ExternalPublishPlanner plans = externalPublishPlanner(republish.old());
                yield externalPublishPlan(
                        change, plans.republish(republish, containerOf(republish.container(), plans.topology())));
            }
            case Change.Recreate recreate -> {
                JsonNode container = container(recreate.portChange().container());
                yield recreationPlanner().plan(recreationPlanner().of(recreate, container), container);
            }
            case Change.Batch batch -> new BatchPlanner(state, capabilities, seed).plan(batch);
        };
    }

    /// Recreates the container with its present settings, except the ports.
    ///
    /// @throws RefusedException also when the container was removed or renamed
    public DockerPlan plan(Recreation recreation) throws EngineException, RefusedException {
        EngineObject container = recreation.container();
        Optional<String> violation =
                new Precondition.ContainerIsThere(container).violation(state, UnaryOperator.identity());
        if (violation.isPresent()) {
            throw HistoryRefusals.notApplicable(recreation.title(), violation.get());
        }
        return recreationPlanner().plan(recreation, container(container.id()));
    }

    private RecreationPlanner recreationPlanner() {
        return new RecreationPlanner(state, capabilities, topology(), new IdSequence(seed)::next);
    }

    private static DockerPlan plan(Change change, DockerStep step) {
        return plan(change, List.of(), step);
    }

    private static DockerPlan plan(Change change, List<String> answered, DockerStep step) {
        return new DockerPlan(EquivalentCommand.of(change), List.of(step), answered);
    }

    private static DockerPlan nothing(Change change) {
        return new DockerPlan(EquivalentCommand.of(change), List.of());
    }

    private ExternalPublishPlanner externalPublishPlanner() throws EngineException, RefusedException {
        HostPortState ports = capabilities.hostPortState();
        return new ExternalPublishPlanner(
                ExternalPublishTargets.topology(ports.host(), state), ports, new IdSequence(seed)::next);
    }

    /// Where no port can be published beside the engine, the ports that the engine itself publishes are
    /// still found.
    private ExternalPublishPlanner externalPublishPlanner(Change.Unpublish asked)
            throws EngineException, RefusedException {
        try {
            return externalPublishPlanner();
        } catch (RefusedException refused) {
            Container container = containerOf(asked.container());
            throw ExternalPublishPlanner.isEnginePort(asked, container)
                    ? UnsupportedRefusals.unpublish(container.name(), capabilities.hasCompleteInspect())
                    : refused;
        }
    }

    private DockerPlan externalPublishPlan(Change change, ExternalPublish external)
            throws EngineException, RefusedException {
        return plan(
                change,
                List.of(ExternalPublish.CHOSEN_PORTS),
                ExternalPublishPlanner.step(external, capabilities.commandLines(external)));
    }

    private DockerPlan unpublish(Change.Unpublish asked) throws EngineException, RefusedException {
        if (state.container(asked.container()) == null
                && capabilities.recordedState().isPresent()) {
            Optional<ExternalPublish> others = externalPublishPlanner().ofAnotherEngine(asked);
            if (others.isPresent()) {
                DockerStep step = ExternalPublishPlanner.step(others.get(), capabilities.commandLines(others.get()));
                return plan(asked, step.withoutInverse(DockerStep.OTHER_ENGINE_REASON));
            }
        }
        return externalPublishPlan(
                asked,
                externalPublishPlanner(asked)
                        .unpublish(asked, containerOf(asked.container()), capabilities.hasCompleteInspect()));
    }

    private DockerPlan connect(Change change, String container, EndpointRequest place) throws RefusedException {
        checkSupported(place);
        return plan(
                change,
                NetworkSteps.connect(EngineObject.network(network(place.network())), engineObject(container), place));
    }

    private void checkSupported(EndpointRequest place) throws RefusedException {
        if (place.mac() != null && !capabilities.supportsEndpointMac()) {
            throw UnsupportedRefusals.macOfEndpoint();
        }
        if (place.gatewayPriority() != 0 && !capabilities.supportsGatewayPriority()) {
            throw UnsupportedRefusals.gatewayPriority();
        }
    }

    private DockerPlan disconnect(Change change, String network, String container) throws RefusedException {
        JsonNode known = container(container);
        JsonNode from = network(network);
        String networkName = from.path("Name").asText();
        JsonNode place = known.at("/NetworkSettings/Networks").path(networkName);
        if (place.isMissingNode()) {
            throw ContainerRefusals.notConnected(
                    containerOf(container).id(), networkName, EngineState.isRunning(known));
        }
        return plan(change, NetworkSteps.disconnect(EngineObject.network(from), EngineObject.container(known), place));
    }

    /// @param settings adds settings that the change does not have to the body of the request
    DockerPlan run(Change.RunContainer asked, UnaryOperator<ObjectNode> settings)
            throws EngineException, RefusedException {
        if (asked.ports().stream().map(PortMapping::allowed).anyMatch(sources -> !sources.isEmpty())) {
            throw UnsupportedRefusals.allowedSources();
        }
        for (EndpointRequest place : asked.networks()) {
            if (attachedNetworks().recordedNetwork(place.network()) instanceof NetworkSpec network) {
                throw UnsupportedRefusals.runOnAttached(network.name());
            }
        }
        List<EndpointRequest> more = asked.networks().stream().skip(1).toList();
        for (EndpointRequest place : more) {
            checkSupported(place);
        }
        String name = Objects.requireNonNullElseGet(asked.name(), this::unusedName);
        List<DockerStep> steps = new ArrayList<>();
        if (capabilities.image(asked.image()).isMissingNode()) {
            steps.add(ContainerSteps.pull(asked.image()));
        }
        EngineObject made = new EngineObject(Id.random().value(), name);
        Map<EndpointRequest, EngineObject> networks = new LinkedHashMap<>();
        for (EndpointRequest place : asked.networks()) {
            if (state.network(place.network()) instanceof JsonNode network) {
                networks.put(place, EngineObject.network(network));
            }
        }
        steps.add(ContainerSteps.create(asked, made, networks, settings)
                .requiring(networks.values().stream()
                        .map(Precondition.NetworkIsThere::new)
                        .toArray(Precondition[]::new)));
        for (EndpointRequest place : more) {
            EngineObject network = EngineObject.network(network(place.network()));
            steps.add(NetworkSteps.connect(network, made, place).withInverse());
        }
        if (asked.start()) {
            steps.add(ContainerSteps.startOnly(made));
        }
        return new DockerPlan(EquivalentCommand.of(asked), steps, ID);
    }

    private String unusedName() {
        return IntStream.iterate(0, attempt -> attempt + 1)
                .mapToObj(attempt -> RandomNames.of(seed, attempt))
                .filter(name -> state.container(name) == null)
                .findFirst()
                .orElseThrow();
    }

    private DockerPlan pruneNetworks(Change.PruneNetworks prune) throws EngineException, RefusedException {
        PruneFilters filters = PruneFilters.read(prune.filters(), Instant.now());
        Topology topology = topology();
        List<JsonNode> going = topology.networks().stream()
                .filter(network -> !network.predefined()
                        && topology.containersOn(network.id()).stream().noneMatch(this::keepsItsNetworks)
                        && filters.match(network.labels(), network.created()))
                .map(Network::name)
                .map(state::networkNamed)
                .filter(Objects::nonNull)
                .toList();
        List<DockerStep> steps = new ArrayList<>();
        if (!going.isEmpty()) {
            steps.add(NetworkSteps.prune(prune, going));
        }
        attachedNetworks().prune(filters).ifPresent(steps::add);
        return new DockerPlan(EquivalentCommand.of(prune), steps, PRUNED);
    }

    private boolean keepsItsNetworks(Container container) {
        return !capabilities.prunesNetworksOfStopped()
                || container.running()
                || container.state() == Container.State.RESTARTING;
    }

    private DockerPlan pruneContainers(Change.PruneContainers prune) throws RefusedException {
        PruneFilters filters = PruneFilters.read(prune.filters(), Instant.now());
        List<EngineObject> going = topology().containers().stream()
                .filter(container -> !container.running()
                        && container.state() != Container.State.RESTARTING
                        && filters.match(container.labels(), container.created()))
                .map(Container::name)
                .map(state::containerNamed)
                .filter(Objects::nonNull)
                .map(EngineObject::container)
                .toList();
        return going.isEmpty() ? nothing(prune) : plan(prune, PRUNED, ContainerSteps.prune(prune, going));
    }

    private Topology topology() {
        return EngineTopologyBuilder.of(0, state, null, AttachedNetworks.NOTHING, List.of());
    }

    private Container containerOf(String typed) throws RefusedException {
        return containerOf(typed, topology());
    }

    private Container containerOf(String typed, Topology topology) throws RefusedException {
        String name = engineObject(typed).name();
        return topology.containers().stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ContainerRefusals.notFound(typed));
    }

    private JsonNode network(String typed) throws RefusedException {
        return state.requireNetwork(typed);
    }

    private JsonNode container(String typed) throws RefusedException {
        return state.requireContainer(typed);
    }

    private EngineObject engineObject(String typed) throws RefusedException {
        return EngineObject.container(container(typed));
    }
}
