/// Right-angled lines through the free space between boxes.
///
/// A cable is led along corridors (grid lines that the layout keeps free) round every obstacle, so that it never runs
/// over text or a card; cables that share a corridor are then spread over parallel tracks.
@NullMarked
package dev.patchbay.app.canvas.routing;

import org.jspecify.annotations.NullMarked;
