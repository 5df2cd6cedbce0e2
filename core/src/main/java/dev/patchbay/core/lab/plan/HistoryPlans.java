package dev.patchbay.core.lab.plan;

import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.helper.SpecPlan;
import dev.patchbay.core.helper.SpecPlanner;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.HistoryEntry;
import dev.patchbay.core.refusal.HistoryRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.ActivityKind;
import java.util.List;

/// Undoes the newest action, or repeats it, if the host still has room for the restored objects.
public final class HistoryPlans {
    private HistoryPlans() {}

    public static SpecPlanner of(HistoryAction action) {
        return situation -> plan(action, situation);
    }

    /// Records that the newest action can no longer be undone or repeated, so that older ones can be.
    /// Changes nothing if it can be by now.
    public static SpecPlanner passOver(HistoryAction action) {
        return situation -> {
            SpecChange none = new SpecChange(List.of(), List.of());
            try {
                plan(action, situation);
                return SpecPlan.action(none, "");
            } catch (RefusedException refused) {
                if (!refused.refusal().code().equals(HistoryRefusals.NOT_APPLICABLE)) {
                    throw refused;
                }
                HistoryEntry entry =
                        action.require(HistoryEntry.of(situation.activity().read()));
                String title = action.title(entry.title()) + " (no longer possible)";
                return new SpecPlan(none, "", title, ActivityKind.FINAL, entry.number(), StopMode.GRACEFUL);
            }
        };
    }

    private static SpecPlan plan(HistoryAction action, PlanContext situation) throws RefusedException, EngineException {
        List<ActivityEntry> activity = situation.activity().read();
        long number = action.require(HistoryEntry.of(activity)).number();
        ActivityEntry entry = activity.stream()
                .filter(candidate -> candidate.number() == number)
                .findFirst()
                .orElseThrow();
        SpecChange recorded = action == HistoryAction.UNDO ? entry.inverse() : entry.change();
        SpecChange opposite = action == HistoryAction.UNDO ? entry.change() : entry.inverse();
        String title = action.title(entry.title());
        Specs before = situation.specs();
        SpecChangeBuilder draft = new SpecChangeBuilder(before);
        recorded.remove().forEach(draft::remove);
        recorded.put().forEach(spec -> draft.put(restored(spec, opposite, before, situation)));
        ConsistencyCheck.check(draft.specs(), title);
        allocateNewPorts(before, draft, situation);
        String shown = changesNothing(draft.change(), before) ? title + " (changes nothing: a run is over)" : title;
        return new SpecPlan(draft.change(), "", shown, action.kind(), entry.number(), StopMode.GRACEFUL);
    }

    /// For example a restart, which leaves nothing to undo except the new run.
    private static boolean changesNothing(SpecChange change, Specs before) {
        return change.remove().isEmpty() && change.put().stream().allMatch(spec -> spec.equals(before.find(spec.id())));
    }

    /// A network namespace that ended cannot be restored: a sandbox that should run again gets a new
    /// one, and a running one keeps its own. Whether it runs changes only if the recorded action has
    /// changed it.
    ///
    /// @param opposite the sandbox on the other side of the recorded change
    private static Spec restored(Spec spec, SpecChange opposite, Specs before, PlanContext context) {
        if (!(spec instanceof SandboxSpec recorded)) {
            return spec;
        }
        SandboxSpec now = (before.find(recorded.id()) instanceof SandboxSpec existing ? existing : recorded.stopped())
                .withName(recorded.name())
                .withSettings(recorded.settings())
                .withNetworkMode(recorded.networkMode());
        boolean sameLife = opposite.put().stream()
                .anyMatch(other -> other instanceof SandboxSpec sandbox
                        && sandbox.id().equals(recorded.id())
                        && sandbox.running() == recorded.running());
        if (sameLife || recorded.running() == now.running()) {
            return now;
        }
        return recorded.running() ? before.withNewRun(now, context.ids().next()) : now.stoppedByUser();
    }

    private static void allocateNewPorts(Specs before, SpecChangeBuilder changes, PlanContext context)
            throws RefusedException, EngineException {
        Specs after = changes.specs();
        List<PortSpec> fresh = after.ports().stream()
                .filter(after::isActive)
                .filter(port -> !(port.equals(before.find(port.id())) && before.isActive(port)))
                .toList();
        if (fresh.isEmpty()) {
            return;
        }
        List<Id> ids = fresh.stream().map(PortSpec::id).toList();
        var hostPorts = context.hostPorts(after.after(new SpecChange(List.of(), ids)));
        for (PortSpec port : fresh) {
            LifecyclePlans.allocatePorts(
                    List.of(port), after.sandbox(port.sandbox()).name(), hostPorts, changes);
        }
    }
}
