package dev.patchbay.app.hosts;

import java.time.Instant;

/// An action that failed, for the activity list.
///
/// @param intent what was intended
public record FailedAction(Instant at, String intent, String sentence, String advice) {}
