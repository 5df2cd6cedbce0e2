package dev.patchbay.core.lab.plan;

import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.helper.SpecPlan;
import dev.patchbay.core.helper.SpecPlanner;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.refusal.RecreateRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.status.ActivityKind;
import java.util.List;

/// Plans each kind of change as a change of specs.
public final class ChangePlans {
    private ChangePlans() {}

    public static SpecPlanner of(Change change) {
        return context -> {
            SpecChangeBuilder changes = new SpecChangeBuilder(context.specs());
            String subject = edit(change, changes, context);
            return new SpecPlan(
                    changes.change(), subject, EquivalentCommand.of(change), ActivityKind.ACTION, 0, change.stopping());
        };
    }

    private static String edit(Change change, SpecChangeBuilder changes, PlanContext context)
            throws RefusedException, EngineException {
        return switch (change) {
            case Change.CreateNetwork create -> NetworkPlans.create(create, changes, context);
            case Change.RemoveNetwork remove -> NetworkPlans.remove(remove, changes);
            case Change.PruneNetworks prune -> NetworkPlans.prune(prune, changes, context);
            case Change.UpdateNetwork update -> NetworkUpdatePlans.update(update, changes);
            case Change.Connect connect -> EndpointPlans.connect(connect, changes, context);
            case Change.Disconnect disconnect -> EndpointPlans.disconnect(disconnect, changes);
            case Change.RunContainer run -> RunPlans.run(run, changes, context);
            case Change.StartContainer start -> LifecyclePlans.start(start, changes, context);
            case Change.StopContainer stop -> LifecyclePlans.stop(stop, changes, context);
            case Change.RestartContainer restart -> LifecyclePlans.restart(restart, changes, context);
            case Change.RenameContainer rename -> LifecyclePlans.rename(rename, changes);
            case Change.UpdateAliases update -> EndpointPlans.updateAliases(update, changes);
            case Change.UpdateContainer update -> LifecyclePlans.update(update, changes);
            case Change.RemoveContainer remove -> LifecyclePlans.remove(remove, changes, context);
            case Change.PruneContainers prune -> LifecyclePlans.prune(prune, changes, context);
            case Change.Publish publish -> PortPlans.publish(publish, changes, context);
            case Change.Unpublish unpublish -> PortPlans.unpublish(unpublish, changes, context);
            case Change.Republish(Change.Unpublish old, PortMapping mapping) -> {
                PortPlans.unpublish(old, changes, context);
                yield PortPlans.publish(new Change.Publish(old.container(), mapping), changes, context);
            }
            case Change.Recreate(Change.PortChange ports) -> throw RecreateRefusals.inLab(ports.container());
            case Change.Batch(List<String> _, List<Change> parts) -> {
                for (Change part : parts) {
                    edit(part, changes, context);
                }
                yield "";
            }
        };
    }
}
