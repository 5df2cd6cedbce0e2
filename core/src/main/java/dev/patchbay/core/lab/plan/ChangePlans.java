package dev.patchbay.core.lab.plan;

import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.helper.SpecPlan;
import dev.patchbay.core.helper.SpecPlanner;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.refusal.RecreateRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.status.ActivityKind;
import java.util.List;

/// Plans each kind of change as a change of specs.
public final class ChangePlans {
    private ChangePlans() {}

    public static SpecPlanner of(Change change) {
        return situation -> {
            SpecChangeBuilder draft = new SpecChangeBuilder(situation.specs());
            String subject = edit(change, draft, situation);
            return new SpecPlan(
                    draft.change(), subject, EquivalentCommand.of(change), ActivityKind.ACTION, 0, change.stopping());
        };
    }

    private static String edit(Change change, SpecChangeBuilder draft, PlanContext situation)
            throws RefusedException, EngineException {
        return switch (change) {
            case Change.CreateNetwork create -> NetworkPlans.create(create, draft, situation);
            case Change.RemoveNetwork remove -> NetworkPlans.remove(remove, draft);
            case Change.PruneNetworks prune -> NetworkPlans.prune(prune, draft, situation);
            case Change.UpdateNetwork update -> NetworkUpdatePlans.update(update, draft);
            case Change.Connect connect -> EndpointPlans.connect(connect, draft, situation);
            case Change.Disconnect disconnect -> EndpointPlans.disconnect(disconnect, draft);
            case Change.RunContainer run -> RunPlans.run(run, draft, situation);
            case Change.StartContainer start -> LifecyclePlans.start(start, draft, situation);
            case Change.StopContainer stop -> LifecyclePlans.stop(stop, draft, situation);
            case Change.RestartContainer restart -> LifecyclePlans.restart(restart, draft, situation);
            case Change.RenameContainer rename -> LifecyclePlans.rename(rename, draft);
            case Change.UpdateAliases update -> EndpointPlans.updateAliases(update, draft);
            case Change.UpdateContainer update -> LifecyclePlans.update(update, draft);
            case Change.RemoveContainer remove -> LifecyclePlans.remove(remove, draft, situation);
            case Change.PruneContainers prune -> LifecyclePlans.prune(prune, draft, situation);
            case Change.Publish publish -> PortPlans.publish(publish, draft, situation);
            case Change.Unpublish unpublish -> PortPlans.unpublish(unpublish, draft, situation);
            case Change.Recreate(Change.PortChange ports) -> throw RecreateRefusals.inLab(ports.container());
            case Change.Batch(List<String> _, List<Change> parts) -> {
                for (Change part : parts) {
                    edit(part, draft, situation);
                }
                yield "";
            }
        };
    }
}
