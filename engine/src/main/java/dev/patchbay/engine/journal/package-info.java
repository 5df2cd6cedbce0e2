/// The store of the helper's records: a crash at any moment loses nothing that was acknowledged.
///
/// It is a directory of generations: `snapshot.N` is the whole state at the start of `journal.N`, which
/// has every record since. Records are only appended, each with its CRC32C, and forced to the disk
/// before the call returns. The present state is the newest readable snapshot and all journals from its
/// generation on, so the loss of one snapshot loses nothing. A write that a crash interrupted is cut
/// off. After any other damage the records before and after it are used, and the whole file is kept
/// under a name with `damaged-` and reported while it exists.
///
/// Records of a newer Patchbay make the store read-only. No record is dropped silently.
@NullMarked
package dev.patchbay.engine.journal;

import org.jspecify.annotations.NullMarked;
