/// A change as requests to an engine, each with its equivalent command and its inverse. Preview,
/// rollback after a failure, and undo use the same list.
@NullMarked
package dev.patchbay.core.docker.plan;

import org.jspecify.annotations.NullMarked;
