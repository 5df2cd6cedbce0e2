package dev.patchbay.engine.helper;

import dev.patchbay.engine.protocol.Refusal;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.SpecChange;
import java.util.Optional;

/// What a peer is to the helper.
enum Standing {
    /// The user that the helper runs for, and as.
    OWNER,
    /// Another user, whom root let in to manage this machine's networks.
    ADMITTED,
    STRANGER;

    /// Why such a peer may not ask this, if so. A sandbox's command would run as the helper's user: whoever may manage
    /// networks may not run programs as root for that. A sandbox that is only gone into runs nothing: that is
    /// a matter of [NamespaceRights].
    Optional<Refusal> refusal(Request<?> request) {
        return this == OWNER || request.proposal().filter(Standing::runs).isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "sandbox-needs-root",
                        "On this machine root alone runs commands in sandboxes.",
                        "A Lab runs them as you, and an engine runs containers."));
    }

    private static boolean runs(SpecChange change) {
        return change.put().stream().anyMatch(spec -> spec instanceof SandboxSpec sandbox && !sandbox.isEntered());
    }
}
