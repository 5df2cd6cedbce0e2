package dev.patchbay.core.docker.port;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.docker.plan.DockerStep.Action.ExternalPublish;
import dev.patchbay.core.docker.plan.HostPortState;
import dev.patchbay.core.docker.state.EngineSession;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.helper.PortSpecConverter;
import dev.patchbay.core.helper.SpecPlan;
import dev.patchbay.core.refusal.ExternalPublishRefusals;
import dev.patchbay.core.refusal.HistoryRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import java.util.List;
import java.util.stream.Collectors;

/// Publishes ports beside the engine, through the helper of its host.
public final class ExternalPublisher {
    private final EngineSession session;
    private final MachineAccess machine;

    public ExternalPublisher(EngineSession session, MachineAccess hostSide) {
        this.session = session;
        this.machine = hostSide;
    }

    public HostPortState hostPortState() throws EngineException, RefusedException {
        HelperSession helper = machine.helper();
        return new HostPortState(helper.state(), helper::listeners);
    }

    public List<String> commandLines(ExternalPublish external) throws EngineException, RefusedException {
        requireVerified(external);
        HelperSession helper = machine.helper();
        return helper.preview(context -> plan(external, context, helper), Id.random())
                .commandLines();
    }

    /// @return a document with the host ports that nobody named
    public JsonNode execute(ExternalPublish external) throws EngineException, RefusedException {
        requireVerified(external);
        HelperSession helper = machine.helper();
        helper.execute(context -> plan(external, context, helper), Id.random());
        if (!external.publish().isEmpty()) {
            machine.startFollower(session.engine().address());
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        String chosen = external.publish().stream()
                .filter(PortSpec::ephemeral)
                .map(port -> Addresses.formatSocket(port.hostAddress(), port.hostPort()))
                .collect(Collectors.joining("\n"));
        return chosen.isEmpty() ? answer : answer.put(ExternalPublish.CHOSEN_PORTS.substring(1), chosen);
    }

    private void requireVerified(ExternalPublish external) throws EngineException, RefusedException {
        if (!external.publish().isEmpty()) {
            machine.requireVerified(true);
        }
    }

    /// What is published beside the engine for one container is the other one's from now on.
    public void transferOwnership(String title, Id from, Id to) throws EngineException, RefusedException {
        List<PortSpec> ports = machine.helper().state().specs().externalPublishes().stream()
                .map(ExternalPublishSpec::port)
                .filter(port -> port.sandbox().equals(from))
                .map(port -> port.withSandbox(to))
                .toList();
        if (!ports.isEmpty()) {
            execute(new ExternalPublish(title, ports, List.of()));
        }
    }

    private SpecPlan plan(ExternalPublish external, PlanContext context, HelperSession helper)
            throws EngineException, RefusedException {
        ExternalPublishTargets targets = ExternalPublishTargets.of(context.state(), session.freshState(), helper);
        List<PortSpec> present = context.specs().externalPublishes().stream()
                .map(ExternalPublishSpec::port)
                .toList();
        List<PortSpec> publish = external.publish().stream()
                .filter(port -> present.stream().noneMatch(other -> isDuplicate(port, other, external)))
                .toList();
        for (PortSpec gone : external.withdraw()) {
            for (PortSpec other : present) {
                // Whoever did the same a moment ago left exactly what this leaves.
                boolean asWanted = other.equals(gone) || external.publish().contains(other);
                if (other.id().equals(gone.id()) && !asWanted) {
                    throw HistoryRefusals.notApplicable(
                            external.title(), "port " + gone.hostPort() + " has been changed since");
                }
            }
        }
        for (PortSpec port : publish) {
            if (targets.isContainerGone(port.sandbox())) {
                throw ExternalPublishRefusals.containerGone(external.title());
            }
        }
        List<Id> come = publish.stream().map(PortSpec::id).toList();
        List<Id> there = present.stream().map(PortSpec::id).toList();
        SpecChange change = new SpecChange(
                publish.stream()
                        .<Spec>map(port ->
                                new ExternalPublishSpec(port, session.engine().address(), targets.of(port.sandbox())))
                        .toList(),
                external.withdraw().stream()
                        .map(PortSpec::id)
                        .filter(id -> !come.contains(id) && there.contains(id))
                        .toList());
        return SpecPlan.action(change, external.title());
    }

    /// Whoever did the same a moment ago gave what is left of a mapping an id of their own.
    private static boolean isDuplicate(PortSpec port, PortSpec present, ExternalPublish external) {
        return !present.id().equals(port.id())
                && external.withdraw().stream().noneMatch(gone -> gone.id().equals(present.id()))
                && present.sandbox().equals(port.sandbox())
                && PortSpecConverter.binding(port)
                        .slice(present.id(), port.containerPorts())
                        .equals(PortSpecConverter.binding(present));
    }
}
