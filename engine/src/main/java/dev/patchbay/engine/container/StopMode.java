package dev.patchbay.engine.container;

/// How a command is told to end.
///
/// @param signal `SIGTERM` asks, `SIGKILL` does not
/// @param graceSeconds how long it has before it is killed; for ever when negative
public record StopMode(int signal, int graceSeconds) {
    public static final int SIGKILL = 9;
    public static final int SIGTERM = 15;

    /// As `docker stop`.
    public static final StopMode GRACEFUL = new StopMode(SIGTERM, 10);

    /// As `docker rm -f`.
    public static final StopMode KILL = new StopMode(SIGKILL, 0);

    public StopMode {
        if (signal != SIGKILL && signal != SIGTERM) {
            throw new IllegalArgumentException("a command is stopped with SIGTERM or SIGKILL, not with " + signal);
        }
    }
}
