package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.List;

/// Deletes the files of a removed sandbox, with its log. It runs last, because it cannot be undone.
record DeleteFilesStep(SandboxSpec sandbox) implements Step {

    @Override
    public String name() {
        return "delete the files of " + sandbox.id().shortForm();
    }

    @Override
    public List<String> commandLines() {
        return List.of();
    }

    @Override
    public void run(KernelAccess kernel) {}

    @Override
    public void undo(KernelAccess kernel) {}

    @Override
    public void conclude(KernelAccess kernel) throws EngineException {
        kernel.workloads().removeFiles(sandbox);
    }
}
