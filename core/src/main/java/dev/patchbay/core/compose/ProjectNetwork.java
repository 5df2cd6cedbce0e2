package dev.patchbay.core.compose;

import dev.patchbay.core.model.Change;
import org.jspecify.annotations.Nullable;

/// A network of a project.
///
/// @param key its name in the file
/// @param hasExplicitName whether the file gives its name on the host
/// @param definition the change that creates it; null for an external one, which must exist
public record ProjectNetwork(
        String key, String name, boolean hasExplicitName, Change.@Nullable CreateNetwork definition) {}
