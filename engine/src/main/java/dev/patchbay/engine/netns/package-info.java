/// Network namespaces: creation, names, references and entering.
///
/// A namespace is held by a file descriptor from the first check to the last step, so that neither a
/// reused pid nor a recreated name can replace it. It is entered on a dedicated platform thread that
/// then ends: a thread that has changed its namespace must never return to a pool or carry virtual
/// threads.
@NullMarked
package dev.patchbay.engine.netns;

import org.jspecify.annotations.NullMarked;
