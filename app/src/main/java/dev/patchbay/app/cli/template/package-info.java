/// The part of Go's templates that `--format` knows: dotted paths, variables, `json`, `index` and `range … end`.
///
/// Anything else is refused by its name when the template is read, before anything is asked of the engine. Values are
/// JSON; maps are walked and printed in the order of their keys, as Go does.
@NullMarked
package dev.patchbay.app.cli.template;

import org.jspecify.annotations.NullMarked;
