package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Workload;
import dev.patchbay.engine.status.PlannedStep;
import java.util.List;

/// Starts or stops the command of a sandbox.
public record WorkloadStep(SandboxSpec sandbox, boolean start) implements Step {
    /// The prefix of the name of a step whose lines show the command line.
    @Override
    public String name() {
        return (start ? PlannedStep.START_WORKLOAD : "stop the command of ")
                + sandbox.id().shortForm();
    }

    @Override
    public List<String> commandLines() {
        return start
                ? List.of(
                        sandbox.usesHostNetwork()
                                ? program()
                                : "ip netns exec " + sandbox.netnsName() + " " + program())
                : sandbox.usesHostNetwork()
                        ? List.of()
                        : List.of("ip netns pids " + sandbox.netnsName() + " | xargs kill");
    }

    private String program() {
        return switch (sandbox.workload()) {
            case Workload.Web _ -> "busybox httpd -f -p 80";
            case Workload.Command command -> String.join(" ", command.words());
            case Workload.DriverManaged _, Workload.ExternalNetns _ ->
                throw new IllegalStateException("somebody else runs it");
        };
    }

    @Override
    public void run(KernelAccess kernel) throws EngineException {
        if (start) {
            kernel.workloads().start(sandbox);
        } else {
            kernel.workloads().stop(sandbox, StopMode.GRACEFUL);
        }
    }

    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        if (start) {
            kernel.workloads().stop(sandbox, StopMode.KILL);
        } else if (!kernel.workloads().isRunning(sandbox)) {
            kernel.workloads().start(sandbox);
        }
    }
}
