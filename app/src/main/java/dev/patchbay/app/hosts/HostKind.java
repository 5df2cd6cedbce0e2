package dev.patchbay.app.hosts;

import dev.patchbay.app.text.Messages;

/// The kind of a host, with the sentences of the window that depend on it.
public enum HostKind {
    LAB,
    ENGINE;

    public String liveText() {
        return switch (this) {
            case LAB -> Messages.of("host.live");
            case ENGINE -> Messages.of("engine.live");
        };
    }

    public String openingText() {
        return switch (this) {
            case LAB -> Messages.of("host.opening");
            case ENGINE -> Messages.of("engine.opening");
        };
    }

    public String unreachableText() {
        return switch (this) {
            case LAB -> Messages.of("host.away");
            case ENGINE -> Messages.of("engine.away");
        };
    }

    public String unavailableText() {
        return switch (this) {
            case LAB -> Messages.of("host.unavailable");
            case ENGINE -> Messages.of("engine.unavailable");
        };
    }

    public String unavailableAdvice() {
        return switch (this) {
            case LAB -> Messages.of("host.unavailable.advice");
            case ENGINE -> Messages.of("engine.unavailable.advice");
        };
    }

    /// @param lastSeen when the topology was last known to be current, as text
    /// @param cause what happened, without a full stop
    public String lostText(String lastSeen, String cause) {
        return switch (this) {
            case LAB -> Messages.of("lost.banner", lastSeen, cause);
            case ENGINE -> Messages.of("engine.lost", lastSeen, cause);
        };
    }

    public String emptyTitle() {
        return switch (this) {
            case LAB -> Messages.of("empty.title");
            case ENGINE -> Messages.of("engine.empty.title");
        };
    }

    public String emptyText() {
        return switch (this) {
            case LAB -> Messages.of("empty.text");
            case ENGINE -> Messages.of("engine.empty.text");
        };
    }
}
