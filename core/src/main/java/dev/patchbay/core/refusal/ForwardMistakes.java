package dev.patchbay.core.refusal;

import dev.patchbay.engine.Refusal;

/// Mistakes about what Patchbay does beside an engine.
public final class ForwardMistakes {
    private ForwardMistakes() {}

    /// @param refusal why there is no helper
    public static Mistake noHelper(Refusal refusal) {
        return new Mistake(new Refusal(
                refusal.code(),
                "Docker cannot do this, and Patchbay needs its helper for it: " + refusal.sentence(),
                refusal.advice()));
    }

    public static Mistake elsewhere() {
        return Mistake.of(
                "docker-cannot",
                "Docker cannot do this, and Patchbay can only on the machine that the engine runs on",
                "Start Patchbay there. A port can be published by letting Docker make the container again: publish"
                        + " --recreate.");
    }

    /// Docker0 and its likes are on every machine.
    public static Mistake unproved() {
        return Mistake.of(
                "engine-unproved",
                "Patchbay changes this machine only for an engine that is known to run on it, and only a container that"
                        + " runs shows that: this engine has none",
                "Start one of its containers first.");
    }

    public static Mistake gone(String title) {
        return Mistake.of("container-not-found", "`" + title + "` is about a container that is gone");
    }
}
