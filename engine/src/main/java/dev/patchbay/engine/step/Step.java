package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.status.PlannedStep;
import java.util.List;

/// A named, reversible change of the kernel.
public sealed interface Step
        permits ForwardingStep,
                BridgeStep,
                NamespaceStep,
                LoopbackStep,
                EndpointStep,
                DeleteLinkGroupStep,
                DefaultRouteStep,
                MtuStep,
                FlushUdpConntrackStep,
                RouteLocalnetStep,
                RulesStep,
                DnsStep,
                QueryRedirectStep,
                FilesStep,
                WorkloadStep,
                DeleteFilesStep,
                RepairStep {

    /// What the step does, as `create bridge pb-78553fab25ef`.
    String name();

    /// The command lines that do the same by hand.
    List<String> commandLines();

    void run(KernelAccess kernel) throws EngineException;

    /// Reverts [#run], also when it failed halfway. Does nothing when [#run] did nothing.
    void undo(KernelAccess kernel) throws EngineException;

    /// The part of the step that cannot be undone. It runs after the whole change was recorded as done.
    default void conclude(KernelAccess kernel) throws EngineException {}

    /// Whether packets under way can restore what [#conclude] deleted, so that it must run again a
    /// little later.
    default boolean needsLateConclude() {
        return false;
    }

    default PlannedStep planned() {
        return new PlannedStep(name(), commandLines());
    }
}
