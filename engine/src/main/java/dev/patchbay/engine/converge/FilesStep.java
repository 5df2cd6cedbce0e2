package dev.patchbay.engine.converge;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import java.util.List;

/// The sandbox's `/etc/hosts`, `/etc/hostname` and `/etc/resolv.conf` follow its endpoints.
///
/// @param before endpoints that the files were written for; the sandbox is new when `fresh`
record FilesStep(SandboxSpec sandbox, boolean fresh, List<EndpointSpec> before, List<EndpointSpec> after)
        implements Step {

    @Override
    public String name() {
        return "write hosts, hostname and resolv.conf of " + sandbox.id().shortForm();
    }

    @Override
    public List<String> lines() {
        return List.of();
    }

    @Override
    public void run(Kernel kernel) throws EngineException {
        kernel.runs().prepareFiles(sandbox, after);
    }

    @Override
    public void undo(Kernel kernel) throws EngineException {
        if (fresh) {
            kernel.runs().removeFiles(sandbox);
        } else {
            kernel.runs().prepareFiles(sandbox, before);
        }
    }
}
