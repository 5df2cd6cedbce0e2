/// The canvas that shows a host: networks as lanes, their bridges as rails, containers as cards below
/// them, and published ports as cables from the host's port rail.
///
/// Three packages below: [layout][dev.patchbay.app.canvas.layout] computes a
/// [scene][dev.patchbay.app.canvas.scene] from a topology, the scene knows the places and neighbours of
/// its elements, and [paint][dev.patchbay.app.canvas.paint] draws it, also as SVG.
/// [dev.patchbay.app.canvas.TopologyCanvas] joins them to mouse and keyboard;
/// [dev.patchbay.app.export.TopologyPng] writes a PNG file.
@NullMarked
package dev.patchbay.app.canvas;

import org.jspecify.annotations.NullMarked;
