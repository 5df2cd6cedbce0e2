/// A topology as text that other programs read: Mermaid. Pure: no toolkit, no file.
@NullMarked
package dev.patchbay.app.export;

import org.jspecify.annotations.NullMarked;
