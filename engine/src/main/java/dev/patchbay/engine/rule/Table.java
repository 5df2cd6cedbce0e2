package dev.patchbay.engine.rule;

import java.util.Locale;

/// The tables that we write to, in the order of a script: what forbids comes before what lets something in.
public enum Table {
    RAW,
    FILTER,
    NAT;

    /// Its name for iptables and the kernel.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
