package dev.patchbay.app.traffic;

/// Bytes per second at one moment.
///
/// @param secondsAgo 0 is now
/// @param received by the containers (or by the host, for the host)
/// @param sent by the containers (or by the host, for the host)
public record TrafficPoint(double secondsAgo, double received, double sent) {}
