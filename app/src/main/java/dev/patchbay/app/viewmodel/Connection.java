package dev.patchbay.app.viewmodel;

import java.time.Instant;

/// How the window stands to its host.
public sealed interface Connection {

    /// For the first time; there is no picture yet.
    record Opening() implements Connection {}

    record Live() implements Connection {}

    /// The host is there and says nothing, as a helper that is stopped; the last picture stays. It is [Live] again as
    /// soon as it says something.
    ///
    /// @param lastSeen when the picture was last true
    record Silent(Instant lastSeen) implements Connection {}

    /// The host could not be opened; there is no picture.
    ///
    /// @param advice what to do about it; may be empty
    record Unavailable(String sentence, String advice) implements Connection {}

    /// The helper is gone; the last picture stays.
    ///
    /// @param lastSeen when the picture was last true
    /// @param trying a new attempt is under way
    record Lost(String sentence, Instant lastSeen, boolean trying) implements Connection {}
}
