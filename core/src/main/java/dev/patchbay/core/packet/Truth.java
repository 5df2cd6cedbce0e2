package dev.patchbay.core.packet;

/// Whether a packet matches, as far as that can be told.
enum Truth {
    YES,
    NO,
    MAYBE;

    static Truth of(boolean value) {
        return value ? YES : NO;
    }

    Truth and(Truth other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == YES && other == YES ? YES : MAYBE;
    }

    Truth negatedIf(boolean negated) {
        if (!negated || this == MAYBE) {
            return this;
        }
        return this == YES ? NO : YES;
    }
}
