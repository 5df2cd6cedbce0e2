/// The part of Go's templates that `--format` supports: dotted paths, variables, `json`, `index` and
/// `range … end`.
///
/// Anything else is refused by name when the template is parsed, before the engine is asked. Values are
/// JSON; maps are traversed and printed in the order of their keys, as in Go.
@NullMarked
package dev.patchbay.app.cli.template;

import org.jspecify.annotations.NullMarked;
