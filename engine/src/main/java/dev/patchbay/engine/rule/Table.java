package dev.patchbay.engine.rule;

import java.util.Locale;

/// The tables that we write to, in the order of a script: tables that drop packets precede those that
/// let packets in.
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
