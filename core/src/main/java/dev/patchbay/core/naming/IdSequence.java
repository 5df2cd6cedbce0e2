package dev.patchbay.core.naming;

import dev.patchbay.engine.Id;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The ids of one change, in the order in which it needs them. The same seed gives the same ids, so that
/// a change is applied with the names that its preview has shown. Not thread-safe; each plan has its
/// own.
public final class IdSequence {
    private final Id seed;
    private int count;

    public IdSequence(Id seed) {
        this.seed = seed;
    }

    public Id next() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(seed.value().getBytes(StandardCharsets.US_ASCII));
            digest.update((byte) (count >> 8));
            digest.update((byte) count);
            count++;
            return new Id(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
