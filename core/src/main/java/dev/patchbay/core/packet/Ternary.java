package dev.patchbay.core.packet;

/// Whether a packet matches; MAYBE when that is unknown.
public enum Ternary {
    YES,
    NO,
    MAYBE;

    public static Ternary of(boolean value) {
        return value ? YES : NO;
    }

    public Ternary and(Ternary other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == YES && other == YES ? YES : MAYBE;
    }

    public Ternary or(Ternary other) {
        if (this == YES || other == YES) {
            return YES;
        }
        return this == NO && other == NO ? NO : MAYBE;
    }

    public Ternary negatedIf(boolean negated) {
        if (!negated || this == MAYBE) {
            return this;
        }
        return this == YES ? NO : YES;
    }
}
