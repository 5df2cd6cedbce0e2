package dev.patchbay.app.traffic;

import dev.patchbay.app.model.Selection;

/// One of the things that make up the traffic of the selection, with its newest rates.
///
/// @param target what a click selects
public record TrafficPart(String name, Rate rate, Selection target) {

    public sealed interface Rate {
        /// Bytes per second.
        record Bytes(double received, double sent) implements Rate {}

        /// Connections per second that a published port's rule has led to its container. Later packets of a
        /// connection do not pass that rule any more, so it counts no bytes.
        record Connections(double opened) implements Rate {}

        /// Nothing counts it that could be read.
        record Unknown() implements Rate {}
    }
}
