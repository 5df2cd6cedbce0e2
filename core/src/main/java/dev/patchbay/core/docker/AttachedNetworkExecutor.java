package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.docker.network.AttachedNetworkPlanner;
import dev.patchbay.core.docker.network.AttachedNetworks;
import dev.patchbay.core.docker.plan.DockerStep.Action.AttachedNetworkChange;
import dev.patchbay.core.docker.port.ExternalPublishTargets;
import dev.patchbay.core.docker.state.EngineSession;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.helper.SpecAddresses;
import dev.patchbay.core.helper.SpecPlan;
import dev.patchbay.core.inspect.NetworkDocument;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.refusal.ExternalPublishRefusals;
import dev.patchbay.core.refusal.HistoryRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Networks beside the engine, and places of its containers on them, made by the helper of its host.
final class AttachedNetworkExecutor {
    private final EngineSession session;
    private final MachineAccess machine;

    AttachedNetworkExecutor(EngineSession session, MachineAccess hostSide) {
        this.session = session;
        this.machine = hostSide;
    }

    /// The host's records, where a helper runs already.
    Optional<HelperState> recordedState() throws EngineException {
        return machine.state();
    }

    /// As [#recordedState], and has a helper started where there is none.
    HelperState startedState() throws EngineException, RefusedException {
        return machine.helper().state();
    }

    /// The inspect document of a network that the engine does not have.
    Optional<ObjectNode> inspect(String typed, EngineState seen) throws EngineException, RefusedException {
        Optional<HelperState> host = recordedState();
        return host.isPresent()
                        && AttachedNetworkPlanner.findAttached(
                                        typed, seen, host.get().specs())
                                instanceof NetworkSpec network
                ? Optional.of(NetworkDocument.of(network, host.get().specs()))
                : Optional.empty();
    }

    /// The next address of such a network, if one is free.
    Optional<Cidr> address(String typed, EngineState seen) throws EngineException {
        Optional<HelperState> host = recordedState();
        try {
            if (host.isEmpty()
                    || !(AttachedNetworkPlanner.findAttached(
                                    typed, seen, host.get().specs())
                            instanceof NetworkSpec network)) {
                return Optional.empty();
            }
            return SpecAddresses.allocator(network, host.get().specs()).addresses(EndpointRequest.on(typed)).stream()
                    .findFirst();
        } catch (RefusedException nothingToGive) {
            return Optional.empty();
        }
    }

    List<String> commandLines(AttachedNetworkChange requested) throws EngineException, RefusedException {
        requireVerified(requested);
        HelperSession helper = machine.helper();
        return helper.preview(context -> plan(requested, context, helper), Id.random())
                .commandLines();
    }

