/// What the inspector says about each kind of thing, as facts and rows.
@NullMarked
package dev.patchbay.app.viewmodel.overview;

import org.jspecify.annotations.NullMarked;
