package dev.patchbay.core.packet;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A hook of IPv4 and IPv6 at which the kernel calls chains, named as the built-in chains of iptables.
public enum NetfilterHook {
    PREROUTING(-100),
    INPUT(100),
    FORWARD(Integer.MAX_VALUE),
    OUTPUT(-100),
    POSTROUTING(100);

    /// The priority of conntrack, which sees packets at [#PREROUTING] and [#OUTPUT].
    private static final int CONNTRACK_PRIORITY = -200;

    private final int natPriority;

    NetfilterHook(int natPriority) {
        this.natPriority = natPriority;
    }

    /// Null for a hook of nft that is none of these.
    static @Nullable NetfilterHook ofNft(String name) {
        return switch (name) {
            case "prerouting", "input", "forward", "output", "postrouting" -> valueOf(name.toUpperCase(Locale.ROOT));
            default -> null;
        };
    }

    boolean isBeforeNat(int priority) {
        return priority < natPriority;
    }

    boolean isBeforeConntrack(int priority) {
        return (this == PREROUTING || this == OUTPUT) && priority < CONNTRACK_PRIORITY;
    }
}
