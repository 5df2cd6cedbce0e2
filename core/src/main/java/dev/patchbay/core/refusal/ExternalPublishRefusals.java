package dev.patchbay.core.refusal;

import dev.patchbay.engine.Refusal;

/// Refusals of ports that Patchbay publishes, and of networks that it manages, for an engine.
public final class ExternalPublishRefusals {
    /// The engine runs on another machine, or in another network namespace, than Patchbay.
    public static final String ENGINE_ELSEWHERE = "engine-elsewhere";

    private ExternalPublishRefusals() {}

    /// @param refusal why there is no helper
    public static RefusedException noHelper(Refusal refusal) {
        return new RefusedException(new Refusal(
                refusal.code(),
                "Docker cannot do this, and Patchbay needs its helper for it: " + refusal.sentence(),
                refusal.advice()));
    }

    public static RefusedException engineOnOtherMachine() {
        return RefusedException.of(
                ENGINE_ELSEWHERE,
                "Docker cannot do this, and Patchbay can only on the machine that the engine runs on",
                "Start Patchbay there. To publish a port from here, let Docker make the container again: publish"
                        + " --recreate.");
    }

    /// Whether the kernel of the engine's networks is not the one that a helper of this machine reads. Other refusals
    /// of that helper name a remedy.
    public static boolean isElsewhere(Refusal refusal) {
        return refusal.code().equals(ENGINE_ELSEWHERE) || refusal.code().equals(RootlessRefusals.CODE);
    }

    /// The names of bridges prove nothing: every machine may have a docker0.
    public static RefusedException engineNotVerified() {
        return RefusedException.of(
                "engine-unproved",
                "Patchbay changes this machine only for an engine that is known to run on it, and only a container that"
                        + " runs shows that: this engine has none",
                "Start one of its containers first.");
    }

    public static RefusedException containerGone(String title) {
        return RefusedException.of("container-not-found", "`" + title + "` is about a container that is gone");
    }
}
