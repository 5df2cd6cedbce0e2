package dev.patchbay.engine.watch;

/// The part of the kernel's state that a batch of events has changed.
public enum KernelAspect {
    LINKS,
    ADDRESSES,
    ROUTES,
    /// Netfilter rules. Only the nf_tables variant of iptables sends events, the legacy variant does
    /// not.
    RULES,
    /// Forwarding of packets between links, in either family.
    FORWARDING
}
