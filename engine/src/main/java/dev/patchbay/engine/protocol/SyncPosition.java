package dev.patchbay.engine.protocol;

/// How much a client knows. Only the helper that gave it out understands it.
///
/// @param helper of one run of the helper, chosen at random
/// @param records written since it began
/// @param kernel changes of the kernel it saw since it began
public record SyncPosition(long helper, long records, long kernel) {}
