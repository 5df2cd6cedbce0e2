package dev.patchbay.engine.converge;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Workload;
import java.util.List;

/// The command of a sandbox starts or stops.
record WorkloadStep(SandboxSpec sandbox, boolean start) implements Step {

    @Override
    public String name() {
        return (start ? "start " : "stop ") + "the command of " + sandbox.id().shortForm();
    }

    @Override
    public List<String> lines() {
        return start
                ? List.of("ip netns exec " + sandbox.namespaceName() + " " + program())
                : List.of("ip netns pids " + sandbox.namespaceName() + " | xargs kill");
    }

    private String program() {
        return switch (sandbox.workload()) {
            case Workload.Web _ -> "busybox httpd -f -p 80";
            case Workload.Command command -> String.join(" ", command.words());
        };
    }

    @Override
    public void run(Kernel kernel) throws EngineException {
        if (start) {
            kernel.runs().start(sandbox);
        } else {
            kernel.runs().stop(sandbox);
        }
    }

    @Override
    public void undo(Kernel kernel) throws EngineException {
        if (start) {
            kernel.runs().stop(sandbox);
        } else if (!kernel.runs().isRunning(sandbox)) {
            kernel.runs().start(sandbox);
        }
    }
}
