/// The text of a Compose file as a tree of values with their locations: parsed YAML with anchors and
/// merge keys resolved and variables replaced. The package above interprets the keys.
///
/// The text is untrusted: its size, its depth and the expansion of anchors are limited.
@NullMarked
package dev.patchbay.core.compose.yaml;

import org.jspecify.annotations.NullMarked;
