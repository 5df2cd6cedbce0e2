/// Plans each [dev.patchbay.core.model.Change] as one [dev.patchbay.engine.spec.SpecChange], computed
/// completely against one snapshot before anything is sent.
///
/// Plans are pure: the same change, snapshot and ids give the same specs.
@NullMarked
package dev.patchbay.core.lab.plan;

import org.jspecify.annotations.NullMarked;
