package dev.patchbay.app.cli.command;

/// How a command ends.
public final class ExitCode {
    public static final int DONE = 0;
    /// What was asked is not possible as things are; nothing, or not all of it, was done.
    public static final int REFUSED = 1;
    /// The command itself is wrong, or needs a display that is not there.
    public static final int USAGE = 2;
    /// The helper or the kernel failed.
    public static final int FAILED = 3;

    private ExitCode() {}
}
