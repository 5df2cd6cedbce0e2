/// Controls that several panes share: table columns, copying, lists of links.
@NullMarked
package dev.patchbay.app.control;

import org.jspecify.annotations.NullMarked;
