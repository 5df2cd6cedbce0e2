package dev.patchbay.engine.firewall;

import dev.patchbay.engine.kernel.KernelRule;

/// A rule of a chain that is known.
///
/// @param packets when it was last read, and so `bytes`
/// @param handle the kernel's number of it, 0 when that is not known
record CachedRule(String specification, long packets, long bytes, long handle) {

    static CachedRule of(KernelRule rule) {
        return new CachedRule(rule.specification(), rule.packets(), rule.bytes(), 0);
    }

    CachedRule withHandle(long number) {
        return new CachedRule(specification, packets, bytes, number);
    }
}
