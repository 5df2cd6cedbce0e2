package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.List;

/// The files of a removed sandbox, its log among them, are deleted: last of all, since nothing brings a log back.
record DiscardStep(SandboxSpec sandbox) implements Step {

    @Override
    public String name() {
        return "delete the files of " + sandbox.id().shortForm();
    }

    @Override
    public List<String> lines() {
        return List.of();
    }

    @Override
    public void run(Kernel kernel) {}

    @Override
    public void undo(Kernel kernel) {}

    @Override
    public void conclude(Kernel kernel) throws EngineException {
        kernel.runs().removeFiles(sandbox);
    }
}
