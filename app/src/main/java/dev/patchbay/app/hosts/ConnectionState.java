package dev.patchbay.app.hosts;

import dev.patchbay.app.text.Messages;
import java.time.Instant;

/// How the window stands to its host.
public sealed interface ConnectionState {

    /// For the first time; there is no picture yet.
    record Opening() implements ConnectionState {}

    record Live() implements ConnectionState {}

    /// The host is there and says nothing, as a process that is stopped; the last picture stays. It is [Live] again
    /// as soon as it says something.
    ///
    /// @param lastSeen when the picture was last true
    record Silent(Peer peer, Instant lastSeen) implements ConnectionState {}

    /// Who does not answer.
    enum Peer {
        HELPER,
        ENGINE;

        public String unreachableText() {
            return switch (this) {
                case HELPER -> Messages.of("host.away");
                case ENGINE -> Messages.of("engine.away");
            };
        }

        /// @param lastSeen when the picture was last true, as a person reads it
        public String silentText(String lastSeen) {
            return switch (this) {
                case HELPER -> Messages.of("host.silent", lastSeen);
                case ENGINE -> Messages.of("engine.silent", lastSeen);
            };
        }
    }

    /// The host could not be opened; there is no picture.
    ///
    /// @param advice what to do about it; may be empty
    record Unavailable(String sentence, String advice) implements ConnectionState {}

    /// The helper is gone; the last picture stays.
    ///
    /// @param lastSeen when the picture was last true
    /// @param reconnecting a new attempt is under way
    record Lost(String sentence, Instant lastSeen, boolean reconnecting) implements ConnectionState {}
}
