package dev.patchbay.core.plan;

import dev.patchbay.core.Change;
import dev.patchbay.core.mistake.ContainerMistakes;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.core.naming.Lookup;
import dev.patchbay.core.ports.HostPorts;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.List;

/// Starts, stops and removes containers. Starting what runs and stopping what does not are no mistakes and no changes.
final class LifecyclePlans {
    private LifecyclePlans() {}

    static String start(Change.StartContainer asked, Draft draft, Situation situation) throws Mistake, EngineException {
        SandboxSpec sandbox = Lookup.container(draft.specs(), asked.container());
        if (!sandbox.running()) {
            PortPlans.bindUnbound(sandbox.id(), draft, situation);
            Specs stopped = draft.specs();
            draft.put(sandbox.started(situation.ids().next()));
            List<PortSpec> bound = stopped.portsOf(sandbox.id()).stream()
                    .filter(port -> port.endpoint() != null)
                    .toList();
            if (!bound.isEmpty()) {
                admit(bound, sandbox.name(), situation.hostPorts(stopped), draft);
            }
        }
        return asked.container();
    }

    static String stop(Change.StopContainer asked, Draft draft) throws Mistake {
        SandboxSpec sandbox = Lookup.container(draft.specs(), asked.container());
        if (sandbox.running()) {
            draft.put(sandbox.stopped());
        }
        return asked.container();
    }

    static String remove(Change.RemoveContainer asked, Draft draft) throws Mistake {
        SandboxSpec sandbox = Lookup.container(draft.specs(), asked.container());
        if (sandbox.running() && !asked.force()) {
            throw ContainerMistakes.running(sandbox.id());
        }
        draft.specs().portsOf(sandbox.id()).forEach(port -> draft.remove(port.id()));
        draft.specs().endpointsOf(sandbox.id()).forEach(endpoint -> draft.remove(endpoint.id()));
        draft.remove(sandbox.id());
        return asked.container();
    }

    /// Brings bound ports into force; only those whose host port had to be chosen anew become part of the change.
    static void admit(List<PortSpec> bound, String container, HostPorts hostPorts, Draft draft) throws Mistake {
        for (PortSpec port : bound) {
            if (port.endpoint() != null) {
                PortSpec admitted = hostPorts.admit(port, draft.specs().endpoint(port.endpoint()), container);
                if (!admitted.equals(port)) {
                    draft.put(admitted);
                }
            }
        }
    }
}
