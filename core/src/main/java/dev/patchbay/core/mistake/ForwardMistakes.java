package dev.patchbay.core.mistake;

import dev.patchbay.engine.protocol.Refusal;

/// Mistakes about ports that Patchbay publishes for an engine's containers.
public final class ForwardMistakes {
    private ForwardMistakes() {}

    /// @param refusal why there is no helper
    public static Mistake noHelper(Refusal refusal) {
        return new Mistake(new Refusal(
                refusal.code(),
                "Docker cannot publish a port of a container that is there already, and Patchbay needs its helper for"
                        + " it: " + refusal.sentence(),
                refusal.advice()));
    }

    public static Mistake elsewhere() {
        return Mistake.of(
                "docker-cannot",
                "Docker cannot publish a port of a container that is there already, and Patchbay can only on the"
                        + " machine that the engine runs on",
                "Start Patchbay there, or let Docker make the container again: publish --recreate.");
    }

    public static Mistake gone(String title) {
        return Mistake.of("container-not-found", "`" + title + "` is about a container that is gone");
    }
}
