package dev.patchbay.core.docker.network;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.docker.plan.Capabilities;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.plan.DockerStep;
import dev.patchbay.core.docker.plan.DockerStep.Action.AttachedNetworkChange;
import dev.patchbay.core.docker.plan.UnsupportedRefusals;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.filter.PruneFilters;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.helper.PlanContext.ConnectRules;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.lab.plan.ChangePlans;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.naming.IdSequence;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.refusal.AddressRefusals;
import dev.patchbay.core.refusal.ContainerRefusals;
import dev.patchbay.core.refusal.NetworkRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Plans changes of networks that Patchbay manages beside an engine, and of the endpoints of its
/// containers.
///
/// @param seed of the ids in the plan
public record AttachedNetworkPlanner(EngineState state, Capabilities capabilities, Id seed) {
    private static final List<String> ID = List.of("/Id");
    private static final List<String> NAME = List.of("/Name");
    /// Of links inside. The engine counts its own, which begin with `eth`, and fails where one of that name is there.
    private static final String INTERFACE_PREFIX = "pb";

    /// A network of either kind, for lookups.
    private record Candidate(
            List<String> ids, String name, @Nullable NetworkSpec attached) {}

    /// The managed network with this name or id; null when it is one of the engine's.
    ///
    /// @throws RefusedException when several networks of any kind match
    public static @Nullable NetworkSpec findAttached(String typed, EngineState engine, Specs records)
            throws RefusedException {
        List<Candidate> all = new ArrayList<>();
        engine.networks()
                .forEach(network ->
                        all.add(new Candidate(EngineState.ids(network), EngineState.networkName(network), null)));
        AttachedNetworks.networks(records, engine)
                .forEach(network -> all.add(new Candidate(List.of(network.id().value()), network.name(), network)));
        List<Candidate> meant = NameLookup.matching(all, typed, Candidate::ids, Candidate::name);
        if (meant.size() > 1) {
            throw NetworkRefusals.ambiguous(typed, meant.size());
        }
        return meant.isEmpty() ? null : meant.getFirst().attached();
    }

    /// Empty for a change that the engine itself makes.
    public Optional<DockerPlan> plan(Change change) throws EngineException, RefusedException {
        if (change instanceof Change.CreateNetwork create) {
            return create(create);
        }
        if (change instanceof Change.RemoveNetwork(String typed)
                && recordedNetwork(typed) instanceof NetworkSpec network) {
            Change recorded = new Change.RemoveNetwork(network.id().value());
            return Optional.of(plan(change, ID, step(change, "remove network " + network.name(), recorded, context())));
        }
        if (change instanceof Change.Connect(String container, EndpointRequest place)
                && recordedNetwork(place.network()) instanceof NetworkSpec network) {
            return Optional.of(connect(change, container, place, network));
        }
        if (change instanceof Change.Disconnect(String typed, String container)
                && recordedNetwork(typed) instanceof NetworkSpec network) {
            return Optional.of(disconnect(change, network, container));
        }
        if (change instanceof Change.UpdateNetwork asked
                && recordedNetwork(asked.network()) instanceof NetworkSpec network) {
            return Optional.of(update(asked, network));
        }
        return Optional.empty();
    }

    private DockerPlan disconnect(Change change, NetworkSpec network, String typed)
            throws EngineException, RefusedException {
        JsonNode own = state.container(typed);
        PlanContext situation = own == null ? context() : contextOf(own);
        SandboxSpec sandbox =
                own == null ? ofAnotherEngine(typed, network, situation) : AttachedNetworks.sandbox(own, state);
        DockerStep step = step(
                change,
                "disconnect " + sandbox.name() + " from " + network.name(),
                new Change.Disconnect(network.id().value(), sandbox.id().value()),
                situation);
        return plan(change, ID, own == null ? step.withoutInverse(DockerStep.OTHER_ENGINE_REASON) : step);
    }

