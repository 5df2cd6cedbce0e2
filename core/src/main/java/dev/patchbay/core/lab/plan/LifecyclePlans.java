package dev.patchbay.core.lab.plan;

import dev.patchbay.core.filter.PruneFilters;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.naming.Lookup;
import dev.patchbay.core.naming.Names;
import dev.patchbay.core.ports.HostPorts;
import dev.patchbay.core.refusal.ContainerMistakes;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.RestartPolicy;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.spec.StopMode;
import dev.patchbay.engine.status.SandboxStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts, stops, renames and removes containers. Starting what runs and stopping what does not are no mistakes
/// and no changes.
final class LifecyclePlans {
    private LifecyclePlans() {}

    static String start(Change.StartContainer asked, Draft draft, Situation situation) throws Mistake, EngineException {
        SandboxSpec sandbox = Lookup.container(draft.specs(), asked.container());
        if (!sandbox.running()) {
            start(sandbox, draft, situation);
        }
        return asked.container();
    }

    private static void start(SandboxSpec sandbox, Draft draft, Situation situation) throws Mistake, EngineException {
        checkPartner(sandbox, draft.specs());
        PortPlans.bindUnbound(sandbox.id(), draft, situation);
        Specs stopped = draft.specs();
        draft.put(stopped.withNewRun(sandbox, situation.ids().next()));
        List<PortSpec> bound = stopped.portsOf(sandbox.id()).stream()
                .filter(port -> port.endpoint() != null)
                .toList();
        if (!bound.isEmpty()) {
            admit(bound, sandbox.name(), situation.hostPorts(stopped), draft);
        }
    }

    /// The sandbox that shares its namespace with this one, if any, has one to share.
    static void checkPartner(SandboxSpec sandbox, Specs specs) throws Mistake {
        Optional<Id> partner = sandbox.netnsOwner();
        if (partner.isPresent()) {
            if (!(specs.find(partner.get()) instanceof SandboxSpec other)) {
                throw ContainerMistakes.notFound(partner.get().value());
            }
            if (!other.running()) {
                throw ContainerMistakes.partnerNotRunning(other.id());
            }
        }
    }

    static String stop(Change.StopContainer asked, Draft draft, Situation situation) throws Mistake {
        SandboxSpec sandbox = Lookup.container(draft.specs(), asked.container());
        boolean restarting = isRestarting(sandbox, situation);
        if (!sandbox.running() && !restarting && asked.stopping().signal() == StopMode.SIGKILL) {
            throw ContainerMistakes.killStopped(asked.container(), sandbox.id());
        }
        if (sandbox.settings().autoRemove() && (sandbox.running() || restarting)) {
            discard(sandbox, draft);
        } else if (sandbox.running() || restarting) {
            draft.put(sandbox.stoppedByUser());
        }
        return asked.container();
    }

    static String restart(Change.RestartContainer asked, Draft draft, Situation situation)
            throws Mistake, EngineException {
        SandboxSpec sandbox = Lookup.container(draft.specs(), asked.container());
        if (sandbox.running()) {
            checkPartner(sandbox, draft.specs());
            draft.put(draft.specs().withNewRun(sandbox, situation.ids().next()));
        } else {
            start(sandbox, draft, situation);
        }
        return asked.container();
    }

    static String rename(Change.RenameContainer asked, Draft draft) throws Mistake {
        SandboxSpec sandbox = Lookup.container(draft.specs(), asked.container());
        if (asked.name().isEmpty()) {
            throw ContainerMistakes.emptyName();
        }
        if (sandbox.name().equals(asked.name()) || asked.name().equals("/" + sandbox.name())) {
            throw ContainerMistakes.sameName();
        }
        try {
            String name = asked.name().startsWith("/") ? asked.name() : "/" + asked.name();
            draft.put(sandbox.withName(Names.newContainer(name, draft.specs())));
        } catch (Mistake e) {
            throw ContainerMistakes.cannotRename(e.refusal());
        }
        return "";
    }

    static String update(Change.UpdateContainer asked, Draft draft) throws Mistake {
        SandboxSpec sandbox = Lookup.container(draft.specs(), asked.container());
        if (sandbox.settings().autoRemove() && asked.restart().name() != RestartPolicy.Name.NO) {
            throw ContainerMistakes.restartAndRemove(sandbox.id());
        }
        draft.put(sandbox.withSettings(sandbox.settings().withRestart(asked.restart())));
        return asked.container();
    }

    static boolean isRestarting(SandboxSpec sandbox, Situation situation) {
        return situation.state().status(sandbox.id()) instanceof SandboxStatus status && status.restarting();
    }

    static String remove(Change.RemoveContainer asked, Draft draft, Situation situation) throws Mistake {
        SandboxSpec sandbox = Lookup.container(draft.specs(), asked.container());
        boolean restarting = isRestarting(sandbox, situation);
        if ((sandbox.running() || restarting) && !asked.force()) {
            throw ContainerMistakes.running(sandbox.id(), restarting ? "restarting" : "running");
        }
        discard(sandbox, draft);
        return asked.container();
    }

    /// @return the ids of those that are removed, one a line
    static String prune(Change.PruneContainers asked, Draft draft, Situation situation) throws Mistake {
        PruneFilters filters = PruneFilters.read(asked.filters(), situation.now());
        List<String> removed = new ArrayList<>();
        for (SandboxSpec sandbox : draft.specs().sandboxes()) {
            if (!sandbox.running() && !isRestarting(sandbox, situation) && filters.match(sandbox)) {
                discard(sandbox, draft);
                removed.add(sandbox.id().value());
            }
        }
        return String.join("\n", removed);
    }

    private static void discard(SandboxSpec sandbox, Draft draft) {
        draft.specs().portsOf(sandbox.id()).forEach(port -> draft.remove(port.id()));
        draft.specs().endpointsOf(sandbox.id()).forEach(endpoint -> draft.remove(endpoint.id()));
        draft.remove(sandbox.id());
    }

    /// Brings bound ports into force; only those whose host port had to be chosen anew become part of the
    /// change.
    static void admit(List<PortSpec> bound, String container, HostPorts hostPorts, Draft draft)
            throws Mistake, EngineException {
        for (PortSpec port : bound) {
            if (port.endpoint() != null) {
                PortSpec admitted = hostPorts.admit(port, port.endpoint(), container);
                if (!admitted.equals(port)) {
                    draft.put(admitted);
                }
            }
        }
    }
}
