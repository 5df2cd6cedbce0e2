package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.sandbox.EtcFiles;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Updates the sandbox's `/etc/hosts`, `/etc/hostname` and `/etc/resolv.conf` after a change of its
/// endpoints.
///
/// @param before the previous content; null for a new sandbox, which had none
public record FilesStep(SandboxSpec sandbox, @Nullable EtcFiles before, EtcFiles after) implements Step {

    @Override
    public String name() {
        return "write hosts, hostname and resolv.conf of " + sandbox.id().shortForm();
    }

    @Override
    public List<String> commandLines() {
        return List.of();
    }

    @Override
    public void run(KernelAccess kernel) throws EngineException {
        kernel.workloads().prepareFiles(sandbox, after);
    }

    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        if (before == null) {
            kernel.workloads().removeFiles(sandbox);
        } else {
            kernel.workloads().prepareFiles(sandbox, before);
        }
    }
}
