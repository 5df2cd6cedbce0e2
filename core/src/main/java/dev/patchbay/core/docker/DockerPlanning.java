package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.container.ContainerSteps;
import dev.patchbay.core.docker.container.DockerPicture;
import dev.patchbay.core.docker.network.Beside;
import dev.patchbay.core.docker.network.NetworkSteps;
import dev.patchbay.core.docker.network.WirePlans;
import dev.patchbay.core.docker.plan.Abilities;
import dev.patchbay.core.docker.plan.Cannot;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.plan.DockerStep;
import dev.patchbay.core.docker.plan.DockerStep.Act.Forward;
import dev.patchbay.core.docker.plan.PortPart;
import dev.patchbay.core.docker.plan.Precondition;
import dev.patchbay.core.docker.plan.Recreation;
import dev.patchbay.core.docker.port.ForwardPlans;
import dev.patchbay.core.docker.port.ForwardTargets;
import dev.patchbay.core.docker.recreate.Recreations;
import dev.patchbay.core.docker.state.DockerState;
import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.core.filter.PruneFilters;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.Titles;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.naming.Identities;
import dev.patchbay.core.naming.RandomNames;
import dev.patchbay.core.refusal.ContainerMistakes;
import dev.patchbay.core.refusal.HistoryMistakes;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.RestartPolicy;
import dev.patchbay.engine.spec.StopMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Turns a change into requests. What the engine alone can judge is left to it; what it cannot do at all is refused.
public final class DockerPlanning {
    private static final List<String> ID = List.of("/Id");
    private static final List<String> PRUNED = List.of("/NetworksDeleted", "/ContainersDeleted");

    private final DockerState state;
    private final Abilities abilities;
    private final Id seed;

    /// @param seed decides the name of a container that nobody named, so that a preview shows the very one
    public DockerPlanning(DockerState state, Abilities abilities, Id seed) {
        this.state = state;
        this.abilities = abilities;
        this.seed = seed;
    }

    public DockerPlan plan(Change change) throws EngineException, Mistake {
        Optional<DockerPlan> beside = new WirePlans(state, abilities, seed).plan(change);
        return beside.isPresent() ? beside.get() : engines(change);
    }

    private DockerPlan engines(Change change) throws EngineException, Mistake {
        return switch (change) {
            case Change.CreateNetwork create -> plan(change, ID, NetworkSteps.create(create));
            case Change.RemoveNetwork(String network) -> plan(change, NetworkSteps.remove(network(network)));
            case Change.PruneNetworks prune -> pruneNetworks(prune);
            case Change.UpdateNetwork _ -> throw Cannot.updateNetwork();
            case Change.Connect(String container, EndpointRequest place) -> connect(change, container, place);
            case Change.Disconnect(String network, String container) -> disconnect(change, network, container);
            case Change.RunContainer run -> run(run);
            case Change.StartContainer(String container) ->
                DockerState.isRunning(container(container))
                        ? nothing(change)
                        : plan(change, ContainerSteps.start(object(container)));
            case Change.StopContainer(String container, StopMode how) ->
                DockerState.isRunning(container(container)) || how.signal() == StopMode.SIGKILL
                        ? plan(change, ContainerSteps.stopped(object(container), how))
                        : nothing(change);
            case Change.RestartContainer(String container, StopMode how) ->
                plan(change, ContainerSteps.restart(object(container), how));
            case Change.RenameContainer(String container, String to) ->
                plan(change, ContainerSteps.rename(object(container), to));
            case Change.UpdateContainer(String container, RestartPolicy restart) ->
                plan(
                        change,
                        ContainerSteps.update(
                                object(container), restart, shown(container).restart()));
            case Change.UpdateAliases _ -> throw Cannot.updateAliases();
            case Change.RemoveContainer(String container, boolean force) ->
                plan(change, ContainerSteps.remove(object(container), force));
            case Change.PruneContainers prune -> pruneContainers(prune);
            case Change.Publish publish -> {
                ForwardPlans plans = forwards();
                yield forward(change, plans.publish(publish, shown(publish.container(), plans.topology())));
            }
            case Change.Unpublish unpublish -> unpublish(unpublish);
            case Change.Recreate recreate -> {
                JsonNode container = container(recreate.ports().container());
                yield again().plan(again().of(recreate, container), container);
            }
            case Change.Together(List<String> command, List<Change> changes) -> together(command, changes);
        };
    }

    /// With everything but the ports as the container has it now.
    ///
    /// @throws Mistake also when that container is gone, or is called otherwise by now
    public DockerPlan plan(Recreation recreation) throws EngineException, Mistake {
        EngineObject container = recreation.container();
        Optional<String> violation =
                new Precondition.ContainerIsThere(container).violation(state, UnaryOperator.identity());
        if (violation.isPresent()) {
            throw HistoryMistakes.noLongerFits(recreation.title(), violation.get());
        }
        return again().plan(recreation, container(container.id()));
    }

    private Recreations again() {
        return new Recreations(state, abilities, topology(), new Identities(seed)::next);
    }

    private static DockerPlan plan(Change change, DockerStep step) {
        return plan(change, List.of(), step);
    }

    private static DockerPlan plan(Change change, List<String> answered, DockerStep step) {
        return new DockerPlan(Titles.of(change), List.of(step), answered);
    }

    private static DockerPlan nothing(Change change) {
        return new DockerPlan(Titles.of(change), List.of());
    }

