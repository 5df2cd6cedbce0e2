package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.status.PlannedStep;
import java.util.List;

/// One named, reversible piece of work on the kernel.
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
                FilesStep,
                WorkloadStep,
                DeleteFilesStep,
                RepairStep {

    /// What is done, as `create bridge pb-78553fab25ef`.
    String name();

    /// The command lines that do the same by hand.
    List<String> commandLines();

    void run(KernelAccess kernel) throws EngineException;

    /// Takes back whatever [#run] did, also when it failed half way. Running it when nothing was done does
    /// nothing.
    void undo(KernelAccess kernel) throws EngineException;

    /// What can never be undone, and so is left until the whole change is written down as done.
    default void conclude(KernelAccess kernel) throws EngineException {}

    /// Whether packets that were on their way can bring back what [#conclude] ended, so that it has to run again a
    /// little later.
    default boolean needsLateConclude() {
        return false;
    }

    default PlannedStep planned() {
        return new PlannedStep(name(), commandLines());
    }
}
