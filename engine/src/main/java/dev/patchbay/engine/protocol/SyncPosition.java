package dev.patchbay.engine.protocol;

/// The position up to which a client knows all changes. Only the helper that gave it out understands it.
///
/// @param helper random number of one run of the helper
/// @param records number of records written in that run
/// @param kernel number of kernel changes seen in that run
public record SyncPosition(long helper, long records, long kernel) {}
