/// Controls that several panes share: table columns, copying, pairs of labels.
@NullMarked
package dev.patchbay.app.control;

import org.jspecify.annotations.NullMarked;
