/// The live picture of a host: networks as lanes, their bridges as rails, containers as cards that hang from them,
/// and published ports as cables from the host's port rail.
///
/// Three packages: [layout][dev.patchbay.app.canvas.layout] turns a topology into a
/// [scene][dev.patchbay.app.canvas.scene], which says what is at a point and what is next to what, and
/// [paint][dev.patchbay.app.canvas.paint] draws it. [dev.patchbay.app.canvas.TopologyCanvas] joins them to mouse and
/// keyboard, [dev.patchbay.app.canvas.TopologyPng] to a file.
@NullMarked
package dev.patchbay.app.canvas;

import org.jspecify.annotations.NullMarked;
