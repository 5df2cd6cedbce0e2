/// A JSON document to be read by a person: as lines, as a tree, and searched.
@NullMarked
package dev.patchbay.app.viewmodel.json;

import org.jspecify.annotations.NullMarked;
