package dev.patchbay.engine.container;

/// How a command is stopped.
///
/// @param signal `SIGTERM` or `SIGKILL`
/// @param graceSeconds stop timeout, after which the command is killed; no limit when negative
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
