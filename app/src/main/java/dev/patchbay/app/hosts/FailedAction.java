package dev.patchbay.app.hosts;

import java.time.Instant;

/// An action that did not happen, as Activity keeps it.
///
/// @param intent what was wanted
public record FailedAction(Instant at, String intent, String sentence, String advice) {}
