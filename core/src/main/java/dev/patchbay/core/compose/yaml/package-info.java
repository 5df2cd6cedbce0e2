/// The text of a Compose file as a tree of values that know their place in it: YAML read with a library, anchors and
/// merge keys resolved, variables filled in. What the keys mean is told one package up.
///
/// The text is anybody's: its size, its depth and what its anchors expand to are bounded.
@NullMarked
package dev.patchbay.core.compose.yaml;

import org.jspecify.annotations.NullMarked;
