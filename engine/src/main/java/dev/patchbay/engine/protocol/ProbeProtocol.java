package dev.patchbay.engine.protocol;

/// How a probe knocks, and what comes of it.
public final class ProbeProtocol {
    /// The longest that a probe may wait.
    public static final int MAX_MILLIS = 5000;

    private ProbeProtocol() {}

    public enum Method {
        /// Opens a connection and closes it at once.
        TCP,
        /// Sends one datagram; silence says nothing then.
        UDP,
        /// Asks for an echo.
        PING
    }

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
