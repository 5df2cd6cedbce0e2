package dev.patchbay.core.compose;

import dev.patchbay.core.model.Change;
import org.jspecify.annotations.Nullable;

/// A network of a project.
///
/// @param key what the file calls it
/// @param hasExplicitName the file says how it is called on the host
/// @param definition how it is made; null for an external one, which only has to be there
public record ProjectNetwork(
        String key, String name, boolean hasExplicitName, Change.@Nullable CreateNetwork definition) {}
