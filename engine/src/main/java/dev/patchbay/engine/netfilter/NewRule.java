package dev.patchbay.engine.netfilter;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A rule that came to be, as the kernel tells of it.
///
/// @param handle the kernel's number of it within its table, never used again
/// @param expressions what it does, in the words of whoever made it; read-only, for each reader to slice
/// @param userData what its maker keeps with it, null when nothing; likewise
public record NewRule(
        String table,
        String chain,
        long handle,
        ByteBuffer expressions,
        @Nullable ByteBuffer userData) {}
