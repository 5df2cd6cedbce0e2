package dev.patchbay.app.cli.command;

/// The exit codes of the command line.
public final class ExitCode {
    public static final int DONE = 0;
    /// The request is not possible on this host now; nothing, or only a part, was done.
    public static final int REFUSED = 1;
    /// The command line is wrong, or needs a display that is missing.
    public static final int USAGE = 2;
    /// The helper or the kernel failed.
    public static final int FAILED = 3;

    private ExitCode() {}
}
