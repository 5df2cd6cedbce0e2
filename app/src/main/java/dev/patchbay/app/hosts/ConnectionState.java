package dev.patchbay.app.hosts;

import dev.patchbay.app.text.Messages;
import java.time.Instant;

/// The state of the connection between the window and its host.
public sealed interface ConnectionState {

    /// The first attempt to connect; there is no topology yet.
    record Opening() implements ConnectionState {}

    record Live() implements ConnectionState {}

    /// The host is connected but does not answer, for example because its process is stopped; the last
    /// topology stays. The state is [Live] again after the next answer.
    ///
    /// @param lastSeen when the topology was last known to be current
    record Silent(Peer peer, Instant lastSeen) implements ConnectionState {}

    /// The process that does not answer.
    enum Peer {
        HELPER,
        ENGINE;

        public String unreachableText() {
            return switch (this) {
                case HELPER -> Messages.of("host.away");
                case ENGINE -> Messages.of("engine.away");
            };
        }

        /// @param lastSeen when the topology was last known to be current, as text
        public String silentText(String lastSeen) {
            return switch (this) {
                case HELPER -> Messages.of("host.silent", lastSeen);
                case ENGINE -> Messages.of("engine.silent", lastSeen);
            };
        }
    }

    /// The host could not be opened; there is no topology.
    ///
    /// @param advice what to do about it; may be empty
    record Unavailable(String sentence, String advice) implements ConnectionState {}

    /// The connection is lost; the last topology stays.
    ///
    /// @param lastSeen when the topology was last known to be current
    /// @param reconnecting whether a new attempt is under way
    record Lost(String sentence, Instant lastSeen, boolean reconnecting) implements ConnectionState {}
}
