package dev.patchbay.core.docker.port;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.machine.HelperAccess;
import dev.patchbay.core.docker.machine.HelperChanges;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.docker.plan.DockerStep.Action.ExternalPublish;
import dev.patchbay.core.docker.plan.HostPortState;
import dev.patchbay.core.docker.state.EngineReader;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.refusal.ExternalPublishRefusals;
import dev.patchbay.core.refusal.HistoryRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import java.util.List;
import java.util.stream.Collectors;

/// Publishes ports beside the engine, through the helper of its host.
public final class ExternalPublisher {
    private final DockerEngine engine;
    private final MachineAccess machine;
    private final HelperChanges helperChanges;

    public ExternalPublisher(DockerEngine engine, MachineAccess hostSide) {
        this.engine = engine;
        this.machine = hostSide;
        this.helperChanges = new HelperChanges(hostSide);
    }

    public HostPortState hostPortState() throws EngineException, RefusedException {
        HelperAccess helper = machine.helper();
        Reply.State state = helper.readState();
        return new HostPortState(HelperState.of(state), helper::listeners);
    }

    public List<String> commandLines(ExternalPublish forward) throws EngineException, RefusedException {
        requireVerified(forward);
        return helperChanges.commandLines((state, helper) -> change(forward, state, helper));
    }

    /// @return a document with the host ports that nobody named
    public JsonNode execute(ExternalPublish forward) throws EngineException, RefusedException {
        requireVerified(forward);
        helperChanges.execute(forward.title(), (state, helper) -> change(forward, state, helper));
        if (!forward.publish().isEmpty()) {
            machine.startFollower(engine.address());
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        String chosen = forward.publish().stream()
                .filter(PortSpec::ephemeral)
                .map(port -> Addresses.formatSocket(port.hostAddress(), port.hostPort()))
                .collect(Collectors.joining("\n"));
        return chosen.isEmpty() ? answer : answer.put(ExternalPublish.CHOSEN_PORTS.substring(1), chosen);
    }

    private void requireVerified(ExternalPublish forward) throws EngineException, RefusedException {
        if (!forward.publish().isEmpty()) {
            machine.requireVerified(true);
        }
    }

    /// What is published beside the engine for one container is the other one's from now on.
    public void transferOwnership(String title, Id from, Id to) throws EngineException, RefusedException {
        List<PortSpec> ports = HelperAccess.forwards(machine.helper().readState()).stream()
                .map(ExternalPublishSpec::port)
                .filter(port -> port.sandbox().equals(from))
                .map(port -> port.withSandbox(to))
                .toList();
        if (!ports.isEmpty()) {
            execute(new ExternalPublish(title, ports, List.of()));
        }
    }

    private SpecChange change(ExternalPublish forward, Reply.State state, HelperAccess helper)
            throws EngineException, RefusedException {
        ExternalPublishTargets targets =
                ExternalPublishTargets.of(HelperState.of(state), new EngineReader(engine).read(), helper.localnet());
        List<PortSpec> present = HelperAccess.forwards(state).stream()
                .map(ExternalPublishSpec::port)
                .toList();
        List<PortSpec> publish = forward.publish().stream()
                .filter(port -> present.stream().noneMatch(other -> isDuplicate(port, other, forward)))
                .toList();
        for (PortSpec gone : forward.withdraw()) {
            for (PortSpec other : present) {
                // Whoever did the same a moment ago left exactly what this leaves.
                boolean asWanted = other.equals(gone) || forward.publish().contains(other);
                if (other.id().equals(gone.id()) && !asWanted) {
                    throw HistoryRefusals.notApplicable(
                            forward.title(), "port " + gone.hostPort() + " has been changed since");
                }
            }
        }
        for (PortSpec port : publish) {
            if (targets.isContainerGone(port.sandbox())) {
                throw ExternalPublishRefusals.containerGone(forward.title());
            }
        }
        List<Id> come = publish.stream().map(PortSpec::id).toList();
        List<Id> there = present.stream().map(PortSpec::id).toList();
        return new SpecChange(
                publish.stream()
                        .<Spec>map(port -> new ExternalPublishSpec(port, engine.address(), targets.of(port.sandbox())))
                        .toList(),
                forward.withdraw().stream()
                        .map(PortSpec::id)
                        .filter(id -> !come.contains(id) && there.contains(id))
                        .toList());
    }

    /// Whoever did the same a moment ago gave what is left of a mapping an id of their own.
    private static boolean isDuplicate(PortSpec port, PortSpec present, ExternalPublish forward) {
        return !present.id().equals(port.id())
                && forward.withdraw().stream().noneMatch(gone -> gone.id().equals(present.id()))
                && port.slice(present.id(), port.containerPorts()).equals(present);
    }
}
