package dev.patchbay.app.traffic;

import dev.patchbay.app.model.Selection;

/// A part of the traffic of the selected object, with its newest rates.
///
/// @param target what a click selects
public record TrafficPart(String name, Rate rate, Selection target) {

    public sealed interface Rate {
        /// Bytes per second.
        record Bytes(double received, double sent) implements Rate {}

        /// Connections per second that the rule of a published port has translated. Later packets of a
        /// connection do not pass that rule, so it cannot count bytes.
        record Connections(double opened) implements Rate {}

        /// No counter of it can be read.
        record Unknown() implements Rate {}
    }
}