    /// @return a document with the id and the name of a network that was made or changed, and the names of those that
    ///     were removed
    JsonNode execute(AttachedNetworkChange requested) throws EngineException, RefusedException {
        requireVerified(requested);
        HelperSession helper = machine.helper();
        helper.execute(context -> plan(requested, context, helper), Id.random());
        if (requested.added().stream().anyMatch(EndpointSpec.class::isInstance)) {
            machine.startFollower(session.engine().address());
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        requested.added().stream()
                .filter(NetworkSpec.class::isInstance)
                .map(NetworkSpec.class::cast)
                .forEach(network -> answer.put("Id", network.id().value()).put("Name", network.name()));
        ArrayNode removed = answer.putArray("NetworksDeleted");
        requested.removed().stream()
                .filter(NetworkSpec.class::isInstance)
                .map(NetworkSpec.class::cast)
                .filter(network ->
                        requested.added().stream().noneMatch(come -> come.id().equals(network.id())))
                .forEach(network -> removed.add(network.name()));
        return answer;
    }

    private void requireVerified(AttachedNetworkChange requested) throws EngineException, RefusedException {
        if (!requested.added().isEmpty()) {
            machine.requireVerified(false);
        }
    }

    /// The places that one container has beside the engine are the other one's from now on.
    void transferOwnership(String title, Id from, Id to) throws EngineException, RefusedException {
        List<Spec> places = startedState().specs().endpointsOf(from).stream()
                .<Spec>map(place -> place.withSandbox(to))
                .toList();
        if (!places.isEmpty()) {
            execute(new AttachedNetworkChange(title, places, List.of()));
        }
    }

    /// Brings what became of containers up to date as well: they may have gone, or started again, a moment ago.
    private SpecPlan plan(AttachedNetworkChange requested, PlanContext context, HelperSession helper)
            throws EngineException, RefusedException {
        EngineState seen = session.freshState();
        Specs before = context.specs();
        requireUnchanged(requested, before);
        SpecChange moved = AttachedNetworks.reconciled(before, seen);
        List<Spec> put = new ArrayList<>(moved.put());
        for (Spec spec : requested.added()) {
            if (spec instanceof EndpointSpec endpoint) {
                SandboxSpec sandbox = sandbox(endpoint, seen, before, requested);
                if (before.find(sandbox.id()) == null && !put.contains(sandbox)) {
                    put.add(sandbox);
                }
            }
            put.add(spec);
        }
        Set<Id> come = put.stream().map(Spec::id).collect(Collectors.toSet());
        Set<Id> remove = new LinkedHashSet<>(moved.remove());
        requested.removed().stream()
                .map(Spec::id)
                .filter(id -> !come.contains(id) && before.find(id) != null)
                .forEach(remove::add);
        SpecChange change = withoutUnconnected(before, put, remove);
        return SpecPlan.action(
                before.externalPublishes().isEmpty()
                        ? change
                        : change.plus(retargetPorts(change, context.state(), seen, helper)),
                requested.title());
    }

    /// What a plan replaces or removes has to be as it was when the plan was made: it would write its own words over
    /// those of somebody else.
    private static void requireUnchanged(AttachedNetworkChange requested, Specs now) throws RefusedException {
        Set<Id> come = requested.added().stream().map(Spec::id).collect(Collectors.toSet());
        for (Spec then : requested.removed()) {
            Spec present = now.find(then.id());
            if (present == null ? come.contains(then.id()) : !isSame(then, present, come.contains(then.id()))) {
                String name = name(present == null ? then : present, now);
                throw HistoryRefusals.notApplicable(
                        requested.title(), name + (present == null ? " is gone" : " has been changed since"));
            }
        }
    }

    /// @param replaced and not only removed: a default route that moved meanwhile is in nobody's way otherwise
    private static boolean isSame(Spec then, Spec present, boolean replaced) {
        return switch (then) {
            case NetworkSpec network ->
                present instanceof NetworkSpec other
                        && other.name().equals(network.name())
                        && other.labels().equals(network.labels())
                        && other.options().equals(network.options())
                        && other.mtu() == network.mtu();
            case EndpointSpec endpoint ->
                present instanceof EndpointSpec other
                        && (replaced ? other : other.withDefaultRoute(endpoint.defaultRoute())).equals(endpoint);
            case SandboxSpec _, PortSpec _, ExternalPublishSpec _ -> present.equals(then);
        };
    }

    private static String name(Spec spec, Specs records) {
        return switch (spec) {
            case NetworkSpec network -> "network " + network.name();
            case EndpointSpec endpoint ->
                records.find(endpoint.network()) instanceof NetworkSpec network
                        ? "the place on network " + network.name()
                        : "a place";
            case SandboxSpec sandbox -> "container " + sandbox.name();
            case PortSpec port -> "port " + port.hostPort();
            case ExternalPublishSpec external -> "port " + external.port().hostPort();
        };
    }

    /// Published ports lead to another place when the one that they led to comes or goes.
    private static SpecChange retargetPorts(SpecChange change, HelperState host, EngineState seen, HelperSession helper)
            throws EngineException {
        return ExternalPublishTargets.of(host.with(host.specs().after(change)), seen, helper)
                .changes()
                .plus(new SpecChange(clearedTargets(host.specs(), change, seen.engineAddress()), List.of()));
    }

    /// Ports of another engine's containers that led to a place that goes lead nowhere, since the next container gets
    /// the address; that engine's follower leads them to another place, if it is there.
    private static List<Spec> clearedTargets(Specs before, SpecChange change, String engine) {
        Set<Cidr> addresses = before.endpoints().stream()
                .filter(endpoint -> change.remove().contains(endpoint.id()))
                .flatMap(endpoint -> endpoint.addresses().stream())
                .collect(Collectors.toSet());
        return before.externalPublishes().stream()
                .filter(external -> !external.engine().equals(engine)
                        && external.target() instanceof ExternalPublishSpec.Target target
                        && target.addresses().stream().anyMatch(addresses::contains))
                .<Spec>map(external -> external.withTarget(null))
                .toList();
    }

    /// Another engine's container is as it is recorded.
    private static SandboxSpec sandbox(
            EndpointSpec endpoint, EngineState seen, Specs before, AttachedNetworkChange requested)
            throws RefusedException {
        JsonNode container = seen.container(endpoint.sandbox().value());
        if (container != null) {
            return AttachedNetworks.sandbox(container, seen);
        }
        if (before.find(endpoint.sandbox()) instanceof SandboxSpec recorded
                && !recorded.hasExternalNetnsOf(seen.engineAddress())) {
            return recorded;
        }
        throw ExternalPublishRefusals.containerGone(requested.title());
    }

    /// A container without a place is none of the helper's business.
    private static SpecChange withoutUnconnected(Specs before, List<Spec> put, Set<Id> remove) {
        Specs after = before.after(new SpecChange(put, List.copyOf(remove)));
        Set<Id> idle = after.sandboxes().stream()
                .filter(sandbox -> sandbox.hasExternalNetns()
                        && after.endpointsOf(sandbox.id()).isEmpty())
                .map(SandboxSpec::id)
                .collect(Collectors.toSet());
        idle.stream().filter(id -> before.find(id) != null).forEach(remove::add);
        return new SpecChange(
                put.stream().filter(spec -> !idle.contains(spec.id())).toList(), List.copyOf(remove));
    }
}
