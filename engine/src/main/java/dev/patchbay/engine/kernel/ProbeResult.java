package dev.patchbay.engine.kernel;

/// The result of a probe.
///
/// @param reason in the kernel's words; empty for none
public record ProbeResult(Result result, long micros, String reason) {
    public enum Result {
        /// Connected, or an answer arrived.
        ANSWERED,
        /// Refused, because nothing listens or by a rule.
        REFUSED,
        /// No answer in time.
        SILENT,
        /// The kernel, or a router on the path, has no route to the destination.
        UNREACHABLE
    }
}
