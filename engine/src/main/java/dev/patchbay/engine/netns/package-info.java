/// Network namespaces: made, named, held and entered.
///
/// A namespace is held by a file descriptor from the first look to the last step, so that neither a reused pid nor a
/// re-made name can swap it. It is entered on a dedicated platform thread that then ends: a thread that changed its
/// namespace must never return to a pool or carry virtual threads.
@NullMarked
package dev.patchbay.engine.netns;

import org.jspecify.annotations.NullMarked;