    private ForwardPlans forwards() throws EngineException, Mistake {
        PortPart ports = abilities.portPart();
        return new ForwardPlans(ForwardTargets.topology(ports.host(), state), ports, new Identities(seed)::next);
    }

    /// Where nobody can publish beside the engine, what the engine publishes itself is still told apart.
    private ForwardPlans forwards(Change.Unpublish asked) throws EngineException, Mistake {
        try {
            return forwards();
        } catch (Mistake nobody) {
            Container container = shown(asked.container());
            throw ForwardPlans.isOfEngine(asked, container) ? Cannot.unpublish(container.name()) : nobody;
        }
    }

    private DockerPlan forward(Change change, Forward forward) throws EngineException, Mistake {
        return plan(change, List.of(Forward.CHOSEN), ForwardPlans.step(forward, abilities.lines(forward)));
    }

    private DockerPlan unpublish(Change.Unpublish asked) throws EngineException, Mistake {
        if (state.container(asked.container()) == null && abilities.records().isPresent()) {
            Optional<Forward> others = forwards().ofAnotherEngine(asked);
            if (others.isPresent()) {
                DockerStep step = ForwardPlans.step(others.get(), abilities.lines(others.get()));
                return plan(asked, step.neverTakenBack(DockerStep.OF_ANOTHER_ENGINE));
            }
        }
        return forward(asked, forwards(asked).unpublish(asked, shown(asked.container())));
    }

    private DockerPlan together(List<String> command, List<Change> changes) throws EngineException, Mistake {
        List<DockerStep> steps = new ArrayList<>();
        for (Change change : changes) {
            steps.addAll(plan(change).steps());
        }
        return new DockerPlan(String.join(" ", command), steps);
    }

    private DockerPlan connect(Change change, String container, EndpointRequest place) throws Mistake {
        check(place);
        return plan(
                change, NetworkSteps.connect(EngineObject.network(network(place.network())), object(container), place));
    }

    private void check(EndpointRequest place) throws Mistake {
        if (place.mac() != null && !abilities.takesMacOfEachPlace()) {
            throw Cannot.macOfPlace();
        }
        if (place.gatewayPriority() != 0 && !abilities.takesGatewayPriority()) {
            throw Cannot.gatewayPriority();
        }
    }

    private DockerPlan disconnect(Change change, String network, String container) throws Mistake {
        JsonNode known = container(container);
        JsonNode from = network(network);
        String networkName = from.path("Name").asText();
        JsonNode place = known.at("/NetworkSettings/Networks").path(networkName);
        if (place.isMissingNode()) {
            throw ContainerMistakes.notConnected(shown(container).id(), networkName, DockerState.isRunning(known));
        }
        return plan(change, NetworkSteps.disconnect(EngineObject.network(from), EngineObject.container(known), place));
    }

    private DockerPlan run(Change.RunContainer asked) throws EngineException, Mistake {
        if (asked.ports().stream().map(PortMapping::allowed).anyMatch(sources -> !sources.isEmpty())) {
            throw Cannot.sources();
        }
        List<EndpointRequest> more = asked.networks().stream().skip(1).toList();
        for (EndpointRequest place : more) {
            check(place);
        }
        String name = Objects.requireNonNullElseGet(asked.name(), this::freshName);
        List<DockerStep> steps = new ArrayList<>();
        if (abilities.image(asked.image()).isMissingNode()) {
            steps.add(ContainerSteps.pull(asked.image()));
        }
        EngineObject made = new EngineObject(Id.random().value(), name);
        steps.add(ContainerSteps.create(asked, made)
                .needing(asked.networks().stream()
                        .map(place -> state.network(place.network()))
                        .filter(Objects::nonNull)
                        .map(network -> new Precondition.NetworkIsThere(EngineObject.network(network)))
                        .toArray(Precondition[]::new)));
        for (EndpointRequest place : more) {
            EngineObject network = EngineObject.network(network(place.network()));
            steps.add(NetworkSteps.connect(network, made, place).takenBackBy());
        }
        if (asked.start()) {
            steps.add(ContainerSteps.plainStart(made));
        }
        return new DockerPlan(Titles.of(asked), steps, ID);
    }

    private String freshName() {
        return IntStream.iterate(0, attempt -> attempt + 1)
                .mapToObj(attempt -> RandomNames.of(seed, attempt))
                .filter(name -> state.container(name) == null)
                .findFirst()
                .orElseThrow();
    }

    private DockerPlan pruneNetworks(Change.PruneNetworks prune) throws EngineException, Mistake {
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
        new WirePlans(state, abilities, seed).prune(filters).ifPresent(steps::add);
        return new DockerPlan(Titles.of(prune), steps, PRUNED);
    }

    private boolean keepsItsNetworks(Container container) {
        return !abilities.prunesNetworksOfTheStopped()
                || container.running()
                || container.state() == Container.State.RESTARTING;
    }

    private DockerPlan pruneContainers(Change.PruneContainers prune) throws Mistake {
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
        return DockerPicture.of(0, state, null, Beside.NOTHING, List.of());
    }

    private Container shown(String typed) throws Mistake {
        return shown(typed, topology());
    }

    private Container shown(String typed, Topology topology) throws Mistake {
        String name = object(typed).name();
        return topology.containers().stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ContainerMistakes.notFound(typed));
    }

    private JsonNode network(String typed) throws Mistake {
        return state.requireNetwork(typed);
    }

    private JsonNode container(String typed) throws Mistake {
        return state.requireContainer(typed);
    }

    private EngineObject object(String typed) throws Mistake {
        return EngineObject.container(container(typed));
    }
}
