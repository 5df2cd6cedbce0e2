package dev.patchbay.engine.converge;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.List;

/// The files of a removed sandbox, its log among them, are deleted. Undone, the files are written anew; the log is
/// gone.
record DiscardStep(SandboxSpec sandbox, List<EndpointSpec> endpoints) implements Step {

    @Override
    public String name() {
        return "delete the files of " + sandbox.id().shortForm();
    }

    @Override
    public List<String> lines() {
        return List.of();
    }

    @Override
    public void run(Kernel kernel) throws EngineException {
        kernel.runs().removeFiles(sandbox);
    }

    @Override
    public void undo(Kernel kernel) throws EngineException {
        kernel.runs().prepareFiles(sandbox, endpoints);
    }
}
