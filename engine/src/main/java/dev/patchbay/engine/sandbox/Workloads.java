package dev.patchbay.engine.sandbox;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import java.nio.file.Path;
import java.util.List;

/// The commands of all sandboxes of one host, and the files they need, one directory each. May be used from any thread,
/// for one sandbox from one thread at a time.
@SuppressWarnings("DoNotCallSuggester")
public final class Workloads {
    /// @param directory `sandboxes/` of the Lab, writable by the helper alone
    public Workloads(Path directory) {
        throw new UnsupportedOperationException("" + directory);
    }

    /// Writes the sandbox's `hosts`, `hostname` and `resolv.conf`. The files of a running sandbox change under it: they
    /// are bind-mounted, so they are rewritten in place.
    ///
    /// @param endpoints all of the sandbox's, in the order in which they were connected
    public void prepareFiles(SandboxSpec sandbox, List<EndpointSpec> endpoints) throws EngineException {
        throw new UnsupportedOperationException("" + sandbox + endpoints);
    }

    /// Starts the command in the network namespace `/run/netns/NAME`, which must exist, as must the sandbox's files.
    public WorkloadStart start(SandboxSpec sandbox) throws EngineException {
        throw new UnsupportedOperationException("" + sandbox);
    }

    /// Finds what an earlier helper started.
    public Adoption adopt(SandboxSpec sandbox) throws EngineException {
        throw new UnsupportedOperationException("" + sandbox);
    }

    /// Where the command's output goes. Exists once it was started.
    public Path log(SandboxSpec sandbox) {
        throw new UnsupportedOperationException("" + sandbox);
    }

    /// Deletes the sandbox's files. The command must have ended.
    public void remove(SandboxSpec sandbox) throws EngineException {
        throw new UnsupportedOperationException("" + sandbox);
    }
}
