package dev.patchbay.engine.firewall;

import dev.patchbay.engine.kernel.KernelRule;

/// A rule of a chain that is known.
///
/// @param packets when it was last read, and so `bytes`
/// @param handle the kernel's number of it, 0 when that is not known
record KnownRule(String specification, long packets, long bytes, long handle) {

    static KnownRule of(KernelRule rule) {
        return new KnownRule(rule.specification(), rule.packets(), rule.bytes(), 0);
    }

    KnownRule withHandle(long number) {
        return new KnownRule(specification, packets, bytes, number);
    }
}