    /// A container of another engine with an endpoint on the network, found by its id, because that
    /// engine may be gone.
    private static SandboxSpec ofAnotherEngine(String typed, NetworkSpec network, PlanContext context)
            throws RefusedException {
        Specs records = context.state().specs();
        List<SandboxSpec> attached = records.endpointsOn(network.id()).stream()
                .map(endpoint -> records.sandbox(endpoint.sandbox()))
                .toList();
        return NameLookup.container(
                attached, typed, sandbox -> List.of(sandbox.id().value()), SandboxSpec::name);
    }

    /// Removes the managed networks without containers of any engine; empty when there is none.
    public Optional<DockerStep> prune(PruneFilters filters) throws EngineException, RefusedException {
        Optional<HelperState> host = capabilities.recordedState();
        if (host.isEmpty()) {
            return Optional.empty();
        }
        Specs records = host.get().specs();
        List<NetworkSpec> going = AttachedNetworks.networks(records, state).stream()
                .filter(network -> records.endpointsOn(network.id()).isEmpty()
                        && filters.match(network.labels(), network.created()))
                .toList();
        if (going.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = going.stream().map(NetworkSpec::name).toList();
        SpecChange removal =
                new SpecChange(List.of(), going.stream().map(NetworkSpec::id).toList());
        return Optional.of(step(
                "patchbay network rm " + String.join(" ", names),
                "remove unused networks beside the engine: " + String.join(", ", names),
                removal,
                context()));
    }

    private DockerPlan update(Change.UpdateNetwork asked, NetworkSpec network)
            throws EngineException, RefusedException {
        if (asked.name() != null && isEngineNetwork(asked.name())) {
            throw NetworkRefusals.nameTaken(asked.name());
        }
        Change.UpdateNetwork recorded = new Change.UpdateNetwork(
                network.id().value(), asked.name(), asked.addLabels(), asked.removeLabels(), asked.mtu());
        return plan(asked, NAME, step(asked, "change network " + network.name(), recorded, context()));
    }

    private boolean isEngineNetwork(String network) {
        return state.networkNamed(network) != null;
    }

    private boolean isAttached(String network) throws EngineException {
        Optional<HelperState> host = capabilities.recordedState();
        return host.isPresent()
                && AttachedNetworks.networks(host.get().specs(), state).stream()
                        .anyMatch(known -> known.name().equals(network));
    }

    private Optional<DockerPlan> create(Change.CreateNetwork asked) throws EngineException, RefusedException {
        if (asked.manager() != Manager.PATCHBAY) {
            if (isAttached(asked.name())) {
                throw NetworkRefusals.nameTaken(asked.name());
            }
            return Optional.empty();
        }
        if (isEngineNetwork(asked.name())) {
            throw NetworkRefusals.nameTaken(asked.name());
        }
        if (asked.configOnly()) {
            throw UnsupportedRefusals.manageConfiguration();
        }
        if (asked.configFrom() != null) {
            throw UnsupportedRefusals.configFromForAttached();
        }
        PlanContext situation = context();
        SpecChange made = ChangePlans.of(asked).plan(situation).change();
        for (Spec spec : made.put()) {
            if (spec instanceof NetworkSpec network) {
                checkSubnets(network);
            }
        }
        String title = EquivalentCommand.ofAttached(asked);
        return Optional.of(plan(asked, ID, step(title, "create network " + asked.name(), made, situation)));
    }

    private void checkSubnets(NetworkSpec network) throws RefusedException {
        for (Pool pool : network.pools()) {
            for (JsonNode other : state.networks()) {
                for (Cidr subnet : EngineState.subnets(other)) {
                    if (subnet.overlaps(pool.subnet())) {
                        throw AddressRefusals.overlap(
                                pool.subnet().toString(),
                                subnet + " of Docker's network " + EngineState.networkName(other));
                    }
                }
            }
        }
    }

    private DockerPlan connect(Change change, String typed, EndpointRequest place, NetworkSpec network)
            throws EngineException, RefusedException {
        JsonNode found = state.requireContainer(typed);
        String mode = found.at("/HostConfig/NetworkMode").asText();
        if (mode.equals("host") || mode.startsWith(SandboxSpec.CONTAINER_MODE_PREFIX)) {
            throw ContainerRefusals.sharesNetns();
        }
        String id = JsonValues.id(found.path("Id").asText()).value();
        Change recorded = new Change.Connect(id, place.withNetwork(network.id().value()));
        String name = "connect " + EngineState.name(found) + " to " + network.name();
        return plan(change, ID, step(change, name, recorded, contextOf(found)));
    }

    private static DockerPlan plan(Change change, List<String> answered, DockerStep step) {
        return new DockerPlan(EquivalentCommand.ofAttached(change), List.of(step), answered);
    }

    /// @param recorded the same change, of the helper's records
    private DockerStep step(Change change, String name, Change recorded, PlanContext situation)
            throws EngineException, RefusedException {
        SpecChange made = ChangePlans.of(recorded).plan(situation).change();
        return step(EquivalentCommand.ofAttached(change), name, made, situation);
    }

    private DockerStep step(String title, String name, SpecChange made, PlanContext context)
            throws EngineException, RefusedException {
        AttachedNetworkChange change =
                AttachedNetworkChange.of(title, made, context.state().specs());
        List<String> lines = new ArrayList<>(List.of(title));
        lines.addAll(capabilities.commandLines(change));
        DockerStep back = new DockerStep(
                "undo: " + name, List.of("undo: " + title), change.reversed(), new DockerStep.Inverse.NotNeeded());
        return new DockerStep(name, lines, change, new DockerStep.Inverse.Steps(List.of(back)));
    }

    /// A network of ours that is there already, in the records of a helper that runs already; null for one of the
    /// engine's and for none.
    ///
    /// @throws RefusedException when several may be meant, of whichever kind
    public @Nullable NetworkSpec recordedNetwork(String typed) throws EngineException, RefusedException {
        Optional<HelperState> host = capabilities.recordedState();
        return host.isPresent() ? findAttached(typed, state, host.get().specs()) : null;
    }

    private PlanContext context() throws EngineException, RefusedException {
        return context(new SpecChange(List.of(), List.of()), ConnectRules.OWN);
    }

    /// For the endpoints of a container of the engine's, whether the helper knows of it or not. The engine's own
    /// networks have the default route: it would fail to set its own beside one of ours. So ours lead out of such
    /// containers alone that are on no network of the engine's.
    private PlanContext contextOf(JsonNode container) throws EngineException, RefusedException {
        return context(
                new SpecChange(List.of(AttachedNetworks.sandbox(container, state)), List.of()),
                new ConnectRules(INTERFACE_PREFIX, !state.isConnected(container)));
    }

    private PlanContext context(SpecChange more, ConnectRules rules) throws EngineException, RefusedException {
        HelperState host = capabilities.startedState();
        Specs now = host.specs()
                .after(AttachedNetworks.reconciled(host.specs(), state))
                .after(more);
        return new PlanContext(
                host.with(now).with(withSubnets(host.kernel())),
                _ -> List.of(),
                List::of,
                new IdSequence(seed),
                Instant.now(),
                rules);
    }

    /// Subnets of the engine's networks count as used even while no bridge has them.
    private KernelState withSubnets(KernelState kernel) {
        List<KernelState.Route> routes = new ArrayList<>(kernel.routes());
        state.networks().stream()
                .map(EngineState::subnets)
                .flatMap(List::stream)
                .forEach(subnet -> routes.add(new KernelState.Route(subnet, null, "")));
        return new KernelState(kernel.hostname(), kernel.ipForward(), kernel.links(), routes, kernel.transport());
    }
}
