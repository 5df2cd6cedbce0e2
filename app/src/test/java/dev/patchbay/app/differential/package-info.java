/// Patchbay against a real Docker engine: the same commands are given to both, and what they say and do is compared.
///
/// The commands stand in `scenarios`. What may differ stands in `intended-differences.txt`, each with its reason;
/// anything else that differs fails, and so does an intended difference that is not seen any more.
///
/// A line of a scenario is one of
///
///     == TITLE            a feature
///     $ WORDS             a command of the engine; %web% stands for the id of web, %web:12% for its first digits
///     sorted$ WORDS       … whose lines come in any order
///     answer LINE$ WORDS  … that is asked something and told LINE
///     host$ LINE          a shell's line on the engine's host
///     outside$ LINE       … in the namespace that plays the rest of the world
///     inside WEB$ LINE    … in the network namespace of container WEB
///     within WEB$ LINE    … in container WEB
///     rules$ TABLE        iptables-save of one table
@NullMarked
package dev.patchbay.app.differential;

import org.jspecify.annotations.NullMarked;
