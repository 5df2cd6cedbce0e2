package dev.patchbay.core.lab.plan;

import dev.patchbay.core.filter.PruneFilters;
import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.helper.PortSpecConverter;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.naming.NameRules;
import dev.patchbay.core.ports.HostPortAllocator;
import dev.patchbay.core.refusal.ContainerRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.SandboxStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts, stops, renames and removes containers. Starting what runs and stopping what does not are no mistakes
/// and no changes.
final class LifecyclePlans {
    private LifecyclePlans() {}

    static String start(Change.StartContainer asked, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException, EngineException {
        SandboxSpec sandbox = NameLookup.container(draft.specs(), asked.container());
        if (!sandbox.running()) {
            start(sandbox, draft, situation);
        }
        return asked.container();
    }

    private static void start(SandboxSpec sandbox, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException, EngineException {
        checkNetnsOwner(sandbox, draft.specs());
        PortPlans.bindUnbound(sandbox.id(), draft, situation);
        Specs stopped = draft.specs();
        draft.put(stopped.withNewRun(sandbox, situation.ids().next()));
        List<PortSpec> bound = stopped.portsOf(sandbox.id()).stream()
                .filter(port -> port.endpoint() != null)
                .toList();
        if (!bound.isEmpty()) {
            allocatePorts(bound, sandbox.name(), situation.hostPorts(stopped), draft);
        }
    }

    /// The sandbox that shares its namespace with this one, if any, has one to share.
    static void checkNetnsOwner(SandboxSpec sandbox, Specs specs) throws RefusedException {
        Optional<Id> partner = sandbox.netnsOwner();
        if (partner.isPresent()) {
            if (!(specs.find(partner.get()) instanceof SandboxSpec other)) {
                throw ContainerRefusals.notFound(partner.get().value());
            }
            if (!other.running()) {
                throw ContainerRefusals.netnsOwnerNotRunning(other.id());
            }
        }
    }

    static String stop(Change.StopContainer asked, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException {
        SandboxSpec sandbox = NameLookup.container(draft.specs(), asked.container());
        boolean restarting = isRestarting(sandbox, situation);
        if (!sandbox.running() && !restarting && asked.stopping().signal() == StopMode.SIGKILL) {
            throw ContainerRefusals.killStopped(asked.container(), sandbox.id());
        }
        if (sandbox.settings().autoRemove() && (sandbox.running() || restarting)) {
            removeWithEndpoints(sandbox, draft);
        } else if (sandbox.running() || restarting) {
            draft.put(sandbox.stoppedByUser());
        }
        return asked.container();
    }

    static String restart(Change.RestartContainer asked, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException, EngineException {
        SandboxSpec sandbox = NameLookup.container(draft.specs(), asked.container());
        if (sandbox.running()) {
            checkNetnsOwner(sandbox, draft.specs());
            draft.put(draft.specs().withNewRun(sandbox, situation.ids().next()));
        } else {
            start(sandbox, draft, situation);
        }
        return asked.container();
    }

    static String rename(Change.RenameContainer asked, SpecChangeBuilder draft) throws RefusedException {
        SandboxSpec sandbox = NameLookup.container(draft.specs(), asked.container());
        if (asked.name().isEmpty()) {
            throw ContainerRefusals.emptyName();
        }
        if (sandbox.name().equals(asked.name()) || asked.name().equals("/" + sandbox.name())) {
            throw ContainerRefusals.sameName();
        }
        try {
            String name = asked.name().startsWith("/") ? asked.name() : "/" + asked.name();
            draft.put(sandbox.withName(NameRules.validContainerName(name, draft.specs())));
        } catch (RefusedException e) {
            throw ContainerRefusals.cannotRename(e.refusal());
        }
        return "";
    }

    static String update(Change.UpdateContainer asked, SpecChangeBuilder draft) throws RefusedException {
        SandboxSpec sandbox = NameLookup.container(draft.specs(), asked.container());
        if (sandbox.settings().autoRemove() && asked.restart().name() != RestartPolicy.Name.NO) {
            throw ContainerRefusals.cannotUpdateAutoRemove(sandbox.id());
        }
        draft.put(sandbox.withSettings(sandbox.settings().withRestart(asked.restart())));
        return asked.container();
    }

    static boolean isRestarting(SandboxSpec sandbox, PlanContext situation) {
        return situation.state().status(sandbox.id()) instanceof SandboxStatus status && status.restarting();
    }

    static String remove(Change.RemoveContainer asked, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException {
        SandboxSpec sandbox = NameLookup.container(draft.specs(), asked.container());
        boolean restarting = isRestarting(sandbox, situation);
        if ((sandbox.running() || restarting) && !asked.force()) {
            throw ContainerRefusals.cannotRemoveRunning(sandbox.id(), restarting ? "restarting" : "running");
        }
        removeWithEndpoints(sandbox, draft);
        return asked.container();
    }

    /// @return the ids of those that are removed, one a line
    static String prune(Change.PruneContainers asked, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException {
        PruneFilters filters = PruneFilters.read(asked.filters(), situation.now());
        List<String> removed = new ArrayList<>();
        for (SandboxSpec sandbox : draft.specs().sandboxes()) {
            if (!sandbox.running()
                    && !isRestarting(sandbox, situation)
                    && filters.match(sandbox.labels(), sandbox.created())) {
                removeWithEndpoints(sandbox, draft);
                removed.add(sandbox.id().value());
            }
        }
        return String.join("\n", removed);
    }

    private static void removeWithEndpoints(SandboxSpec sandbox, SpecChangeBuilder draft) {
        draft.specs().portsOf(sandbox.id()).forEach(port -> draft.remove(port.id()));
        draft.specs().endpointsOf(sandbox.id()).forEach(endpoint -> draft.remove(endpoint.id()));
        draft.remove(sandbox.id());
    }

    /// Brings bound ports into force; only those whose host port had to be chosen anew become part of the
    /// change.
    static void allocatePorts(
            List<PortSpec> ports, String container, HostPortAllocator hostPorts, SpecChangeBuilder draft)
            throws RefusedException, EngineException {
        for (PortSpec port : ports) {
            if (port.endpoint() != null) {
                PortBinding bound = PortSpecConverter.binding(port, draft.specs());
                PortSpec admitted =
                        PortSpecConverter.of(hostPorts.allocate(bound, port.endpoint(), container), port.sandbox());
                if (!admitted.equals(port)) {
                    draft.put(admitted);
                }
            }
        }
    }
}
