package dev.patchbay.core.lab.plan;

import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.refusal.ContainerRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.SpecChange;
import java.util.List;

/// Networks that Patchbay manages beside an engine, and the places of the engine's containers on them.
///
/// The engine's own networks have the default route: it would fail to set its own beside one of ours. So ours lead
/// out of such containers alone that are on no network of the engine's.
public final class AttachedNetworkPlans {
    /// Of links inside. The engine counts its own, which begin with `eth`, and fails where one of that name is there.
    private static final String INTERFACE_PREFIX = "pb";

    private AttachedNetworkPlans() {}

    public static SpecChange create(Change.CreateNetwork asked, PlanContext situation) throws RefusedException {
        SpecChangeBuilder draft = new SpecChangeBuilder(situation.specs());
        NetworkPlans.create(asked, draft, situation);
        return draft.change();
    }

    public static SpecChange remove(NetworkSpec network, PlanContext situation) throws RefusedException {
        SpecChangeBuilder draft = new SpecChangeBuilder(situation.specs());
        NetworkPlans.remove(new Change.RemoveNetwork(network.id().value()), draft);
        return draft.change();
    }

    /// @param networks that no container is on
    public static SpecChange remove(List<NetworkSpec> networks, PlanContext situation) {
        SpecChangeBuilder draft = new SpecChangeBuilder(situation.specs());
        networks.forEach(network -> draft.remove(network.id()));
        return draft.change();
    }

    /// @param asked of this network, whatever it is called there
    public static SpecChange update(NetworkSpec network, Change.UpdateNetwork asked, PlanContext situation)
            throws RefusedException {
        SpecChangeBuilder draft = new SpecChangeBuilder(situation.specs());
        NetworkUpdatePlans.update(
                new Change.UpdateNetwork(
                        network.id().value(), asked.name(), asked.addLabels(), asked.removeLabels(), asked.mtu()),
                draft);
        return draft.change();
    }

    /// @param container as the engine has it
    /// @param alone it is on no network of the engine's
    public static SpecChange connect(
            NetworkSpec network, SandboxSpec container, boolean alone, EndpointRequest asked, PlanContext situation)
            throws RefusedException {
        SpecChangeBuilder draft = new SpecChangeBuilder(situation.specs());
        draft.put(container);
        EndpointSpec endpoint =
                EndpointPlans.createEndpoint(network, container, INTERFACE_PREFIX, asked, draft, situation);
        if (!alone) {
            draft.put(endpoint.withDefaultRoute(false));
        }
        return draft.change();
    }

    public static SpecChange disconnect(NetworkSpec network, SandboxSpec container, PlanContext situation)
            throws RefusedException {
        SpecChangeBuilder draft = new SpecChangeBuilder(situation.specs());
        EndpointPlans.detach(
                draft.specs().endpointsOf(container.id()).stream()
                        .filter(candidate -> candidate.network().equals(network.id()))
                        .findFirst()
                        .orElseThrow(() ->
                                ContainerRefusals.notConnected(container.id(), network.name(), container.running())),
                draft);
        return draft.change();
    }
}
