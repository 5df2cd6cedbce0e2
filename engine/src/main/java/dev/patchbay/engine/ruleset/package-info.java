/// The rules that the specs call for, and how those in the kernel become these. Everything here is pure:
/// [dev.patchbay.engine.ruleset.RuleLayout] says which rules an object has, [dev.patchbay.engine.ruleset.Ruleset]
/// which rules all specs have, and [dev.patchbay.engine.ruleset.RuleScriptPlanner] which edits lead to those from the
/// rules that the kernel holds. The layout is that of Docker 20.10 without its userland proxy, with chains of our own
/// names. Rules of others are never edited, nor moved against one another.
@NullMarked
package dev.patchbay.engine.ruleset;

import org.jspecify.annotations.NullMarked;
