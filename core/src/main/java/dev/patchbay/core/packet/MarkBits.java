package dev.patchbay.core.packet;

/// Up to 32 bits of which some may be unknown, as the mark of a packet.
///
/// @param value zero where bits are unknown
/// @param unknown a mask of the unknown bits
public record MarkBits(long value, long unknown) {
    static final long ALL = 0xffff_ffffL;

    public static final MarkBits ZERO = new MarkBits(0, 0);
    static final MarkBits UNKNOWN = new MarkBits(0, ALL);

    public MarkBits {
        unknown &= ALL;
        value &= ALL & ~unknown;
    }

    static MarkBits of(long value) {
        return new MarkBits(value, 0);
    }

    MarkBits and(MarkBits other) {
        long certainlyZero = (~value & ~unknown) | (~other.value & ~other.unknown);
        return new MarkBits(value & other.value, (unknown | other.unknown) & ~certainlyZero);
    }

    MarkBits or(MarkBits other) {
        long certainlyOne = value | other.value;
        return new MarkBits(certainlyOne, (unknown | other.unknown) & ~certainlyOne);
    }

    MarkBits xor(MarkBits other) {
        return new MarkBits(value ^ other.value, unknown | other.unknown);
    }

    MarkBits shiftedLeft(int bits) {
        return new MarkBits(value << bits, unknown << bits);
    }

    MarkBits shiftedRight(int bits) {
        return new MarkBits(value >>> bits, unknown >>> bits);
    }

    /// The bits that are known to be equal in both.
    MarkBits join(MarkBits other) {
        return new MarkBits(value, unknown | other.unknown | (value ^ other.value));
    }

    Ternary equalTo(long other) {
        if (((value ^ other) & ~unknown & ALL) != 0) {
            return Ternary.NO;
        }
        return unknown == 0 ? Ternary.YES : Ternary.MAYBE;
    }

    /// Whether the bits of a mask have this value.
    public Ternary matches(long wanted, long mask) {
        return and(of(mask)).equalTo(wanted & mask);
    }

    /// Whether at least one of these bits is set.
    Ternary intersects(long mask) {
        if ((value & mask) != 0) {
            return Ternary.YES;
        }
        return (unknown & mask) == 0 ? Ternary.NO : Ternary.MAYBE;
    }
}
