/// The live picture of a host: networks as lanes, their bridges as rails, containers as cards that hang from them,
/// and published ports as cables from the host's port rail.
///
/// Three parts that know nothing of each other's insides: [layout][dev.patchbay.app.canvas.layout] turns a topology
/// into a scene of rectangles and lines, [hit][dev.patchbay.app.canvas.hit] says what is at a point and what is
/// next to what, [drawing][dev.patchbay.app.canvas.drawing] paints a scene.
/// [dev.patchbay.app.canvas.TopologyCanvas] joins them to mouse and keyboard, [dev.patchbay.app.canvas.TopologyPng]
/// to a file.
@NullMarked
package dev.patchbay.app.canvas;

import org.jspecify.annotations.NullMarked;
