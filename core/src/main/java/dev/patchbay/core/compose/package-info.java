/// Compose files: a whole topology as text. What the file says is read into the changes that would make it from
/// nothing; what is here already is left out of them one package further, in
/// [dev.patchbay.core.compose.difference].
///
/// Names and labels are those that Compose v2 gives, so that a project is the same one to both. Keys that Compose
/// knows and Patchbay does not carry out are noted, keys that neither knows are mistakes.
@NullMarked
package dev.patchbay.core.compose;

import org.jspecify.annotations.NullMarked;
