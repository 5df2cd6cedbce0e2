/// Traffic: an hour of rates for every link and published port, and the part that belongs to the
/// selection.
@NullMarked
package dev.patchbay.app.traffic;

import org.jspecify.annotations.NullMarked;
