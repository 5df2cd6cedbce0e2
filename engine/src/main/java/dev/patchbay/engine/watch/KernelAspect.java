package dev.patchbay.engine.watch;

/// What a batch of kernel events says has changed.
public enum KernelAspect {
    LINKS,
    ADDRESSES,
    ROUTES,
    /// Netfilter rules; reported for the nf_tables variant of iptables, the legacy variant sends no events.
    RULES,
    /// Whether the host forwards packets from link to link, in either family.
    FORWARDING
}
