package dev.patchbay.engine.kernel;

/// The answer to one packet that was sent.
///
/// @param reason in the kernel's words; empty when there is nothing to say
public record ProbeResult(Result result, long micros, String reason) {
    public enum Result {
        /// Connected, or something came back.
        ANSWERED,
        /// Told that nobody listens, or by a rule that nobody may know.
        REFUSED,
        /// Nothing came in time.
        SILENT,
        /// The kernel, or a router on the way, knows no way there.
        UNREACHABLE
    }
}
