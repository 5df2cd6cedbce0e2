package dev.patchbay.engine.helper;

import dev.patchbay.engine.protocol.Refusal;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Whose network namespaces a peer may have plugged in. The owner may everybody's: root can do as much without
/// Patchbay. Others may those of an engine that they may ask, since they could have the same from it.
///
/// The files of an engine can be changed by root alone, so what was judged here is what a step opens later. That is
/// also why a process is no way in for others: its number may be another's by then.
final class NamespaceRights {
    private final List<EngineSandboxes> engines;
    private final Path groups;

    NamespaceRights(List<EngineSandboxes> engines, Path groups) {
        this.engines = List.copyOf(engines);
        this.groups = groups;
    }

    static NamespaceRights ofThisMachine() {
        return new NamespaceRights(EngineSandboxes.USUAL, Path.of("/etc/group"));
    }

    /// Why this peer may not ask this, if so.
    Optional<Refusal> refusal(Request<?> request, Peer peer) {
        return request.proposal().flatMap(change -> refusal(change, peer));
    }

    private Optional<Refusal> refusal(SpecChange change, Peer peer) {
        for (Spec spec : change.put()) {
            if (peer.standing() != Standing.OWNER
                    && spec instanceof SandboxSpec sandbox
                    && sandbox.workload() instanceof Workload.Entered(String _, String file)
                    && file != null
                    && !isOpenTo(peer, Path.of(file))) {
                return Optional.of(new Refusal(
                        "namespace-not-yours",
                        file + " is no network namespace that " + peer.user().getName() + " may plug in.",
                        "Root may every one, others those of containers whose engine they may ask: for Docker's, be in"
                                + " the group of its socket."));
            }
        }
        return Optional.empty();
    }

    private boolean isOpenTo(Peer peer, Path file) {
        try {
            for (EngineSandboxes engine : engines) {
                if (engine.has(file) && engine.mayBeAskedBy(peer, groups)) {
                    return true;
                }
            }
            return false;
        } catch (IOException nothingThere) {
            return false;
        }
    }
}
