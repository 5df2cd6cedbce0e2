/// From what a person wants to what must exist: each [dev.patchbay.core.model.Change] becomes one
/// [dev.patchbay.engine.spec.SpecChange], worked out as a whole against one snapshot before anything is sent.
///
/// Plans are pure: the same change, snapshot and identities give the same specs.
@NullMarked
package dev.patchbay.core.lab.plan;

import org.jspecify.annotations.NullMarked;
