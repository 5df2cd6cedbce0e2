/// A change as requests to an engine: each with the command it equals and with what takes it back, so that preview,
/// taking back what a failed action had done, and undo are one list read in three ways.
@NullMarked
package dev.patchbay.core.docker.plan;

import org.jspecify.annotations.NullMarked;
