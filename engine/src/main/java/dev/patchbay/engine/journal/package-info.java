/// The helper's memory: what must exist, kept so that a crash at any moment loses nothing that was acknowledged.
///
/// A directory of generations: `snapshot.N` is the whole state at the start of `journal.N`, which has every record
/// since. Records are only ever appended, each with its CRC32C, and forced to the disk before the call returns. The
/// state in force is the newest readable snapshot and all the journals from its generation on, so one lost snapshot
/// loses nothing. A write that the last crash cut short is cut off. After any other damage the records before it
/// and behind it are in force, the file is kept aside as a whole under a name with `damaged-`, and reported for as
/// long as it is there.
///
/// Records of a newer Patchbay make the store read-only. Nothing is dropped in silence.
@NullMarked
package dev.patchbay.engine.journal;

import org.jspecify.annotations.NullMarked;
