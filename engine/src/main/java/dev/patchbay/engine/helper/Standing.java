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
        boolean runs = switch (request) {
            case Request.Apply apply -> runs(apply.change());
            case Request.Preview preview -> runs(preview.change());
            case Request.Hello _,
                    Request.Snapshot _,
                    Request.Changes _,
                    Request.Activity _,
                    Request.Repair _,
                    Request.AutoRepair _,
                    Request.Subscribe _,
                    Request.Counters _,
                    Request.Listeners _,
                    Request.Look _,
                    Request.Probe _,
                    Request.Signal _,
                    Request.Log _,
                    Request.Stop _ -> false;
        };
        return this == OWNER || !runs
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
