package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.NetnsState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was read of the kernel.
///
/// @param host the host's own namespace
/// @param sandboxes namespaces of containers, at least those of both ends that run
/// @param outside null unless this is a Lab
public record TraceInputs(
        Topology topology,
        HostRules rules,
        NetnsState host,
        Map<Id, NetnsState> sandboxes,
        @Nullable NetnsState outside) {
    public TraceInputs {
        sandboxes = Map.copyOf(sandboxes);
    }
}
